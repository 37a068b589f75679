from __future__ import annotations

from datetime import date

import pytest
from django import forms
from selectolax.lexbor import LexborHTMLParser

from bihuan.ui.forms import DayField


class Sample(forms.Form):
    title = forms.CharField(label="名称", help_text="写全称")
    result = forms.ChoiceField(
        label="结果", choices=[("1", "满意"), ("2", "不满意")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="备注", required=False)
    agreed = forms.BooleanField(label="已核对")


def drawn(form: forms.Form) -> LexborHTMLParser:
    return LexborHTMLParser(str(form))


def test_the_summary_leads_to_every_field_with_a_fault() -> None:
    page = drawn(Sample({"title": "", "result": "9"}))
    links = [link.attributes["href"] or "" for link in page.css(".error-summary a")]
    assert links == ["#id_title", "#id_result_0", "#id_agreed"]
    assert all(page.css_first(link) for link in links)


def test_a_form_without_faults_has_no_summary() -> None:
    assert drawn(Sample()).css_first(".error-summary") is None


def test_every_control_has_its_label_and_its_hint() -> None:
    page = drawn(Sample())
    for control in page.css("input"):
        assert page.css_first(f'label[for="{control.attributes["id"]}"]')
    described = page.css_first("#id_title")
    assert described
    assert described.attributes["aria-describedby"] == "id_title_helptext"
    assert page.css_first("#id_title_helptext")


def test_optional_fields_say_so() -> None:
    assert [mark.text() for mark in drawn(Sample()).css(".optional")] == ["（选填）"]


def test_messages_say_what_to_do() -> None:
    form = Sample({"title": "", "result": "9"})
    assert form.errors == {
        "title": ["请填写。"],
        "result": ["“9”不在可选范围内，请重新选择。"],
        "agreed": ["请填写。"],
    }


@pytest.mark.parametrize("written", ["2024-02-28", "2024年2月28日", "2024.2.28", "2024/02/28", "20240228"])
def test_a_day_is_understood_as_papers_write_it(written: str) -> None:
    assert DayField().clean(written) == date(2024, 2, 28)


@pytest.mark.parametrize("written", ["2024-02-30", "下月", "28/2/2024"])
def test_a_day_that_cannot_be_is_refused(written: str) -> None:
    with pytest.raises(forms.ValidationError):
        DayField().clean(written)
