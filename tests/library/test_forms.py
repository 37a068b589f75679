"""Questions become fields that fit them."""

from __future__ import annotations

import pytest
from django import forms
from django.http import QueryDict

from bihuan.library.acceptance import Part
from bihuan.library.fields import FactField, Kind
from bihuan.library.forms import AnswerForm, form_field, given_answers
from bihuan.library.intake import Plan, Question

from .conftest import RiverIntake


def choices(count: int) -> tuple[tuple[str, str], ...]:
    return tuple((str(number), f"第{number}个") for number in range(count))


def form(question: Question, typed: str | None = None, *, must_answer: bool = True) -> AnswerForm:
    part = Part(prefix="q0", intake=RiverIntake(), papers=(), plan=Plan(questions=(question,)))
    data = None if typed is None else QueryDict(typed)
    return AnswerForm([part], data=data, must_answer=must_answer)


@pytest.mark.parametrize(
    ("question", "widget"),
    [
        (Question(key="k", text="?"), forms.TextInput),
        (Question(key="k", text="?", choices=choices(4)), forms.RadioSelect),
        (Question(key="k", text="?", choices=choices(5)), forms.Select),
        (Question(key="k", text="?", choices=choices(5), multiple=True), forms.CheckboxSelectMultiple),
    ],
)
def test_a_question_gets_the_control_that_suits_it(question: Question, widget: type[forms.Widget]) -> None:
    assert type(form(question).fields["q0-k"].widget) is widget


def test_several_choices_make_one_answer() -> None:
    question = Question(key="k", text="?", choices=choices(3), multiple=True)
    filled = form(question, "q0-k=0&q0-k=2")
    assert filled.is_valid()
    assert filled.answers() == {"q0-k": "0\n2"} == given_answers(QueryDict("q0-k=0&q0-k=2&step=accept"))


@pytest.mark.parametrize(
    ("required", "must_answer", "valid"), [(True, True, False), (True, False, True), (False, True, True)]
)
def test_only_what_is_required_must_be_answered_and_only_to_confirm(
    required: bool, must_answer: bool, valid: bool
) -> None:
    question = Question(key="k", text="?", required=required)
    assert form(question, "q0-k= ", must_answer=must_answer).is_valid() is valid


def test_an_answer_that_is_no_choice_is_refused() -> None:
    assert not form(Question(key="k", text="?", choices=choices(3)), "q0-k=7").is_valid()


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("date", "2026年2月28日", "2026-02-28"),
        ("date", "2026-2-8", "2026-02-08"),
        ("date", "2026年2月", "2026-02"),
        ("date", "2026", "2026"),
        ("period", "两个月", "P2M"),
        ("period", "30日", "P30D"),
        ("period", "5 个工作日", "P5WD"),
        ("period", "P2M", "P2M"),
        ("period", "", ""),
    ],
)
def test_days_and_lengths_are_typed_as_papers_write_them(kind: Kind, typed: str, kept: str) -> None:
    assert form_field(FactField("x", "某", kind)).clean(typed) == kept


@pytest.mark.parametrize(("kind", "typed"), [("date", "2026-13"), ("date", "明年"), ("period", "很快")])
def test_what_names_no_day_or_length_is_refused(kind: Kind, typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        form_field(FactField("x", "某", kind)).clean(typed)
