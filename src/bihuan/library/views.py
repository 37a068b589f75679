"""Pages of the library: papers, their readings, what becomes of them. For the standing committee's offices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypedDict

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bihuan.library import acceptance, access, readings
from bihuan.library.columns import DOCUMENT_COLUMNS
from bihuan.library.documents import keep_document
from bihuan.library.fields import TYPE_NAMES
from bihuan.library.forms import AnswerForm, CorrectionForm, DocumentFilter, given_answers
from bihuan.library.marking import original_html
from bihuan.library.models import Document, Proposal, Reading
from bihuan.library.queries import narrow, papers
from bihuan.library.refusals import DecidedMeanwhile, Refused
from bihuan.library.spans import squeeze
from bihuan.library.storage import path_of
from bihuan.library.uploads import refused_files
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Place
from bihuan.readers.opening import CannotOpen
from bihuan.ui.export import xlsx_response
from bihuan.ui.paging import page

_Given = ParamSpec("_Given")


def for_offices(
    view: Callable[Concatenate[HttpRequest, _Given], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, _Given], HttpResponseBase]:
    """Only for those who work on papers; to others a 403 that says who does."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: _Given.args, **kwargs: _Given.kwargs) -> HttpResponseBase:
        if access.office_post(actor_of(request)) is None:
            raise PermissionDenied(f"您不能打开文件库：您目前没有相应的职务。{access.WHO}可以办理。")
        return view(request, *args, **kwargs)

    return guarded


def _reading(request: HttpRequest, pk: int) -> Reading:
    """A reading of a place the person works for; others do not learn that it exists."""
    places = access.office_places(actor_of(request))
    known = Reading.objects.select_related("document__place")
    return get_object_or_404(known, pk=pk, document__place__in=places)


@require_GET
@for_offices
def list_documents(request: HttpRequest) -> HttpResponseBase:
    """Papers received, newest first; `?format=xlsx` hands out the list as filtered."""
    form = DocumentFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = narrow(papers(access.office_places(actor_of(request))), **asked)
    if request.GET.get("format") == "xlsx":
        return xlsx_response(
            found.order_by("-uploaded_at", "-id").iterator(500), columns=DOCUMENT_COLUMNS, name="文件库"
        )
    shown = page(found, keys=("uploaded_at", "id"), query=request.GET, descending=True, size=30, count=True)
    export = request.GET.copy()
    export["format"] = "xlsx"
    context = {
        "page": shown,
        "form": form,
        "narrowed": any(asked.values()),
        "xlsx_url": f"?{export.urlencode()}",
    }
    return render(request, "library/documents.html", context)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one uploaded file."""

    name: str
    document: Document | None
    reading: Reading | None
    lines: tuple[str, ...]


@for_offices
def upload(request: HttpRequest) -> HttpResponse:
    """Take in several files; each stands for itself, a bad one keeps no other out."""
    if request.method != "POST":
        return render(request, "library/upload.html")
    arrivals = [_arrive(request, file.name or "", file.read()) for file in request.FILES.getlist("files")]
    arrivals += [Arrival(name, None, None, (why,)) for name, why in refused_files(request)]
    return render(request, "library/upload.html", {"arrivals": arrivals, "nothing": not arrivals})


def _arrive(request: HttpRequest, name: str, data: bytes) -> Arrival:
    actor, at = actor_of(request), timezone.now()
    post = access.office_post(actor)
    if post is None:
        raise PermissionDenied(access.WHO)
    place = Place.objects.get(pk=post.place)
    try:
        kept = keep_document(data=data, name=name, kind=Document.UPLOAD, place=place, actor=actor, at=at)
    except (CannotOpen, Refused) as refusal:
        return Arrival(name, None, None, (str(refusal),))
    said = ("这份文件以前上传过，没有重复保存。",) if kept.known else ()
    try:
        reading = readings.read_document(document=kept.document, at=at)
    except (CannotOpen, Refused) as refusal:
        return Arrival(name, kept.document, None, (*said, str(refusal)))
    return Arrival(name, kept.document, reading, (*said, *kept.warnings))


@require_GET
@signed_in
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, always as an attachment: nothing received is ever shown as a page of ours."""
    document = get_object_or_404(Document.objects.defer("text"), pk=pk)
    if not access.may_read(actor_of(request), document):
        raise Http404
    return FileResponse(
        path_of(document.sha256).open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type=document.media_type,
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


@require_GET
@for_offices
def show_document(request: HttpRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(papers(access.office_places(actor_of(request))), pk=pk)
    made = document.readings.select_related("acceptance__accepted_by__person").order_by("-pk")
    newest = made.first()
    context = {
        "document": document,
        "readings": made,
        "edition": readings.EDITION,
        "may_read_again": newest is None
        or (newest.state == Reading.PROPOSED and newest.reader != readings.EDITION),
    }
    return render(request, "library/document.html", context)


@require_POST
@for_offices
def read(request: HttpRequest, pk: int) -> HttpResponse:
    places = access.office_places(actor_of(request))
    document = get_object_or_404(Document, pk=pk, kind=Document.UPLOAD, place__in=places)
    try:
        reading = readings.read_document(document=document, at=timezone.now())
    except (CannotOpen, Refused) as refusal:
        messages.error(request, str(refusal))
        return redirect("library:document", pk=pk)
    return redirect("library:review", pk=reading.pk)


@require_GET
@for_offices
def review(request: HttpRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    asked = _asked(request)
    everything = list(reading.proposals.order_by("position"))
    context = {
        "reading": reading,
        "original": original_html(reading.text, everything),
        "proposals": readings.proposals_to_show(reading, **asked),
        "progress": readings.progress(reading),
        "sections": list(dict.fromkeys(row.section for row in everything if row.section)),
        "types": [
            (key, name) for key, name in TYPE_NAMES.items() if any(row.type == key for row in everything)
        ],
        "asked": asked,
        "query": request.GET.urlencode(),
    }
    return render(request, "library/review.html", context)


class Asked(TypedDict):
    """How the proposals are narrowed and ordered."""

    section: str
    kind: str
    doubtful_first: bool


def _asked(request: HttpRequest) -> Asked:
    return Asked(
        section=request.GET.get("section", ""),
        kind=request.GET.get("type", ""),
        doubtful_first=request.GET.get("order") != "text",
    )


@require_POST
@for_offices
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision by a button whose value is 'proposal version decision'; the page, or the one proposal."""
    reading = _reading(request, pk)
    try:
        proposal_id, seen_version, decision = request.POST["decide"].split(" ")
        proposal = get_object_or_404(reading.proposals, pk=int(proposal_id))
        seen = int(seen_version)
    except (KeyError, ValueError) as unreadable:
        raise Http404 from unreadable
    if decision not in (Proposal.ACCEPTED, Proposal.REJECTED, Proposal.PENDING):
        raise Http404
    refusal = ""
    try:
        readings.decide_proposal(
            proposal_id=proposal.pk,
            decision=decision,
            actor=actor_of(request),
            at=timezone.now(),
            seen_version=seen,
        )
    except Refused as refused:
        refusal = str(refused)
    return _answer(request, proposal.pk, refusal)


def _answer(request: HttpRequest, proposal_id: int, refusal: str = "") -> HttpResponse:
    """The proposal as it now stands: alone to htmx, else the review page at the next one to decide."""
    proposal = Proposal.objects.select_related("reading__document", "decided_by__person").get(pk=proposal_id)
    reading = proposal.reading
    if _is_partial(request):
        context = {
            "proposal": proposal,
            "reading": reading,
            "progress": readings.progress(reading),
            "refusal": refusal,
            "query": request.GET.urlencode(),
            "swap": True,
        }
        answer = render(request, "library/_decided.html", context)
        # A correction was swapped into its list item; the answer replaces the item itself.
        answer.headers["HX-Reswap"] = "outerHTML"
        return answer
    if refusal:
        messages.error(request, refusal)
    shown = readings.proposals_to_show(reading, **_asked(request))
    ids = [row.pk for row in shown]
    behind = shown[ids.index(proposal_id) + 1 :] if proposal_id in ids else []
    target = next((row.pk for row in behind if row.decision == Proposal.PENDING), proposal_id)
    return redirect(_review_url(request, reading, proposal_id if refusal else target))


def _review_url(request: HttpRequest, reading: Reading, proposal_id: int) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{reverse('library:review', args=[reading.pk])}{query}#proposal-{proposal_id}"


@require_POST
@for_offices
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    reading = _reading(request, pk)
    try:
        count = readings.accept_all_certain(reading_id=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, f"已接受{count}条没有疑问的内容，其余的请逐条核对。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(reverse("library:review", args=[reading.pk]) + query)


@for_offices
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one fact right. Whoever comes second is told, and what was typed stays in the form."""
    proposal = get_object_or_404(Proposal.objects.select_related("reading__document"), pk=pk)
    reading = _reading(request, proposal.reading_id)
    form = CorrectionForm(
        proposal, text=reading.text, data=request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        try:
            readings.decide_proposal(
                proposal_id=pk,
                decision=Proposal.CORRECTED,
                corrected=form.corrected(),
                actor=actor_of(request),
                at=timezone.now(),
                seen_version=form.cleaned_data["seen_version"],
            )
            return _answer(request, pk)
        except DecidedMeanwhile as meanwhile:
            proposal.refresh_from_db()
            typed = request.POST.copy()
            typed["seen_version"] = str(proposal.version)
            form = CorrectionForm(proposal, text=reading.text, data=typed)
            form.add_error(None, str(meanwhile))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    partial = _is_partial(request)
    context = {
        "proposal": proposal,
        "reading": reading,
        "form": form,
        "query": request.GET.urlencode(),
        "partial": partial,
    }
    return render(request, "library/_correction.html" if partial else "library/correction.html", context)


def _is_partial(request: HttpRequest) -> bool:
    """Whether htmx asks for a piece of the page."""
    return request.headers.get("HX-Request") == "true"


@for_offices
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be created, ask what is open, and create it when confirmed as shown."""
    reading = _reading(request, pk)
    if reading.state == Reading.ACCEPTED:
        return redirect("library:document", pk=reading.document_id)
    at, place = timezone.now(), reading.document.place
    if request.method != "POST":
        shown = acceptance.preview(reading, place=place, answers=None, at=at)
        return _acceptance_page(request, reading, shown, AnswerForm(shown.parts))
    answers = given_answers(request.POST)
    shown = acceptance.preview(reading, place=place, answers=answers, at=at)
    confirmed = request.POST.get("step") == "accept"
    form = AnswerForm(shown.parts, data=request.POST, must_answer=confirmed)
    if form.is_valid() and confirmed:
        try:
            acceptance.accept_reading(
                reading_id=pk,
                answers=form.answers(),
                actor=actor_of(request),
                at=at,
                seen=request.POST.get("seen", ""),
            )
            messages.success(request, "已接受，下列内容已经建立。")
            return redirect("library:document", pk=reading.document_id)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _acceptance_page(request, reading, shown, form)


def _acceptance_page(
    request: HttpRequest, reading: Reading, shown: acceptance.Preview, form: AnswerForm
) -> HttpResponse:
    text = reading.text

    def quotes(spans: tuple[tuple[int, int], ...]) -> list[str]:
        return [squeeze(text[start:end]) for start, end in spans]

    groups = [
        {
            "planned": [(planned, quotes(planned.spans)) for planned in part.plan.planned],
            "questions": [(form[part.field(asked)], quotes(asked.spans)) for asked in part.plan.questions],
        }
        for part in shown.parts
    ]
    context = {
        "reading": reading,
        "shown": shown,
        "form": form,
        "groups": groups,
        "has_questions": bool(form.fields),
    }
    return render(request, "library/acceptance.html", context)
