"""Settings: one file, every switch an environment variable, safe without any of them."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management.utils import get_random_secret_key

SOURCE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BIHUAN_DATA", SOURCE.parent.parent / "var")).resolve()
DATA.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """The site's key: given, or made once and kept beside the data, readable by its owner alone."""
    if given := os.environ.get("BIHUAN_SECRET_KEY"):
        return given
    path = DATA / "secret-key"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text()


def _database() -> dict[str, object]:
    """SQLite beside the data, or what BIHUAN_DATABASE names (postgres://user:password@host:port/name)."""
    url = urlsplit(os.environ.get("BIHUAN_DATABASE", ""))
    if url.scheme.startswith("postgres"):
        query = dict(pair.split("=", 1) for pair in url.query.split("&") if "=" in pair)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(query.get("host", url.hostname or "")),
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "bihuan.sqlite3",
        # WAL alone still fails under two writers; IMMEDIATE with a time-out does not (measured).
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("BIHUAN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("BIHUAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host not in ("*", "localhost")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "bihuan.ui",
    "bihuan.ledger",
    "bihuan.people",
    "bihuan.library",
    "bihuan.matters",
    "bihuan.modules.opinions",
    "bihuan.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "bihuan.ui.middleware.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # an address belongs to the person, not to the account

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bihuan.ui.context.shell",
            ],
        },
    }
]

FORM_RENDERER = "bihuan.ui.forms.Renderer"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# The ledger's hash: "sha256", or "sm3" where a cryptography assessment asks for it.
BIHUAN_LEDGER_HASH = os.environ.get("BIHUAN_LEDGER_HASH", "sha256")
# The place this site serves, a code of law/places.toml.
BIHUAN_PLACE = os.environ.get("BIHUAN_PLACE", "linxi")
