"""How every form of the site is drawn, and the field for a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates

# What people type or paste when the browser offers no calendar.
DAY_FORMATS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d")


class Renderer(DjangoTemplates):
    """Label, hint, fault, control; a summary of faults on top with a link to each field."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"


class DayField(forms.DateField):
    """A day: the browser's own calendar, and the ways a day is written in papers."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = "看不懂这个日期。请写成 2024-02-28 或 2024年2月28日。"
