"""The pages of django-allauth we use, and no others: no sign-up, no e-mail, no reset by link."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("", account.login, name="account_login"),
    path("out", account.logout, name="account_logout"),
    path("disabled", account.account_inactive, name="account_inactive"),
    path("again", account.reauthenticate, name="account_reauthenticate"),
    path("code", factor.authenticate, name="mfa_authenticate"),
    path("code/again", factor.reauthenticate, name="mfa_reauthenticate"),
    path("code/mine", RedirectView.as_view(pattern_name="people:me"), name="mfa_index"),
    path("code/on", totp.activate_totp, name="mfa_activate_totp"),
    path("code/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("code/spare", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("code/spare/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("code/spare/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
