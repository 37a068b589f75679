"""The addresses of suggestions: /suggestions/."""

from __future__ import annotations

from django.urls import path

from bihuan.modules.suggestions import report_views, views
from bihuan.modules.suggestions.office import (
    book_views,
    earlier_views,
    flag_views,
    handover_views,
    listing_views,
)

app_name = "suggestions"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("begin/", views.begin, name="begin"),
    path("drafts/<int:pk>/", views.write, name="write"),
    path("drafts/<int:pk>/discard/", views.discard, name="discard"),
    path("drafts/<int:pk>/kin/", views.kin, name="kin"),
    path("drafts/<int:pk>/invite/", views.invite, name="invite"),
    path("invitations/<int:pk>/", views.sign, name="sign"),
    path("handover/", handover_views.hand_over, name="handover"),
    path("earlier/", earlier_views.upload, name="earlier"),
    path("earlier/<int:pk>/", earlier_views.preview, name="preview"),
    path("all/", listing_views.suggestions, name="all"),
    path("flags/", flag_views.flags, name="flags"),
    path("book/", book_views.book, name="book"),
    path("units/", book_views.units, name="units"),
    path("units/<int:organ>/", book_views.ledger, name="ledger"),
    path("report/", report_views.report, name="report"),
    path("report/rows/", report_views.rows, name="report_rows"),
    path("report/report.<str:form>", report_views.paper, name="report_paper"),
]
