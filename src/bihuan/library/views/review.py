"""The reading review: the original beside what was read, and the decisions taken on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bihuan.library import readings
from bihuan.library.fields import TYPE_NAMES, is_secondary
from bihuan.library.forms import CorrectionForm, ReasonForm
from bihuan.library.marking import original_html
from bihuan.library.models import Proposal, Reading
from bihuan.library.questions import Raised, raised_by
from bihuan.library.refusals import DecidedMeanwhile, Refused
from bihuan.library.stretches import page_asked, stretches_of
from bihuan.library.views.doors import for_offices, open_to
from bihuan.people.doors import actor_of


@require_GET
@for_offices
def review(request: HttpRequest, pk: int) -> HttpResponse:
    reading = open_to(request, pk)
    asked = _asked(request)
    pages = stretches_of(reading)
    page = page_asked(pages, asked["paper"])
    within = (page.start, page.end)
    on_page = readings.proposals_to_show(reading, within=within, doubtful_first=asked["doubtful_first"])
    shown = [row for row in on_page if asked["kind"] in ("", row.type)]
    raised, others = _in_questions(shown, asked)
    folds = asked["doubtful_first"] and not asked["kind"]
    present = set(reading.proposals.order_by().values_list("type", flat=True).distinct())
    context = {
        "reading": reading,
        "original": original_html(reading.text[page.start : page.end], on_page, start=page.start),
        "raised": raised,
        "proposals": [row for row in others if not (folds and is_secondary(row.final))],
        "folded": [row for row in others if folds and is_secondary(row.final)],
        "open_questions": sum(bool(question.pending) for question in raised_by(_doubtful(reading))),
        "progress": readings.progress(reading),
        "pages": pages,
        "page": page,
        "before": _page_url(request, page.number - 1) if page.number > 1 else "",
        "behind": _page_url(request, page.number + 1) if page.number < len(pages) else "",
        "types": [(key, name) for key, name in TYPE_NAMES.items() if key in present],
        "asked": asked,
        "query": _query(request, page.number if len(pages) > 1 else None),
    }
    return render(request, "library/review.html", context)


def _doubtful(reading: Reading) -> list[Proposal]:
    """All that raises a question, wherever it stands."""
    return list(reading.proposals.exclude(readings.certain()).order_by("position"))


def _query(request: HttpRequest, paper: int | None) -> str:
    """The address's query with the page put in, so that what is done on a page leads back to it."""
    query = request.GET.copy()
    if paper is not None:
        query["paper"] = str(paper)
    return query.urlencode()


def _page_url(request: HttpRequest, paper: int) -> str:
    return f"?{_query(request, paper)}"


def _in_questions(shown: Sequence[Proposal], asked: Asked) -> tuple[list[Raised], list[Proposal]]:
    """The questions to be decided, and the proposals that raise none; in the text's own order, no questions."""
    if not asked["doubtful_first"]:
        return [], list(shown)
    return raised_by(shown), [each for each in shown if each.is_certain]


class Asked(TypedDict):
    """How the proposals are narrowed and ordered."""

    paper: int | None  # a page's number (stretches.py)
    kind: str
    doubtful_first: bool


def _asked(request: HttpRequest) -> Asked:
    paper = request.GET.get("paper", "")
    return Asked(
        paper=int(paper) if paper.isascii() and paper.isdigit() and len(paper) < 7 else None,
        kind=request.GET.get("type", ""),
        doubtful_first=request.GET.get("order") != "text",
    )


@require_POST
@for_offices
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision by a button whose value is 'proposal version decision'; the page, or the one proposal."""
    reading = open_to(request, pk)
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


@require_POST
@for_offices
def decide_together(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision on one question: on all its pending proposals, or on none."""
    reading = open_to(request, pk)
    seen = _seen(request.POST.get("seen", ""))
    decision = request.POST.get("decide")
    if not seen or decision not in (Proposal.ACCEPTED, Proposal.REJECTED):
        raise Http404
    try:
        count = readings.decide_together(
            reading_id=pk, seen=seen, decision=decision, actor=actor_of(request), at=timezone.now()
        )
        word = readings.DECISIONS[decision]
        messages.success(request, f"已{word}与这个疑问有关的{count}条。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_review_url(request, reading))


def _seen(text: str) -> dict[int, int]:
    """Proposals and versions as Raised.seen gives them out; empty where it is something else."""
    try:
        pairs = [each.split(":") for each in text.split(" ")]
        return {int(proposal): int(version) for proposal, version in pairs}
    except ValueError:
        return {}


@for_offices
def reject_rest(request: HttpRequest, pk: int) -> HttpResponse:
    """Reject all that is still undecided, for one reason: shows first what that is."""
    reading = open_to(request, pk)
    rest = [row for row in readings.proposals_to_show(reading) if row.decision == Proposal.PENDING]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            count = readings.reject_rest(
                reading_id=pk,
                reason=form.cleaned_data["reason"],
                seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
                actor=actor_of(request),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"已否定其余{count}条。")
            return redirect(_review_url(request, reading))
    return render(request, "library/reject_rest.html", {"reading": reading, "rest": rest, "form": form})


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
    asked = _asked(request)
    page = page_asked(stretches_of(reading), asked["paper"])
    found = readings.proposals_to_show(
        reading,
        within=(page.start, page.end),
        kind=asked["kind"],
        doubtful_first=asked["doubtful_first"],
    )
    raised, others = _in_questions(found, asked)
    shown = [*(row for question in raised for row in question.proposals), *others]
    ids = [row.pk for row in shown]
    behind = shown[ids.index(proposal_id) + 1 :] if proposal_id in ids else []
    target = next((row.pk for row in behind if row.decision == Proposal.PENDING), proposal_id)
    return redirect(_review_url(request, reading, proposal_id if refusal else target))


def _review_url(request: HttpRequest, reading: Reading, proposal_id: int | None = None) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    place = f"#proposal-{proposal_id}" if proposal_id else ""
    return f"{reverse('library:review', args=[reading.pk])}{query}{place}"


@require_POST
@for_offices
def accept_certain(request: HttpRequest, pk: int) -> HttpResponse:
    reading = open_to(request, pk)
    try:
        count = readings.accept_all_certain(reading_id=pk, actor=actor_of(request), at=timezone.now())
        messages.success(request, f"已接受{count}条没有疑问的内容，其余的请逐条核对。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(_review_url(request, reading))


@for_offices
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one fact right. Whoever comes second is told, and what was typed stays in the form."""
    proposal = get_object_or_404(Proposal.objects.select_related("reading__document"), pk=pk)
    reading = open_to(request, proposal.reading_id)
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
