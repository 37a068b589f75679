"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from bihuan.ui import views

app_name = "ui"

urlpatterns = [path("large", views.set_large, name="large")]
