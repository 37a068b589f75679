"""Papers as they come: listed, taken in, handed out, read, withdrawn."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bihuan.library import access, readings
from bihuan.library.columns import DOCUMENT_COLUMNS
from bihuan.library.documents import keep_document
from bihuan.library.forms import DocumentFilter, ReasonForm
from bihuan.library.models import Document, Reading
from bihuan.library.queries import narrow, papers, same_paper
from bihuan.library.refusals import Refused
from bihuan.library.storage import path_of
from bihuan.library.uploads import refused_files
from bihuan.library.views.doors import for_offices
from bihuan.library.withdrawing import withdraw_document
from bihuan.people.doors import actor_of, signed_in
from bihuan.people.models import Place
from bihuan.readers.opening import CannotOpen
from bihuan.ui.export import xlsx_response
from bihuan.ui.paging import page


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
    said: tuple[str, ...] = ("这份文件以前上传过，没有重复保存。",) if kept.known else ()
    try:
        reading = readings.read_document(document=kept.document, at=at)
    except (CannotOpen, Refused) as refusal:
        return Arrival(name, kept.document, None, (*said, str(refusal)))
    twin = same_paper(reading)
    if twin is not None:
        said += (f"可能与已上传的“{twin.name}”是同一份文件：标题和发文字号都相同。请先核对，以免重复登记。",)
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
        "may_withdraw": document.withdrawn_at is None
        and not any(reading.state == Reading.ACCEPTED for reading in made),
        "may_read_again": document.withdrawn_at is None and _may_be_read(newest),
    }
    return render(request, "library/document.html", context)


def _may_be_read(newest: Reading | None) -> bool:
    """Whether another reading would tell anything new: never after an acceptance."""
    if newest is None or newest.state == Reading.ABANDONED:
        return True
    return newest.state == Reading.PROPOSED and newest.reader != readings.EDITION


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


@for_offices
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a paper back that was uploaded by mistake: says what will happen, asks why."""
    places = access.office_places(actor_of(request))
    document = get_object_or_404(papers(places), pk=pk, withdrawn_at__isnull=True)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            withdraw_document(document_id=pk, reason=reason, actor=actor_of(request), at=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "已撤回，并记入台账。")
            return redirect("library:documents")
    return render(request, "library/withdraw.html", {"document": document, "form": form})
