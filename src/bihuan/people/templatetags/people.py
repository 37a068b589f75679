"""Codes of this app as they stand on screen: `{% load people %}`."""

from __future__ import annotations

from django import template

from bihuan.kernel.glossary import chinese
from bihuan.people.words import GUARDED, OUTCOMES

register = template.Library()


@register.filter
def role_name(code: str) -> str:
    """主要负责人 for 'chief'."""
    return chinese(f"role.{code}")


@register.filter
def kind_name(code: str) -> str:
    """政府工作部门 for 'bureau'."""
    return chinese(f"organ.{code}")


@register.filter
def outcome(code: str) -> str:
    """How an attempt to sign in ended."""
    return OUTCOMES[code]


@register.filter
def guarded(kind: str) -> str:
    """What a count of wrong attempts stands for."""
    return GUARDED[kind]
