"""How facts are shown: `{% load papers %}`."""

from __future__ import annotations

from django import template

from bihuan.library import fields
from bihuan.library.models import Proposal
from bihuan.library.readings import DECISIONS, STATES

register = template.Library()


@register.filter
def headline(proposal: Proposal) -> str:
    return fields.headline(proposal.final)


@register.filter
def details(proposal: Proposal) -> list[tuple[str, str]]:
    return fields.details(proposal.final)


@register.filter
def type_name(proposal: Proposal) -> str:
    return fields.TYPE_NAMES.get(proposal.type, proposal.type)


@register.filter
def decision_word(proposal: Proposal) -> str:
    return DECISIONS[proposal.decision]


@register.filter
def state_word(state: str) -> str:
    return STATES.get(state, "未识读")
