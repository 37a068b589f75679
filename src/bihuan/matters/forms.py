"""Forms of acts: plain fields come from what the declaration asks; rows come from the matter's items.

A form turns what was typed into the answers that `perform` takes. Files are kept the moment they arrive, so
that a mistake elsewhere on the page does not cost the person the upload.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict

from bihuan.kernel.procedure import Act, Ask, Kind
from bihuan.kernel.terms import OnEvent
from bihuan.library.models import Document
from bihuan.matters.access import Access
from bihuan.matters.conditions import TermTest, any_term, dated, duty, not_paused, paused, undated
from bihuan.matters.effects import RESULTS, STATES, items_to_answer, label
from bihuan.matters.models import Item, Party, Promise, Term
from bihuan.readers.opening import CannotOpen
from bihuan.ui.forms import DayField

Keep: TypeAlias = "Callable[[UploadedFile[Any]], Document]"
KEPT = "kept-"  # hidden companions of file fields: the documents already taken in


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(FilesField, self).clean(each, initial) for each in given]


def field_for(ask: Ask) -> forms.Field:
    """The form field of one plain question."""
    common: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.help}
    match ask.kind:
        case Kind.DATE:
            return DayField(**common)
        case Kind.NUMBER:
            return forms.IntegerField(min_value=0, **common)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=ask.choices, widget=forms.RadioSelect, **common)
        case Kind.FILES:
            return FilesField(**common)
        case Kind.TEXT:
            return forms.CharField(max_length=300, **common)
        case _:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=20_000, **common)


@dataclass(frozen=True, slots=True)
class Row:
    """A group of fields about one item: what the page draws as a fieldset."""

    title: str
    text: str
    fields: tuple[BoundField, ...]
    more: str = ""  # the value of the button that adds another set to this row


class ActForm(forms.Form):
    """The form of one act for one person at one matter."""

    preface = ""  # a template shown above the fields: what one must have read before deciding

    def __init__(
        self,
        *args: Any,
        access: Access,
        act: Act,
        party: Party | None,
        keep: Keep | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.access, self.act, self.party, self.keep = access, act, party, keep
        self.kept: dict[str, list[Document]] = {}
        for ask in act.asks:
            if ask.kind is not Kind.SPECIAL:
                self.fields[ask.key] = field_for(ask)
        self.add_fields()
        if self.is_bound:
            self._take_files()

    def add_fields(self) -> None:
        """Subclasses add what the declaration calls SPECIAL."""

    def rows(self) -> Iterator[Row]:
        """Subclasses group their fields by item."""
        yield from ()

    def plain_fields(self) -> list[BoundField]:
        """The fields that stand outside any row, in order."""
        grouped = {field.name for row in self.rows() for field in row.fields}
        return [field for field in self.visible_fields() if field.name not in grouped]

    def answers(self) -> dict[str, Any]:
        """The cleaned answers for `perform`; only after is_valid()."""
        grouped = {field.name for row in self.rows() for field in row.fields}
        plain = {name: value for name, value in self.cleaned_data.items() if name not in grouped}
        return {**plain, **{name: docs for name, docs in self.kept.items() if name not in grouped}}

    # --- files

    def _take_files(self) -> None:
        for name, field in self.fields.items():
            if not isinstance(field, FilesField):
                continue
            docs = self._kept_before(name)
            for uploaded in self.files.getlist(self.add_prefix(name)) if self.files else []:
                docs += self._take(name, uploaded)
            self.kept[name] = docs
            field.required = field.required and not docs

    def _take(self, name: str, uploaded: UploadedFile[Any]) -> list[Document]:
        if self.keep is None:
            return []
        try:
            return [self.keep(uploaded)]
        except CannotOpen as refusal:
            self._refused_files.setdefault(name, []).append(f"{uploaded.name}：{refusal}")
            return []

    @property
    def _refused_files(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = self.__dict__.setdefault("_refusals", {})
        return found

    def _kept_before(self, name: str) -> list[Document]:
        """Documents this account handed in with an earlier try of this form."""
        given = self.data.getlist(KEPT + name) if hasattr(self.data, "getlist") else []
        numbers = [int(each) for each in given if each.isascii() and each.isdigit()]
        mine = Document.objects.filter(pk__in=numbers, uploaded_by=self.access.actor.account, kind="evidence")
        return list(mine.order_by("pk"))

    def clean(self) -> dict[str, Any]:
        for name, faults in self._refused_files.items():
            for fault in faults:
                self.add_error(name, fault)
        return self.cleaned_data

    def kept_files(self) -> list[tuple[str, str, Document]]:
        """(hidden field's name, question's label, document) of every file already taken in."""
        return [
            (KEPT + name, str(self.fields[name].label), document)
            for name, documents in self.kept.items()
            for document in documents
        ]


class PlanForm(ActForm):
    """Measures item by item; a button adds a further measure to an item."""

    def add_fields(self) -> None:
        self.counts: dict[int, int] = {}
        for item in self._items:
            count = self._count(item)
            self.counts[item.pk] = count
            self.fields[f"count-{item.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=count, required=False
            )
            for number in range(count):
                self._add_measure(item, number)

    @property
    def _items(self) -> list[Item]:
        found: list[Item] = self.__dict__.setdefault("_asked", items_to_answer(self.access.matter))
        return found

    def _count(self, item: Item) -> int:
        typed = str(self.data.get(f"count-{item.pk}", "")) if self.is_bound else ""
        count = min(int(typed), 20) if typed.isascii() and typed.isdigit() else 1
        more = self.is_bound and self.data.get("more") == str(item.pk)
        count = count + 1 if more else count
        if more and isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[f"count-{item.pk}"] = str(count)
        return max(1, count)

    def _add_measure(self, item: Item, number: int) -> None:
        stem = f"{item.pk}-{number}"
        needed = number == 0 and self.party is not None and self.party.part == "lead"
        self.fields[f"text-{stem}"] = forms.CharField(
            label="措施", required=needed, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
        )
        self.fields[f"person-{stem}"] = forms.CharField(label="责任人", required=needed, max_length=40)
        self.fields[f"quantity-{stem}"] = forms.CharField(
            label="数量", required=False, max_length=60, help_text="如：补植3000亩。"
        )
        self.fields[f"due-{stem}"] = DayField(label="完成时限", required=False)

    def rows(self) -> Iterator[Row]:
        for item in self._items:
            names = [
                f"{part}-{item.pk}-{number}"
                for number in range(self.counts[item.pk])
                for part in ("text", "person", "quantity", "due")
            ]
            yield Row(label(item), item.text, tuple(self[name] for name in names), more=str(item.pk))

    def clean(self) -> dict[str, Any]:
        super().clean()
        for item in self._items:
            for number in range(self.counts[item.pk]):
                stem = f"{item.pk}-{number}"
                if self.cleaned_data.get(f"text-{stem}") and not self.cleaned_data.get(f"person-{stem}"):
                    self.add_error(f"person-{stem}", "请填写这项措施的责任人。")
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        measures = [
            {
                "item": item.pk,
                "text": given[f"text-{item.pk}-{number}"],
                "person": given[f"person-{item.pk}-{number}"],
                "quantity": given[f"quantity-{item.pk}-{number}"],
                "due_on": given[f"due-{item.pk}-{number}"],
            }
            for item in self._items
            for number in range(self.counts[item.pk])
            if given.get(f"text-{item.pk}-{number}")
        ]
        return {"measures": measures, "note": given.get("note", "")}


def _promised(promise: Promise) -> str:
    """A measure with all that was promised of it."""
    due = promise.due_on
    said = [
        f"数量：{promise.quantity}" if promise.quantity else "",
        f"时限：{due.year}年{due.month}月{due.day}日" if due else "没有写明时限",
        f"责任人：{promise.person}" if promise.person else "",
    ]
    return f"{promise.text}（{'；'.join(filter(None, said))}）"


class ProgressForm(ActForm):
    """State, words and evidence of each measure of the party's plan."""

    def add_fields(self) -> None:
        for promise in self._promises:
            self.fields[f"state-{promise.pk}"] = forms.ChoiceField(
                label="状态", choices=STATES, initial=promise.state
            )
            self.fields[f"progress-{promise.pk}"] = forms.CharField(
                label="进展",
                required=False,
                initial=promise.progress,
                max_length=5000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"evidence-{promise.pk}"] = FilesField(label="佐证（照片或文件）", required=False)
            self.fields[f"next-{promise.pk}"] = DayField(
                label="下次检查", required=False, initial=promise.next_check_on
            )

    @property
    def _promises(self) -> list[Promise]:
        if "_mine" not in self.__dict__:
            self._mine = list(self.promises().select_related("item").prefetch_related("evidence"))
        return self._mine

    def promises(self) -> QuerySet[Promise]:
        """The promises told about: the party's own of this round."""
        return Promise.objects.filter(party=self.party, round=self.access.matter.round)

    def rows(self) -> Iterator[Row]:
        for promise in self._promises:
            names = [f"{part}-{promise.pk}" for part in ("state", "progress", "evidence", "next")]
            title = f"{label(promise.item)}的措施" if promise.item else "措施"
            yield Row(title, _promised(promise), tuple(self[name] for name in names))

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        reported = []
        for promise in self._promises:
            evidence = self.kept.get(f"evidence-{promise.pk}", [])
            now = (given[f"state-{promise.pk}"], given[f"progress-{promise.pk}"], given[f"next-{promise.pk}"])
            if evidence or now != (promise.state, promise.progress, promise.next_check_on):
                reported.append(
                    {
                        "promise": promise.pk,
                        "state": now[0],
                        "progress": now[1],
                        "next_check_on": now[2],
                        "evidence": evidence,
                    }
                )
        return {**super().answers(), "measures": reported}


class LookBackForm(ProgressForm):
    """All promises of the matter that are not settled yet, whoever made them."""

    def promises(self) -> QuerySet[Promise]:
        settled = (Promise.KEPT, Promise.WITHDRAWN)
        return self.access.matter.promises.exclude(state__in=settled)


class AnswerForm(ActForm):
    """Result and words for each item; what was answered before in this round stands there to be mended."""

    def add_fields(self) -> None:
        matter = self.access.matter
        self._asked_items = items_to_answer(matter)
        before = {
            answer.item_id: answer for answer in matter.answers.filter(party=self.party, round=matter.round)
        }
        for item in self._asked_items:
            known = before.get(item.pk)
            self.fields[f"result-{item.pk}"] = forms.ChoiceField(
                label="结果",
                choices=(("", "（尚未填写）"), *RESULTS),
                required=False,
                initial=known.result if known else "",
            )
            self.fields[f"result-{item.pk}"].optional_word = "可以分次填写"  # type: ignore[attr-defined]
            self.fields[f"text-{item.pk}"] = forms.CharField(
                label="处理情况",
                required=False,
                initial=known.text if known else "",
                max_length=10_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def rows(self) -> Iterator[Row]:
        for item in self._asked_items:
            yield Row(label(item), item.text, (self[f"result-{item.pk}"], self[f"text-{item.pk}"]))

    def clean(self) -> dict[str, Any]:
        super().clean()
        for item in self._asked_items:
            result, text = (self.cleaned_data.get(f"{part}-{item.pk}") for part in ("result", "text"))
            if result and not text:
                self.add_error(f"text-{item.pk}", f"请说明{label(item)}是怎样处理的。")
            if text and not result:
                self.add_error(f"result-{item.pk}", f"请选择{label(item)}的结果。")
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "answers": [
                {"item": item.pk, "result": given[f"result-{item.pk}"], "text": given[f"text-{item.pk}"]}
                for item in self._asked_items
                if given.get(f"result-{item.pk}")
            ]
        }


class TermForm(ActForm):
    """Acts on one running term; a subclass says which terms may be chosen."""

    fits: TermTest = staticmethod(any_term)

    def terms(self) -> list[Term]:
        own = self.party.pk if self.party else None
        running = self.access.running_terms
        return [term for term in running if own in (None, term.party_id) and type(self).fits(term)]

    def add_fields(self) -> None:
        choices = [(term.pk, _term_words(term)) for term in self.terms()]
        ask = next(ask for ask in self.act.asks if ask.key == "term")
        self.fields["term"] = forms.TypedChoiceField(
            label=ask.label,
            choices=choices,
            coerce=int,
            widget=forms.RadioSelect,
        )
        self.order_fields([ask.key for ask in self.act.asks])


def _term_words(term: Term) -> str:
    who = f"（{term.party}）" if term.party else ""
    due = f"现到期日{term.due_on.year}年{term.due_on.month}月{term.due_on.day}日" if term.due_on else "待定"
    return f"{term.name}{who}：{due}"


def _day_wanted(term: Term) -> str:
    """What an undated term waits for: clock.settle takes the day as this."""
    anchor = term.specification.anchor
    waits = isinstance(anchor, OnEvent) and anchor.on is None
    return f"“{anchor.event}”的日期" if isinstance(anchor, OnEvent) and waits else "到期日"


class DatedTermForm(TermForm):
    fits = staticmethod(dated)


class OpenTermForm(TermForm):
    """Terms that wait for an event's day, or for which the paper set no period: which of the two the day is that is
    asked for, stands with each."""

    fits = staticmethod(undated)

    def add_fields(self) -> None:
        super().add_fields()
        wanted = {term.pk: _day_wanted(term) for term in self.terms()}
        field = self.fields["term"]
        field.choices = [(pk, f"{words}，请填{wanted[pk]}") for pk, words in field.choices]  # type: ignore[attr-defined]
        if len(set(wanted.values())) == 1:
            self.fields["day"].label = next(iter(wanted.values()))


class RunningTermForm(TermForm):
    fits = staticmethod(not_paused)


class PausedTermForm(TermForm):
    fits = staticmethod(paused)


class DutyForm(TermForm):
    """Duties the paper sets that have no act of their own."""

    fits = staticmethod(duty)
