"""Addresses of the registers, of security, and of one's own account."""

from __future__ import annotations

from django.urls import path

from bihuan.people.views import me, organs, persons, security

app_name = "people"

urlpatterns = [
    path("me", me.me, name="me"),
    path("me/password", me.password, name="password"),
    path("organs", organs.organs, name="organs"),
    path("organs/new", organs.organ_add, name="organ_add"),
    path("organs/<int:key>", organs.organ, name="organ"),
    path("organs/<int:key>/rename", organs.organ_rename, name="organ_rename"),
    path("organs/<int:key>/merge", organs.organ_merge, name="organ_merge"),
    path("organs/<int:key>/alias", organs.organ_alias, name="organ_alias"),
    path("persons", persons.persons, name="persons"),
    path("persons/new", persons.person_add, name="person_add"),
    path("persons/<int:key>", persons.person, name="person"),
    path("persons/<int:key>/change", persons.person_change, name="person_change"),
    path("persons/<int:key>/deputy", persons.deputy_add, name="deputy_add"),
    path("persons/<int:key>/account", persons.account_open, name="account_open"),
    path("persons/<int:key>/post", security.post_grant, name="post_grant"),
    path("accounts/<int:key>/disable", persons.account_disable, name="account_disable"),
    path("accounts/<int:key>/enable", persons.account_enable, name="account_enable"),
    path("accounts/<int:key>/password", security.password_reset, name="password_reset"),
    path("posts/<int:key>/end", security.post_end, name="post_end"),
    path("locks", security.locks, name="locks"),
    path("locks/<int:key>", security.unlock, name="unlock"),
    path("sessions", security.sessions, name="sessions"),
    path("sessions/<slug:handle>", security.session_end, name="session_end"),
    path("logins", security.logins, name="logins"),
    path("logins.xlsx", security.logins_xlsx, name="logins_xlsx"),
]
