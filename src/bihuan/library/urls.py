"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from bihuan.library.views import acceptance, papers, review

app_name = "library"

urlpatterns = [
    path("", papers.list_documents, name="documents"),
    path("upload", papers.upload, name="upload"),
    path("documents/<int:pk>", papers.show_document, name="document"),
    path("documents/<int:pk>/file", papers.download, name="file"),
    path("documents/<int:pk>/read", papers.read, name="read"),
    path("documents/<int:pk>/withdraw", papers.withdraw, name="withdraw"),
    path("readings/<int:pk>", review.review, name="review"),
    path("readings/<int:pk>/decide", review.decide, name="decide"),
    path("readings/<int:pk>/together", review.decide_together, name="decide_together"),
    path("readings/<int:pk>/rest", review.reject_rest, name="reject_rest"),
    path("readings/<int:pk>/certain", review.accept_certain, name="accept_certain"),
    path("readings/<int:pk>/acceptance", acceptance.accept, name="accept"),
    path("proposals/<int:pk>/correction", review.correct, name="correct"),
]
