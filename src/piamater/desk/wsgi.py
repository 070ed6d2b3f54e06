"""The desk as a WSGI application, for a server process of its own."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from piamater.desk.configure import configure

configure()
application = get_wsgi_application()
