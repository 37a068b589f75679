"""Addresses of the portal, mounted at the root: the desk for those signed in, the public site for all."""

from __future__ import annotations

from django.urls import path

from bihuan.portal import desk_views, public_views, views

app_name = "portal"

urlpatterns = [
    path("", public_views.home, name="home"),
    path("desk/", desk_views.desk, name="desk"),
    path("desk/waiting/", desk_views.waiting, name="waiting"),
    path("search/", views.search, name="search"),
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_all, name="read_all"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
    path("robots.txt", public_views.robots, name="robots"),
    path("public/", public_views.matters, name="public"),
    path("public/matters.json", public_views.matters_json, name="public_json"),
    path("public/matters.csv", public_views.matters_csv, name="public_csv"),
    path("public/feed.xml", public_views.feed, name="public_feed"),
    path("public/data/", public_views.data, name="public_data"),
    path("public/results/", public_views.results, name="public_results"),
    path("public/withheld/", public_views.withheld, name="public_withheld"),
    path("public/<str:number>/", public_views.matter, name="public_matter"),
    path("public/<str:number>.json", public_views.matter_json, name="public_matter_json"),
]
