"""The default pages of every kind of matter: list, one matter, one act, one paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.kernel.permission import Denied
from bihuan.library.documents import keep_document
from bihuan.library.models import Document
from bihuan.matters.access import access_matter
from bihuan.matters.doing import Changed, Refused
from bihuan.matters.forms import ActForm
from bihuan.matters.lists import matter_list, promise_list, term_list
from bihuan.matters.models import Matter, Party
from bihuan.matters.pages import act_page, matter_page
from bihuan.matters.perform import perform
from bihuan.matters.registry import module
from bihuan.people.actors import Actor
from bihuan.people.doors import actor_of, signed_in
from bihuan.ui.context import today_of
from bihuan.ui.views import NotNow
from bihuan.writers import PaperError, render_docx, render_pdf

PAPER_FORMATS = {
    "pdf": (render_pdf, "application/pdf"),
    "docx": (
        render_docx,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
}


@require_GET
@signed_in
def matters(request: HttpRequest) -> HttpResponseBase:
    """Every matter I may see; `?format=xlsx` hands out the list as filtered."""
    return matter_list(request)


@require_GET
@signed_in
def terms(request: HttpRequest) -> HttpResponseBase:
    """Every running term of the matters I may see: the rows behind each light that is counted."""
    return term_list(request)


@require_GET
@signed_in
def promises(request: HttpRequest) -> HttpResponseBase:
    """The promise ledger: what was promised, by whom, and what became of it."""
    return promise_list(request)


@require_GET
@signed_in
def detail(request: HttpRequest, number: str) -> HttpResponse:
    access = access_matter(actor_of(request), number)
    context = matter_page(access, today=today_of(request))
    kind = module(*access.matter.procedure.key)
    return render(request, kind.page_template, context | (kind.page(access) if kind.page else {}))


@require_http_methods(["GET", "POST"])
@signed_in
def act(request: HttpRequest, number: str, code: str, party: int | None = None) -> HttpResponse:
    """One act: the form, or doing it. What was typed survives every refusal."""
    access = access_matter(actor_of(request), number)
    declared = next((each for each in access.matter.procedure.acts if each.code == code), None)
    if declared is None:
        raise Http404
    verdict = access.verdict(declared, party=party)
    # Who may never do it is refused; whose time has passed meanwhile keeps what was typed.
    if isinstance(verdict, Denied) and (request.method == "GET" or not verdict.stage):
        raise NotNow(verdict.reason) if verdict.stage else PermissionDenied(verdict.reason)
    target = next((p for p in access.parties if p.pk == (party or getattr(verdict, "party", None))), None)
    form_class = module(*access.matter.procedure.key).forms.get(code, ActForm)

    def keep(uploaded: UploadedFile[Any]) -> Document:
        return _keep_evidence(uploaded, actor=access.actor, matter=access.matter)

    form = form_class(
        request.POST or None, request.FILES or None, access=access, act=declared, party=target, keep=keep
    )
    version: int = access.matter.version
    refusal = ""
    if request.method == "POST" and "more" not in request.POST and form.is_valid():
        try:
            _perform(access.matter, code, form, request, target)
        except Changed as changed:
            refusal = str(changed)
        except Refused as refused:
            refusal, version = str(refused), _seen(request, version)
        else:
            messages.success(request, f"已{declared.name}，并记入台账。")
            return redirect("matters:detail", number=number)
    elif request.method == "POST":
        version = _seen(request, version)
        refusal = verdict.reason if isinstance(verdict, Denied) else ""
    context = {"access": access, "matter": access.matter, "act": declared, "party": target, "form": form}
    context |= {"version": version, "refusal": refusal, "adding": "more" in request.POST}
    context |= act_page(access, declared, target, today=today_of(request))
    return render(request, "matters/act.html", context, status=409 if refusal else 200)


def _seen(request: HttpRequest, version: int) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() else version


def _perform(matter: Matter, code: str, form: ActForm, request: HttpRequest, party: Party | None) -> None:
    perform(
        matter,
        code,
        actor=actor_of(request),
        answers=form.answers(),
        at=timezone.now(),
        party=party,
        seen_version=_seen(request, -1),
    )


def _keep_evidence(uploaded: UploadedFile[Any], *, actor: Actor, matter: Matter) -> Document:
    return keep_document(
        data=uploaded.read(),
        name=uploaded.name or "未命名",
        kind=Document.EVIDENCE,
        place=matter.place,
        actor=actor,
        at=timezone.now(),
    ).document


@require_GET
@signed_in
def paper(request: HttpRequest, number: str, code: str, form: str, seq: int | None = None) -> HttpResponse:
    """One official paper, made from the record: the same record gives the same paper."""
    access = access_matter(actor_of(request), number)
    kind = next((each for each in module(*access.matter.procedure.key).papers if each.code == code), None)
    if kind is None or form not in PAPER_FORMATS or not kind.may_print(access):
        raise Http404
    deeds = access.matter.deeds.select_related("party__organ", "party__person", "organ").filter(
        act__in=kind.deeds
    )
    deed = (deeds.filter(seq=seq) if seq else deeds.order_by("-seq")).first() if kind.deeds else None
    if kind.deeds and deed is None:
        raise Http404
    render_paper, media_type = PAPER_FORMATS[form]
    try:
        made = render_paper(kind.make(access.matter, deed))
    except PaperError as refusal:
        messages.error(request, str(refusal))
        return redirect("matters:detail", number=number)
    response = HttpResponse(made, content_type=media_type)
    filename = f"{kind.name}（{access.matter.number}）.{form}"
    response["Content-Disposition"] = content_disposition_header(form == "docx", filename) or ""
    return response
