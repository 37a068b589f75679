"""What the pages with one form share: ask, let a service decide, show its refusal where it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from bihuan.people.actors import Actor
from bihuan.people.duties import may
from bihuan.people.refusals import Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLink:
    """A button to a page where something can be done."""

    label: str
    url: str


def offered(actor: Actor, *acts: tuple[str, str, str, int]) -> tuple[ActLink, ...]:
    """The acts open to the actor; each is (duty, label, url name, id)."""
    return tuple(
        ActLink(label=label, url=reverse(f"people:{name}", args=[key]))
        for duty, label, name, key in acts
        if may(actor, duty)
    )


def ask(
    request: HttpRequest,
    form: Form,
    *,
    do: Callable[[dict[str, Any]], HttpResponse | None],
    heading: str,
    button: str,
    back: str,
    lead: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Show the form, and on a good answer `do` it, then go `back` (or where `do` answers).

    A refusal stands on top of the form, with everything that was typed still in it.
    """
    if request.method == "POST" and form.is_valid():
        try:
            return do(form.cleaned_data) or redirect(back)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    shown = {
        "form": form,
        "heading": heading,
        "button": button,
        "back_url": back,
        "lead": lead,
        "danger": danger,
    }
    return render(request, "people/form.html", shown)
