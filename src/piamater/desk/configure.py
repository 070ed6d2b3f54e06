"""Django's settings for the desk: accounts and sessions, nothing that a reader reaches."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from piamater.desk.proxies import trusted
from piamater.desk.state import empty_database, open_state, secret_of

HERE = Path(__file__).parent
MAX_BODY = 4 * 1024 * 1024
SESSION_HOURS = 12
APPS = [
    "piamater.desk",
    "wagtail.users",
    "wagtail.search",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "piamater.desk.proxies.Proxies",
    "piamater.desk.guard.Guard",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "piamater.desk.audit.Audited",
    "piamater.desk.guard.Hours",
    "piamater.desk.guard.SecondFactor",
    "piamater.desk.guard.Roles",
    "django.contrib.messages.middleware.MessageMiddleware",
    "piamater.desk.guard.Told",
    "axes.middleware.AxesMiddleware",
]


@cache
def configure(library: str = "") -> None:
    """Configure Django once for this process, for the desk of a library.

    Raises:
        LibraryError: the desk's state cannot be kept private.
        InputError: a proxy is named that is no address.
    """
    import django
    from django.conf import settings

    folder = open_state(Path(library or os.environ["PIAMATER_LIBRARY"]))
    settings.configure(**desk_settings(folder))
    django.setup()


def desk_settings(folder: Path) -> dict[str, Any]:
    """The settings; ``folder`` is that of the desk's state."""
    hosts = [one.strip() for one in os.environ.get("PIAMATER_DESK_HOSTS", "").split(",")]
    hosts = [one for one in hosts if one]
    behind = bool(trusted())
    secure = bool(hosts) or behind
    home = os.environ.get("PIAMATER_DESK_URL", "")
    return {
        "DEBUG": False,
        "SECRET_KEY": secret_of(folder),
        "ALLOWED_HOSTS": hosts or ["localhost", "127.0.0.1", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": [f"https://{one}" for one in hosts],
        "ROOT_URLCONF": "piamater.desk.urls",
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        "DATABASES": {"default": _database(folder)},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "AUTHENTICATION_BACKENDS": [
            "axes.backends.AxesStandaloneBackend",
            "django.contrib.auth.backends.ModelBackend",
        ],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"django.contrib.auth.password_validation.{name}",
                **({"OPTIONS": {"min_length": 12}} if name.startswith("Minimum") else {}),
            }
            for name in (
                "UserAttributeSimilarityValidator",
                "MinimumLengthValidator",
                "CommonPasswordValidator",
                "NumericPasswordValidator",
            )
        ],
        "AXES_FAILURE_LIMIT": 5,
        "AXES_COOLOFF_TIME": 1,  # hours
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_CLIENT_IP_CALLABLE": "piamater.desk.proxies.remote",
        "AXES_LOCKOUT_TEMPLATE": "desk/locked.html",
        "AXES_SENSITIVE_PARAMETERS": ["password", "username"],  # a name may be a password
        "AXES_RESET_ON_SUCCESS": True,
        "LOGIN_URL": "/login/",
        "LOGIN_REDIRECT_URL": "/",
        "OTP_TOTP_ISSUER": "Piamater desk",
        "SESSION_COOKIE_NAME": "piamater-desk",
        "SESSION_COOKIE_AGE": SESSION_HOURS * 3600,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if behind else None,
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [HERE / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "MEDIA_ROOT": folder / "media",
        "LANGUAGE_CODE": "en",
        "TIME_ZONE": "UTC",
        "USE_TZ": True,
        "USE_I18N": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": MAX_BODY,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 10_000,
        "WAGTAIL_SITE_NAME": "Piamater desk",
        "WAGTAILADMIN_BASE_URL": home or "http://localhost",
        "DESK_URL": home,
        "DESK_STATE": folder,
        "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAIL_MODERATION_ENABLED": False,
        "WAGTAIL_WORKFLOW_ENABLED": False,
        "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
        "WAGTAILADMIN_GLOBAL_EDIT_LOCK": False,
        "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
        "WAGTAILADMIN_NOTIFICATION_USE_HTML": False,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "LOGGING_CONFIG": None,
    }


def _database(folder: Path) -> dict[str, Any]:
    """SQLite beside the secret, or the PostgreSQL database of ``PIAMATER_DESK_DATABASE``."""
    address = os.environ.get("PIAMATER_DESK_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": empty_database(folder),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 10,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or os.environ.get("PGPASSWORD", "")),
        "HOST": unquote(parts.netloc.rpartition("@")[2].removesuffix(f":{parts.port}")),
        "PORT": str(parts.port or ""),
    }
