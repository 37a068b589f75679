"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from bihuan.library import views

app_name = "library"

urlpatterns = [
    path("", views.list_documents, name="documents"),
    path("upload", views.upload, name="upload"),
    path("documents/<int:pk>", views.show_document, name="document"),
    path("documents/<int:pk>/file", views.download, name="file"),
    path("documents/<int:pk>/read", views.read, name="read"),
    path("readings/<int:pk>", views.review, name="review"),
    path("readings/<int:pk>/decide", views.decide, name="decide"),
    path("readings/<int:pk>/certain", views.accept_certain, name="accept_certain"),
    path("readings/<int:pk>/acceptance", views.accept, name="accept"),
    path("proposals/<int:pk>/correction", views.correct, name="correct"),
]
