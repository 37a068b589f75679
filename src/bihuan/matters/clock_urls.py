"""Addresses of the clock's own pages."""

from __future__ import annotations

from django.urls import path

from bihuan.matters import holiday_views

app_name = "clock"
urlpatterns = [
    path("holidays/", holiday_views.holidays, name="holidays"),
    path("holidays/load/", holiday_views.load, name="holiday_load"),
    path("holidays/<int:key>/", holiday_views.holiday, name="holiday"),
    path("deliveries/", holiday_views.deliveries, name="deliveries"),
]
