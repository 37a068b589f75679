"""Addresses of the ledger, mounted at /ledger/."""

from __future__ import annotations

from django.urls import path

from bihuan.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.browse, name="browse"),
    path("<int:seq>/", views.detail, name="detail"),
    path("verify/", views.verify, name="verify"),
    path("verify/on/", views.verify_on, name="verify_on"),
    path("export/", views.export, name="export"),
    path("verify_ledger.py", views.verifier, name="verifier"),
    path("seal/", views.seal, name="seal"),
]
