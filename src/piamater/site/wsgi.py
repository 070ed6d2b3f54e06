"""The WSGI application; the environment variable PIAMATER_LIBRARY names the library."""

from __future__ import annotations

import os

from piamater.site.configure import configure
from piamater.site.state import open_site

configure()
open_site(os.environ.get("PIAMATER_LIBRARY", ""))

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
