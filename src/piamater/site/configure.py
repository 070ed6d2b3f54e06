"""Django's settings for the site; no database, no sessions, no accounts."""

from __future__ import annotations

import logging
import secrets
from functools import cache
from pathlib import Path

MAX_BODY = 64 * 1024
"""Largest request body in bytes; a question has at most a few thousand characters."""


@cache
def configure() -> None:
    """Configure Django once for this process."""
    import django
    from django.conf import settings

    here = Path(__file__).parent
    settings.configure(
        DEBUG=False,
        SECRET_KEY=secrets.token_hex(32),  # nothing is signed with it; no session, no account
        ALLOWED_HOSTS=["*"],  # the host is checked against the settings in Guard
        ROOT_URLCONF="piamater.site.urls",
        MIDDLEWARE=[
            "piamater.site.guard.Guard",
            "piamater.site.preferences.ReadPreferences",
        ],
        INSTALLED_APPS=[],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [here / "templates"],
                "APP_DIRS": False,
                "OPTIONS": {
                    "builtins": ["piamater.site.tags"],
                    "context_processors": ["piamater.site.preferences.in_templates"],
                },
            }
        ],
        USE_I18N=False,
        USE_TZ=True,
        APPEND_SLASH=False,
        DATA_UPLOAD_MAX_MEMORY_SIZE=MAX_BODY,
        DATA_UPLOAD_MAX_NUMBER_FIELDS=50,
        FILE_UPLOAD_HANDLERS=[],
        LOGGING_CONFIG=None,
        DEFAULT_CHARSET="utf-8",
    )
    logging.getLogger("django").setLevel(logging.ERROR)  # no address of a reader in any log
    django.setup()
