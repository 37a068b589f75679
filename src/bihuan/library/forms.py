"""The forms of the library: finding documents, correcting a fact, answering what papers leave open."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from bihuan.library.acceptance import Part
from bihuan.library.fields import FIELDS, GENRES, FactField, is_period, show, whole_text
from bihuan.library.intake import SEVERAL, Question
from bihuan.library.models import Proposal, Reading
from bihuan.library.refusals import SpanNotFound
from bihuan.library.spans import ends_of, locate, squeeze
from bihuan.readers.wording.periods import PERIOD, iso_period

STATES = (
    ("", "全部"),
    (Reading.PROPOSED, "待核对"),
    (Reading.ACCEPTED, "已接受"),
    ("none", "未识读"),
    ("withdrawn", "已撤回"),
)
_ANSWER = re.compile(r"q\d+-")  # Part.field
FEW = 4  # choices shown all at once; more of them are put into a list
# 2026年2月28日, 2026-02-28, 2026.2.28, 2026年2月, 2026
_WRITTEN_DAY = re.compile(r"(\d{4})年?(?:[-./]?(\d{1,2})月?(?:[-./]?(\d{1,2})日?)?)?")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


class DocumentFilter(forms.Form):
    """What the list of documents can be narrowed by."""

    words = forms.CharField(label="含有文字", required=False)
    genre = forms.ChoiceField(label="文种", required=False, choices=(("", "全部"), *GENRES))
    state = forms.ChoiceField(label="核对情况", required=False, choices=STATES)
    since = forms.DateField(label="上传自", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="上传至", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class ReasonForm(forms.Form):
    """Why, for what the ledger keeps for good."""

    reason = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写入台账，不能更改。",
    )


class CorrectionForm(forms.Form):
    """One fact's fields, typed, with the first and last words of the span it rests on."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, proposal: Proposal, *, text: str, data: QueryDict | None = None) -> None:
        fact = proposal.final
        self._proposal, self._text, self._declared = proposal, text, FIELDS.get(proposal.type, ())
        self._span = (int(str(fact["start"])), int(str(fact["end"])))
        begins, ends = ends_of(text, *self._span)
        initial: dict[str, object] = {
            field.name: _to_form(field, fact.get(field.name)) for field in self._declared
        }
        if proposal.type == "finding":
            initial["text"] = whole_text(fact)
        initial |= {"begins": begins, "ends": ends, "seen_version": proposal.version, "settled": True}
        super().__init__(data, initial=initial, auto_id=f"id_{proposal.pk}_%s")
        for field in self._declared:
            self.fields[field.name] = form_field(field)
        if proposal.doubt:
            self.fields["settled"] = forms.BooleanField(
                label="疑问已经解决", required=False, help_text=f"疑问：{proposal.doubt}"
            )
        self.fields["begins"] = forms.CharField(
            label="依据原文：开头", help_text="从原文照抄开头几个字，空格和换行不计。"
        )
        self.fields["ends"] = forms.CharField(label="依据原文：结尾", help_text="从原文照抄结尾几个字。")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not {"begins", "ends"} & set(self.changed_data):
            return cleaned  # the words may occur more than once: an unchanged span is not looked for again
        if "begins" in cleaned and "ends" in cleaned:
            try:
                self._span = locate(
                    self._text, begins=cleaned["begins"], ends=cleaned["ends"], near=self._span[0]
                )
            except SpanNotFound as missing:
                self.add_error("begins", str(missing))
        return cleaned

    def corrected(self) -> dict[str, object]:
        """The whole fact as put right; a field left empty is left out, as in every fact."""
        start, end = self._span
        fact = {**self._proposal.final, "start": start, "end": end, "quote": squeeze(self._text[start:end])}
        for field in self._declared:
            value = self.cleaned_data[field.name]
            if field.kind == "list":
                value = [line.strip() for line in value.splitlines() if line.strip()]
            if field.kind == "yes":
                value = value or None
            fact[field.name] = value
        if self._proposal.type == "deadline" and "due" in self.changed_data:
            fact["due_set"] = bool(fact["due"])  # a person's date stands before any reckoning
        if self.cleaned_data.get("settled"):
            fact["doubt"] = None
        return {name: value for name, value in fact.items() if value is not None and value not in ("", [])}


def _to_form(field: FactField, value: object) -> object:
    if field.kind in ("date", "period"):
        return show(field, value)
    return "\n".join(str(item) for item in value) if isinstance(value, list) else value


def form_field(field: FactField) -> forms.Field:
    """The form field for a fact's field. What cannot be read as its kind is refused; little is required."""
    asked: dict[str, Any] = {"label": field.label, "required": field.needed}
    match field.kind:
        case "long":
            return forms.CharField(**asked, widget=forms.Textarea(attrs={"rows": 2}))
        case "list":
            return forms.CharField(**asked, widget=forms.Textarea(attrs={"rows": 3}), help_text="每行一个。")
        case "date":
            return _Day(**asked, help_text="如 2026年2月28日；只写到月或年的，照写。")
        case "period":
            return _Length(**asked, help_text="如 两个月、30日、5个工作日。")
        case "number":
            return _Number(**asked)
        case "whole":
            return forms.IntegerField(**asked, min_value=0)
        case "yes":
            return forms.BooleanField(**asked)
        case "choice":
            blank = () if field.needed or "" in dict(field.choices) else (("", "未写明"),)
            return forms.ChoiceField(**asked, choices=(*blank, *field.choices))
        case _:
            return forms.CharField(**asked)


class _Number(forms.FloatField):
    """A whole number stays one: 94, not 94.0."""

    def clean(self, value: object) -> float | int | None:
        number: float | None = super().clean(value)
        return int(number) if number is not None and number.is_integer() else number


class _Day(forms.CharField):
    """A day, month or year as papers write it; cleans to the ISO form that facts carry."""

    def clean(self, value: object) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        parts = _WRITTEN_DAY.fullmatch(text.strip())
        found = [part for part in parts.groups() if part] if parts else []
        iso = "-".join([found[0], *(part.zfill(2) for part in found[1:])]) if found else ""
        if not _is_day(iso):
            raise forms.ValidationError(
                "没有这个日期，或者看不懂。请写成 2026年2月28日、2026年2月或 2026年。"
            )
        return iso


class _Length(forms.CharField):
    """A length of time as papers write it; cleans to the ISO duration that facts carry."""

    def clean(self, value: object) -> str:
        text: str = super().clean(value)
        text = "".join(text.split())
        if not text or is_period(text):
            return text
        written = PERIOD.fullmatch(text)
        if not (iso := iso_period(written) if written else ""):
            raise forms.ValidationError("看不懂这个期限长度。请写成 两个月、30日或 5个工作日。")
        return iso


def _is_day(iso: str) -> bool:
    """Whether the calendar has it: a year, a month, a day."""
    if not iso or not _DATE.fullmatch(iso):
        return False
    try:
        date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return False
    return True


class AnswerForm(forms.Form):
    """What the papers leave open, asked once before anything is created."""

    def __init__(
        self,
        parts: Sequence[Part],
        *,
        data: QueryDict | None = None,
        must_answer: bool = True,
        given: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data)
        for part in parts:
            for question in part.plan.questions:
                self.fields[part.field(question)] = _question_field(
                    question, required=question.required and must_answer
                )
                if answer := (given or {}).get(part.field(question)):
                    field = self.fields[part.field(question)]
                    field.initial = answer.split(SEVERAL) if question.multiple else answer

    def answers(self) -> dict[str, str]:
        """The answers by form field, as acceptance.py takes them."""
        return {name: _joined(value) for name, value in self.cleaned_data.items()}


def given_answers(data: QueryDict) -> dict[str, str]:
    """What was answered so far, checked or not: the plan follows it, and with it the questions."""
    return {
        name: SEVERAL.join(text.strip() for text in data.getlist(name))
        for name in data
        if _ANSWER.match(name)
    }


def _joined(value: object) -> str:
    return SEVERAL.join(value) if isinstance(value, list) else str(value or "")


def _question_field(question: Question, *, required: bool) -> forms.Field:
    if question.choices and question.multiple:
        return forms.MultipleChoiceField(
            label=question.text,
            required=required,
            choices=question.choices,
            widget=forms.CheckboxSelectMultiple,
            initial=question.initial.split(SEVERAL) if question.initial else [],
        )
    if question.choices:
        is_short = len(question.choices) <= FEW
        return forms.ChoiceField(
            label=question.text,
            required=required,
            choices=question.choices if is_short else (("", "请选择"), *question.choices),
            widget=forms.RadioSelect if is_short else forms.Select,
            initial=question.initial or None,
        )
    return forms.CharField(label=question.text, required=required, initial=question.initial)
