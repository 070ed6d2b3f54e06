"""Site: the readers' web site and the HTTP API, served from one library folder.

`piamater serve` starts it; ``piamater.site.wsgi`` is the application for any WSGI server. It
reads the library and writes only what readers ask it to keep: saved answers, questions to the
staff, and counts of views without anything that tells readers apart.
"""
