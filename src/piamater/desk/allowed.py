"""Allowed: which of Wagtail's addresses the desk opens, by which method and for which roles.

Whatever is not listed is closed, so a new version of Wagtail opens nothing by itself. An address is
named by its route, as Django's resolver knows it. The desk's own views say their roles themselves,
with ``people.needs``; one that does not is closed too, unless it is of ``BEFORE_LOGIN``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from piamater.desk.people import STAFF, WRITING

BEFORE_LOGIN = frozenset(
    {
        "login/",
        "logout/",
        "second-factor/",
        "second-factor/code.svg",
        "invited/<str:token>/",
        "invited/thanks/",
        "health",
        "favicon.ico",
    }
)
"""What may be asked for without an account, or before the second factor."""

READ = frozenset({"GET", "HEAD"})
SEND = READ | {"POST"}

WAGTAIL: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "": (STAFF, READ),
    "account/": (STAFF, SEND),
    "dismissibles/": (STAFF, READ | {"PATCH"}),
    "jsi18n/": (STAFF, READ),
    "sprite/": (STAFF, READ),
    # guides to read: the tree, its search, what was changed when and by whom
    "api/main/pages/": (STAFF, READ),
    "api/main/pages/<int:pk>/": (STAFF, READ),
    "pages/": (STAFF, READ),
    "pages/<int:parent_page_id>/": (STAFF, READ),
    "pages/<int:parent_page_id>/results/": (STAFF, READ),
    "pages/search/": (STAFF, READ),
    "pages/search/results/": (STAFF, READ),
    "pages/<int:page_id>/history/": (STAFF, READ),
    "pages/<int:page_id>/history/results/": (STAFF, READ),
    r"pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": (STAFF, READ),
    # guides to write: the editor, an earlier text taken up again, who else is at it
    "pages/<int:page_id>/edit/": (WRITING, SEND),
    "pages/<int:page_id>/revisions/<int:revision_id>/revert/": (WRITING, SEND),
    "editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/": (
        WRITING,
        frozenset({"POST"}),
    ),
    "editing-sessions/release/<int:session_id>/": (WRITING, frozenset({"POST"})),
    # what was done in the desk, by whom
    "reports/site-history/": (WRITING, READ),
    "reports/site-history/results/": (WRITING, READ),
    # whatever is no address at all: Wagtail says so (404)
    "^.*/$": (STAFF, READ),
}
"""Route, the roles one of which it needs, and the methods."""


def roles_for(route: str, method: str, view: Callable[..., Any]) -> frozenset[str] | None:
    """The roles one of which opens an address; none where it is open before login.

    An empty set opens it for nobody.
    """
    if route in BEFORE_LOGIN:
        return None
    own: frozenset[str] | None = getattr(view, "desk_roles", None)
    if own is not None:
        return own
    roles, methods = WAGTAIL.get(route, (frozenset(), READ))
    return roles if method in methods else frozenset()
