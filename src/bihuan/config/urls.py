"""Every address of the site."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler403 = "bihuan.ui.views.permission_denied"
urlpatterns: list[URLPattern | URLResolver] = [
    path("ui/", include("bihuan.ui.urls")),
    path("login/", include("bihuan.people.login_urls")),
    path("people/", include("bihuan.people.urls")),
    path("library/", include("bihuan.library.urls")),
    path("ledger/", include("bihuan.ledger.urls")),
    path("matters/", include("bihuan.matters.urls")),
    path("clock/", include("bihuan.matters.clock_urls")),
    path("suggestions/", include("bihuan.modules.suggestions.urls")),
    path("law/", include("bihuan.portal.law_urls")),
    path("", include("bihuan.portal.urls")),
]
