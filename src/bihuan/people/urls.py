"""Addresses of the registers, of security, and of one's own account."""

from __future__ import annotations

from django.urls import path

from bihuan.people.views import me, registers, security

app_name = "people"

urlpatterns = [
    path("me", me.me, name="me"),
    path("me/password", me.password, name="password"),
    path("organs", registers.organs, name="organs"),
    path("organs/new", registers.organ_add, name="organ_add"),
    path("organs/<int:key>", registers.organ, name="organ"),
    path("organs/<int:key>/rename", registers.organ_rename, name="organ_rename"),
    path("organs/<int:key>/merge", registers.organ_merge, name="organ_merge"),
    path("organs/<int:key>/alias", registers.organ_alias, name="organ_alias"),
    path("persons", registers.persons, name="persons"),
    path("persons/new", registers.person_add, name="person_add"),
    path("persons/<int:key>", registers.person, name="person"),
    path("persons/<int:key>/change", registers.person_change, name="person_change"),
    path("persons/<int:key>/deputy", registers.deputy_add, name="deputy_add"),
    path("persons/<int:key>/account", registers.account_open, name="account_open"),
    path("persons/<int:key>/post", security.post_grant, name="post_grant"),
    path("accounts/<int:key>/disable", registers.account_disable, name="account_disable"),
    path("accounts/<int:key>/enable", registers.account_enable, name="account_enable"),
    path("accounts/<int:key>/password", security.password_reset, name="password_reset"),
    path("posts/<int:key>/end", security.post_end, name="post_end"),
    path("locks", security.locks, name="locks"),
    path("locks/<int:key>", security.unlock, name="unlock"),
    path("sessions", security.sessions, name="sessions"),
    path("sessions/<slug:handle>", security.session_end, name="session_end"),
    path("logins", security.logins, name="logins"),
    path("logins.xlsx", security.logins_xlsx, name="logins_xlsx"),
]
