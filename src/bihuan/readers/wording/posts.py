"""Posts as lists of appointments name them: organ and position, several in one line."""

from __future__ import annotations

import re

_ORGAN = (
    "常务委员会|委员会|常委会|人民政府|人民法院|人民检察院|监察委员会|法院|检察院|监委"
    "|办公室|研究室|工委|大会|街道|局|委|厅|庭|队|室|部|处"
)
# The last organ in the words before the position is the one the post belongs to.
_POST = re.compile(
    rf"(?P<organ>.*(?:{_ORGAN}))"
    r"(?P<position>(?:党组)?(?:常务)?(?:第一)?(?:代理)?副?(?:主任委员|主任|主席|秘书长|市长|县长|区长|州长|镇长|乡长"
    r"|院长|检察长|局长|处长|厅长|庭长|队长|组长)|(?:副?主任)?委员|组成人员|审判员|检察员|人民陪审员|执行员)"
)

# Posts of a court or procuratorate as a whole, whatever division was named before.
_OF_THE_COURT = frozenset({"审判员", "检察员", "助理审判员", "执行员"})


def posts_of(words: str) -> list[tuple[str, str]]:
    """Organ and position of each post: 某法院审判委员会委员、民一庭庭长 are two, both of the court.

    Where no organ shows, all of it is the position; a later post without an organ of its own takes the first's.
    """
    found: list[tuple[str, str]] = []
    for part in _parts(words):
        match = _POST.fullmatch(part)
        if match is None:
            organ = found[0][0] if found else ""
            found.append((_host(organ) if part in _OF_THE_COURT else organ, part))
            continue
        organ = match["organ"]
        if found and not organ.startswith(("中华", found[0][0][:2])):
            organ = _host(found[0][0]) + organ
        found.append((organ, match["position"]))
    return found


def _parts(words: str) -> list[str]:
    """Posts between 、; a piece that is no post belongs to the next one (农业、农村委员会委员)."""
    parts: list[str] = []
    held = ""
    for piece in words.split("、"):
        held = f"{held}、{piece}" if held else piece
        if _POST.fullmatch(held) or parts:
            parts.append(held)
            held = ""
    return [*parts, held] if held else parts


def _host(organ: str) -> str:
    """The organ a division belongs to: 某法院审判委员会 -> 某法院."""
    match = re.match(r".*?(?:人民法院|人民检察院|监察委员会|常务委员会|人民政府)", organ)
    return match[0] if match else organ
