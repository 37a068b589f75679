"""What an auditor may ask for."""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Any

from django import forms

from bihuan.ledger import verify_ledger
from bihuan.ledger.naming import kind_name
from bihuan.ledger.queries import kinds
from bihuan.ui.forms import DayField


class EntryFilter(forms.Form):
    """Which entries to list."""

    kind = forms.ChoiceField(label="种类", required=False)
    subject = forms.CharField(label="对象", required=False, max_length=60, help_text="例如 SY-2026-0003")
    actor = forms.CharField(label="经办人", required=False, max_length=60)
    since = DayField(label="从", required=False)
    until = DayField(label="至", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "全部"), *((code, kind_name(code)) for code in kinds())]


class SealForm(forms.Form):
    """A seal to verify against."""

    seal = forms.CharField(
        label="留存的封存值",
        required=False,
        max_length=120,
        help_text="照封存单填写，形如 1203:6f2a…；没有可以不填。",
    )

    def clean_seal(self) -> tuple[verify_ledger.Seal, ...]:
        if not (text := self.cleaned_data["seal"]):
            return ()
        try:
            return (verify_ledger.seal(text),)
        except ArgumentTypeError:
            raise forms.ValidationError("看不懂这个封存值。请照封存单填写：序号、冒号、64位摘要。") from None


class ExportForm(forms.Form):
    """From which entry on to export."""

    since = forms.IntegerField(label="从第几条起", min_value=1, initial=1)
