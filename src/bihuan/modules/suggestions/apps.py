from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest


class SuggestionsConfig(AppConfig):
    name = "bihuan.modules.suggestions"

    def ready(self) -> None:
        from bihuan.ledger.naming import register_names
        from bihuan.matters.registry import register
        from bihuan.modules.suggestions.module import SUGGESTION_MODULE
        from bihuan.ui import navigation

        register(SUGGESTION_MODULE)
        register_names({"suggestions.imported": "导入往年建议"}.get)
        navigation.register("代表建议", "suggestions:mine", 15, when=_does_business)


def _does_business(request: HttpRequest) -> bool:
    """Whether the person is signed in and no administrator, who has no part in matters."""
    actor = getattr(request, "actor", None)
    return actor is not None and not any(
        post.role in ("sysadmin", "secadmin", "auditor") for post in actor.posts
    )
