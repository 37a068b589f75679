"""The privacy finder on labelled sentences: precision and recall a kind, for the tuned and the held-out part."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path
from time import process_time

from bihuan.readers.privacy import Known, find_private

LABELLED = Path(__file__).parent / "labelled" / "privacy.toml"
PARTS = {"tune": "调规则用的部分", "held": "未参与调整的部分"}
NAMES = {
    "name": "姓名",
    "mobile": "手机",
    "landline": "固定电话",
    "id": "身份证",
    "bank": "银行卡",
    "plate": "车牌",
    "email": "邮箱",
    "address": "住址",
}
_MARKED = re.compile(r"\{(\w+):([^}]*)\}")


def unmarked(marked: str) -> tuple[str, set[tuple[str, int, int]]]:
    """The text without marks, and the stretches marked in it."""
    text, labels, last = "", set(), 0
    for match in _MARKED.finditer(marked):
        text += marked[last : match.start()]
        labels.add((match[1], len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    return text + marked[last:], labels


def measure(part: str, *, tell: bool = False) -> list[str]:
    data = tomllib.loads(LABELLED.read_text(encoding="utf-8"))
    known = Known(people=frozenset(data["known"]), phones=frozenset(data["phones"]))
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    texts = [unmarked(marked) for marked in data[part]]
    find_private(texts[0][0], known=known)  # loads the dictionary
    start = process_time()
    results = [find_private(text, known=known) for text, _ in texts]
    took = process_time() - start
    for (text, labels), result in zip(texts, results, strict=True):
        found = {(one.kind, one.start, one.end) for one in result}
        right.update(kind for kind, _, _ in found & labels)
        missed.update(kind for kind, _, _ in labels - found)
        wrong.update(kind for kind, _, _ in found - labels)
        if tell and found != labels:
            for kind, a, b in sorted(found ^ labels):
                print("   ", "wrong" if (kind, a, b) in found else "missed", kind, text[a:b], "|", text)
    characters = sum(len(text) for text, _ in texts)
    lines = [f"{PARTS[part]}：{len(texts)}段，{characters / took:,.0f}字/秒"]
    for kind, name in (*NAMES.items(), ("", "合计")):
        hit, lost, extra = (sum(c.values()) if not kind else c[kind] for c in (right, missed, wrong))
        if not hit + lost + extra:
            continue
        precision, recall = hit / max(1, hit + extra), hit / max(1, hit + lost)
        lines.append(f"  {name:　<4} 应有{hit + lost:3}  准确率 {precision:6.1%}  召回率 {recall:6.1%}")
    return lines


if __name__ == "__main__":
    given = sys.argv[1:]
    for part in given or PARTS:
        print(*measure(part, tell=bool(given)), sep="\n")
