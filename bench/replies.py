"""The reply gate on labelled replies: precision and recall a kind, for the part its rules were tuned on and for the
part held out; then replies a second.

An objection is right when the label expects one of its code (of the same demand; in the same sentence where the
label names one). `python -m bench.replies tune` also prints what went wrong there.
"""

from __future__ import annotations

import sys
from collections import Counter
from time import process_time

from bench.reply_cases import Expected, Labelled, bases, labelled, promised
from bihuan.readers.replies import Body, Objection, check_reply, find_promises

PARTS = {
    "tune": "调规则用的部分（一）",
    "tune2": "调规则用的部分（二）",
    "held": "未参与调整的部分",
}
NAMES = {
    "wrong_session": "届次不对",
    "wrong_number": "编号不对",
    "wrong_title": "题目不对",
    "cppcc_wording": "政协提案用语",
    "cppcc_copy": "抄送政协",
    "foreign_speaker": "别的单位在说话",
    "work_summary": "以总结代答复",
    "copied_reply": "套用另一件答复",
    "demand_unanswered": "意见没有答复",
    "solved_in_future": "解决类写将来的事",
    "class_inconsistent": "类别与正文不一致",
    "promise_undated": "承诺没有时间",
    "not_addressed": "没有写给代表",
    "no_contact": "没有联系人电话",
    "placeholder": "空格没有填",
}


def fits(label: Labelled, expected: Expected, objection: Objection) -> bool:
    """Is this the objection the label expects?"""
    if expected.code != objection.code:
        return False
    if expected.demand is not None:
        return label.case.demands[expected.demand] == objection.other
    if not expected.place:
        return True
    text = label.case.text
    first = text.find(expected.place)
    begin = max(text.rfind(mark, 0, first) for mark in "。；\n") + 1
    end = min(at for mark in "。；\n" if (at := text.find(mark, first + len(expected.place))) >= 0)
    return begin < objection.at.end and objection.at.start < end


def judge(label: Labelled) -> tuple[list[Expected], list[Expected], list[Objection]]:
    """What was found, what was missed, what was objected to without cause."""
    objections = list(check_reply(label.case))
    found, missed = [], []
    for expected in label.expected:
        match = next((one for one in objections if fits(label, expected, one)), None)
        if match is None:
            missed.append(expected)
        else:
            found.append(expected)
            objections.remove(match)
    return found, missed, objections


def measure(part: str, *, tell: bool = False) -> list[str]:
    """The lines printed for one part."""
    labels = labelled(part)
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    disturbed = 0
    stopped: Counter[bool] = Counter()  # stops among the objections, with cause or without
    start = process_time()
    judged = [judge(label) for label in labels]
    took = process_time() - start
    for label, (found, lost, extra) in zip(labels, judged, strict=True):
        right.update(one.code for one in found)
        missed.update(one.code for one in lost)
        wrong.update(one.code for one in extra)
        disturbed += any(one.severity == "stop" for one in extra) and not label.expected
        stops = sum(one.severity == "stop" for one in check_reply(label.case))
        needless = sum(one.severity == "stop" for one in extra)
        stopped.update({True: stops - needless, False: needless})
        if tell and (lost or extra):
            print(f"--- {label.name}: {label.case.title}")
            for one in lost:
                print("   missed", one, label.case.demands[one.demand] if one.demand is not None else "")
            for objection in extra:
                print("   wrong", objection.code, objection.explanation, "|", objection.at.quote[:40])
    clean = sum(not label.expected for label in labels)
    lines = [
        f"{PARTS[part]}：{len(labels)}件答复（无错的{clean}件，其中被误拦{disturbed}件），"
        f"{len(labels) / took:,.0f}件/秒"
    ]
    for code, name in (*NAMES.items(), ("", "合计")):
        hit, lost, extra = (sum(c.values()) if not code else c[code] for c in (right, missed, wrong))
        precision, recall = hit / max(1, hit + extra), hit / max(1, hit + lost)
        lines.append(f"  {name:　<9} 应有{hit + lost:4}  准确率 {precision:6.1%}  召回率 {recall:6.1%}")
    precision = stopped[True] / max(1, stopped.total())
    lines.append(f"  只看直接拦下的（不算提问）：{stopped.total()}处，准确率 {precision:.1%}")
    return lines


def measure_promises(part: str, *, tell: bool = False) -> str:
    """How many of the promises marked in a part's replies are found, and how many of those found are marked."""
    right = missed = wrong = 0
    for base in bases(part):
        text = base.letter().text()
        marked = [words for answer in base.row["answers"] for words in promised(answer)]
        found = [one.text for one in find_promises(text, agency=Body(name=base.row["agency"]))]
        hit = [words for words in marked if any(words in said or said in words for said in found)]
        extra = [said for said in found if not any(words in said or said in words for words in marked)]
        right, missed, wrong = right + len(hit), missed + len(marked) - len(hit), wrong + len(extra)
        if tell and (extra or len(hit) < len(marked)):
            print("   promises", [words for words in marked if words not in hit], extra)
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return f"  找出承诺　　　　　 应有{right + missed:4}  准确率 {precision:6.1%}  召回率 {recall:6.1%}"


if __name__ == "__main__":
    given = sys.argv[1:]
    for part in given or PARTS:
        print(*measure(part, tell=bool(given)), sep="\n")
        print(measure_promises(part, tell=bool(given)))
