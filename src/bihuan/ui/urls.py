"""Addresses of the frame itself."""

from __future__ import annotations

from django.urls import path

from bihuan.ui import gallery, views

app_name = "ui"

urlpatterns = [
    path("large", views.set_large, name="large"),
    path("gallery", gallery.gallery, name="gallery"),
    path("gallery/confirm", gallery.confirm, name="gallery_confirm"),
    path("gallery/review", gallery.review, name="gallery_review"),
    path("gallery/public", gallery.public, name="gallery_public"),
]
