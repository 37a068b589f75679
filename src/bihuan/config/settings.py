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
        # WAL alone still fails under two writers; IMMEDIATE with a time-out does not (measured). FULL, because
        # an act that was acknowledged must survive a power cut (docs/adr/0002).
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
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
    "bihuan.ui",
    "bihuan.ledger",
    "bihuan.people",
    "bihuan.library",
    "bihuan.matters",
    "bihuan.modules.opinions",
    "bihuan.modules.suggestions",
    "bihuan.portal",
    # After our own: the first template of a name is taken, and ours are in Chinese.
    "allauth",
    "allauth.account",
    "allauth.mfa",
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
    "bihuan.people.middleware.who_acts",
]

ROOT_URLCONF = "bihuan.config.urls"
WSGI_APPLICATION = "bihuan.config.wsgi.application"
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signing in. What workers must agree on (attempts, codes already used) lives in the database.
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["bihuan.people.login.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "bihuan.people.passwords.ThreeOfFour"},
    {"NAME": "bihuan.people.passwords.NotPersonal"},
    {"NAME": "bihuan.people.passwords.NotRecent"},
]
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "bihuan.people.login.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # never asked: sign-up is closed
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # an address belongs to the person, not to the account
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = False  # people.lockout counts instead, and says until when
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("BIHUAN_PROXIES", "0"))
MFA_ADAPTER = "bihuan.people.login.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "bihuan.people.login.FirstCodeForm",
    "authenticate": "bihuan.people.login.CodeForm",
    "reauthenticate": "bihuan.people.login.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Bihuan"
MFA_TOTP_TOLERANCE = 1  # half-minutes: a server room without internet has a clock that drifts
BIHUAN_DEMO = os.environ.get("BIHUAN_DEMO", "").strip() == "1"
# A second factor for the three administrators, as 等保 level 3 asks; off only where it is a demo.
BIHUAN_ADMIN_MFA = os.environ.get("BIHUAN_ADMIN_MFA", "0" if BIHUAN_DEMO else "1") == "1"
# Wrong attempts that lock for 20 minutes. A whole office may share one address: see adr/0004-accounts.md.
BIHUAN_LOGIN_LIMITS = {
    "account": 5,
    "code": 5,
    "address": int(os.environ.get("BIHUAN_LOGIN_ADDRESS_LIMIT", "20")),
}

SESSION_ENGINE = "bihuan.people.sessions"
SESSION_COOKIE_AGE = 30 * 60  # seconds without a request
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
BIHUAN_SESSION_LONGEST = 12 * 3600  # seconds since signing in
# Behind HTTPS (BIHUAN_HTTPS=1) cookies never travel in the clear and browsers are told to stay with it.
HTTPS = os.environ.get("BIHUAN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and ALLAUTH_TRUSTED_PROXY_COUNT else None
)
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_cache"},
}

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
CSRF_FAILURE_VIEW = "bihuan.ui.views.csrf_failure"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_HANDLERS = [
    "bihuan.library.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Digests go out by e-mail, and by SMS to those without an address; until a site names its servers, into
# files under DATA. An SMS gateway is a class with `send(*, to, text)`: see matters/delivery.py.
EMAIL_HOST = os.environ.get("BIHUAN_SMTP_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_PORT = int(os.environ.get("BIHUAN_SMTP_PORT", "465"))
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_HOST_USER = os.environ.get("BIHUAN_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("BIHUAN_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("BIHUAN_MAIL_FROM", EMAIL_HOST_USER or "bihuan@localhost")
BIHUAN_SMS = os.environ.get("BIHUAN_SMS", "bihuan.matters.delivery.SmsToFiles")
BIHUAN_SMS_FOLDER = DATA / "sms"

# The ledger's hash: "sha256", or "sm3" where a cryptography assessment asks for it.
BIHUAN_LEDGER_HASH = os.environ.get("BIHUAN_LEDGER_HASH", "sha256")
# The place this site serves, a code of law/places.toml.
BIHUAN_PLACE = os.environ.get("BIHUAN_PLACE", "linxi")
