"""The auditor's pages: browse the ledger, look at one entry, verify it, take it out, seal it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.kernel import chain
from bihuan.ledger import verify_ledger
from bihuan.ledger.access import auditor_of, for_auditors
from bihuan.ledger.checking import Check, begin, conclusion, step
from bihuan.ledger.export import Span, entry_lines, export_lines, whole
from bihuan.ledger.forms import EntryFilter, ExportForm, SealForm
from bihuan.ledger.models import Entry
from bihuan.ledger.naming import kind_name
from bihuan.ledger.queries import entries
from bihuan.ledger.readings import newest_seal, record_export, record_verification, seal_lines
from bihuan.ledger.speaking import spoken
from bihuan.ui.paging import page

_CHECK = "ledger_check"  # where the session keeps a verification on its way


@require_GET
@for_auditors
def browse(request: HttpRequest) -> HttpResponse:
    """All entries, newest first."""
    form = EntryFilter(request.GET)
    found = entries(**form.cleaned_data) if form.is_valid() else Entry.objects.none()
    shown = page(found, keys=["seq"], query=request.GET, descending=True, count=True)
    rows = [{"entry": entry, "kind": kind_name(entry.kind)} for entry in shown.rows]
    return render(request, "ledger/browse.html", {"filter": form, "page": shown, "rows": rows})


@require_GET
@for_auditors
def detail(request: HttpRequest, seq: int) -> HttpResponse:
    """One entry with its digest recomputed, and its neighbours."""
    entry = get_object_or_404(Entry, pk=seq)
    neighbours = {near.seq: near for near in Entry.objects.filter(seq__in=[seq - 1, seq + 1])}
    before, after = neighbours.get(seq - 1), neighbours.get(seq + 1)
    line = next(entry_lines(Span(seq, seq)))
    recomputed = chain.digest(line[verify_ledger.HASHED.start : -2], algorithm=entry.algorithm)
    context: dict[str, Any] = {
        "entry": entry,
        "kind": kind_name(entry.kind),
        "before": before,
        "after": after,
        "lines": spoken(entry.kind, entry.body),
        "body": _readable(entry.body),
        "sound": recomputed == entry.digest,
        "joined": entry.previous == (before.digest if before else chain.GENESIS if seq == 1 else None),
        "followed": after is None or after.previous == entry.digest,
    }
    return render(request, "ledger/detail.html", context)


@require_http_methods(["GET", "POST"])
@for_auditors
def verify(request: HttpRequest) -> HttpResponse:
    """Begin a verification, or show the one on its way."""
    form = SealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _keep(request, begin(seals=form.cleaned_data["seal"]))
        return redirect("ledger:verify")
    return render(request, "ledger/verify.html", {"form": form} | _shown(request))


@require_POST
@for_auditors
def verify_on(request: HttpRequest) -> HttpResponse:
    """One step further; the last one records the outcome. htmx asks for the next by itself, others press."""
    check = _kept(request)
    if check is not None and not check.finished:
        check = step(check)
        _keep(request, check)
        if check.finished:
            actor, account = auditor_of(request)
            record_verification(check, actor=actor, account=account, at=timezone.now())
    if request.headers.get("HX-Request") == "true":
        return render(request, "ledger/_check.html", _shown(request))
    return redirect("ledger:verify")


@require_http_methods(["GET", "POST"])
@for_auditors
def export(request: HttpRequest) -> HttpResponseBase:
    """Ask from where (GET); record the export and send the file (POST)."""
    span = whole()
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data["since"]
        if since <= span.last:
            return _download(request, Span(since, span.last))
        form.add_error("since", f"台账现有第1至{span.last}条，请填写其中的序号。")
    return render(request, "ledger/export.html", {"form": form, "last": span.last})


@require_GET
@for_auditors
def verifier(request: HttpRequest) -> FileResponse:
    """The stand-alone verifier, to be kept away from this machine."""
    return FileResponse(open(verify_ledger.__file__, "rb"), as_attachment=True, filename="verify_ledger.py")


@require_GET
@for_auditors
def seal(request: HttpRequest) -> HttpResponse:
    """The newest entry's digest as a slip to print."""
    newest = newest_seal()
    lines = seal_lines(newest, at=timezone.now()) if newest else ()
    return render(request, "ledger/seal.html", {"lines": list(lines)})


def _readable(body: str) -> list[tuple[str, str]]:
    """The body line by line, each value with its way to it; whole where somebody has broken it."""
    try:
        return list(_flat(json.loads(body), ""))
    except ValueError:
        return [("无法解读", body)]


def _flat(value: object, way: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict() if value:
            for key, part in value.items():
                yield from _flat(part, f"{way}.{key}" if way else key)
        case list() if value:
            for number, part in enumerate(value, 1):
                yield from _flat(part, f"{way}.{number}")
        case None | {} | []:
            yield way, "无"
        case bool():
            yield way, "是" if value else "否"
        case _:
            yield way, str(value)


def _download(request: HttpRequest, span: Span) -> StreamingHttpResponse:
    at = timezone.now()
    actor, account = auditor_of(request)
    record_export(span, actor=actor, account=account, at=at)
    name = f"ledger-{span.first}-{span.last}-{timezone.localdate(at):%Y%m%d}.jsonl"
    return StreamingHttpResponse(
        export_lines(span),
        content_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _keep(request: HttpRequest, check: Check) -> None:
    request.session[_CHECK] = [check.last, check.done, check.seals, check.faults, check.notes]


def _kept(request: HttpRequest) -> Check | None:
    if (kept := request.session.get(_CHECK)) is None:
        return None
    last, done, seals, faults, notes = kept
    sealed = tuple(verify_ledger.Seal(*each) for each in seals)
    return Check(last=last, done=done, seals=sealed, faults=tuple(faults), notes=tuple(notes))


def _shown(request: HttpRequest) -> dict[str, object]:
    check = _kept(request)
    return {"check": check, "conclusion": conclusion(check) if check and check.finished else ""}
