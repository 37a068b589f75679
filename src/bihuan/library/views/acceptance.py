"""Accepting a reading: what will be created, the open questions, the confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from bihuan.library import acceptance, readings
from bihuan.library.forms import AnswerForm, given_answers
from bihuan.library.models import Reading
from bihuan.library.refusals import Refused
from bihuan.library.spans import squeeze
from bihuan.library.views.doors import for_offices, open_to
from bihuan.people.doors import actor_of


@for_offices
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what will be created, ask what is open, and create it when confirmed as shown."""
    reading = open_to(request, pk)
    if reading.state == Reading.ACCEPTED:
        return redirect("library:document", pk=reading.document_id)
    at, place = timezone.now(), reading.document.place
    if request.method != "POST":
        shown = acceptance.preview(reading, place=place, answers=reading.answers or None, at=at)
        return _acceptance_page(request, reading, shown, AnswerForm(shown.parts, given=reading.answers))
    answers = given_answers(request.POST)
    readings.keep_answers(reading, answers)
    if request.POST.get("step") == "back":
        return redirect("library:review", pk=pk)
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
