"""Addresses of the rules in force and of reckoning with them."""

from __future__ import annotations

from django.urls import path

from bihuan.portal import law_views

app_name = "law"
urlpatterns = [
    path("", law_views.rules, name="rules"),
    path("due/", law_views.due, name="due"),
    path("calendar/<int:year>/", law_views.calendar, name="calendar"),
]
