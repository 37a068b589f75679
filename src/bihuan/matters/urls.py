"""Addresses of matters."""

from __future__ import annotations

from django.urls import path

from bihuan.matters import views

app_name = "matters"
urlpatterns = [
    path("", views.matters, name="list"),
    path("terms/", views.terms, name="terms"),
    path("promises/", views.promises, name="promises"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/papers/<slug:code>.<slug:form>", views.paper, name="paper"),
    path("<str:number>/papers/<int:seq>/<slug:code>.<slug:form>", views.paper, name="paper_of"),
    path("<str:number>/<slug:code>/", views.act, name="act"),
    path("<str:number>/<slug:code>/<int:party>/", views.act, name="act_for"),
]
