"""A satisfaction vote of the body on what became of a matter: the form, and what the place's table makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from bihuan.kernel.law import shipped_law
from bihuan.kernel.majority import Grading, Ratings, Result, Roll, WrongCount, assess
from bihuan.matters.doing import Doing, Incomplete
from bihuan.matters.forms import ActForm

GRADES = {"satisfied": "满意", "basically_satisfied": "基本满意", "dissatisfied": "不满意"}  # glossary: vote
COUNTS = (
    ("members", "组成人员总数", "全体组成人员，不含已经离任的。"),
    ("present", "出席人数", ""),
    ("satisfied", "满意", ""),
    ("basically", "基本满意", ""),
    ("dissatisfied", "不满意", ""),
    ("abstained", "弃权", ""),
    ("void", "废票", "空白或者选了两项的。"),
)


def assess_counts(doing: Doing) -> tuple[Result, str]:
    """What the counted ballots mean where the matter is, and its Chinese name; Incomplete where the place has
    no rule or the counts cannot be."""
    counts: Mapping[str, int] = doing.answers["counts"]
    rule = shipped_law().find("opinion.outcome_threshold", place=doing.matter.place.code, on=doing.on)
    if rule is None or not isinstance(rule.value, Mapping):
        raise Incomplete("还不能登记：本地的规则文件没有规定满意度测评怎样算满意，不能推定。请先补充规定。")
    ratings = Ratings(**{key: count for key, count in counts.items() if key not in ("members", "present")})
    try:
        result = assess(
            ratings,
            Roll(members=counts["members"], present=counts["present"]),
            citation=rule.citation(),
            grading=Grading.from_table(rule.value),
        )
    except WrongCount as wrong:
        raise Incomplete(str(wrong)) from wrong
    conclusion = GRADES.get(result.outcome)
    if conclusion is None:
        raise Incomplete(
            f"还不能登记：{result.arithmetic}。本地的规定没有说恰为这一票数时算什么结果，"
            "请主任会议明确后补充规则文件。"
        )
    return result, conclusion


class VoteForm(ActForm):
    """The counted ballots of a satisfaction vote; whole numbers, and the sums are checked by the majority rules."""

    def add_fields(self) -> None:
        for key, label, help_text in COUNTS:
            self.fields[f"count_{key}"] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=5000,
                help_text=help_text,
                initial=0 if key == "void" else None,
            )
        self.fields["scrutineers"] = forms.CharField(label="监票人、计票人", required=False, max_length=120)

    def answers(self) -> dict[str, Any]:
        counts = {key: self.cleaned_data[f"count_{key}"] for key, _, _ in COUNTS}
        return {
            "on": self.cleaned_data.get("on"),
            "counts": counts,
            "scrutineers": self.cleaned_data["scrutineers"],
        }
