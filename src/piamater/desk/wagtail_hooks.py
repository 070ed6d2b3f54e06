"""What the desk changes in Wagtail: its menu, its save buttons, and the file behind a page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from piamater.desk.mirror import saved
from piamater.desk.models import GuidePage

KEPT_ITEMS = {"explorer", "queues", "reports"}


@hooks.register("register_admin_menu_item")
def queues_item() -> MenuItem:
    """The queues, first in the menu."""
    return MenuItem("What waits", "/queues/", name="queues", icon_name="tasks", order=1)


@hooks.register("construct_main_menu")
def only_what_is_used(request: HttpRequest, items: list[MenuItem]) -> None:
    """No pictures or documents: a guide's pictures stand in its folder."""
    items[:] = [one for one in items if one.name in KEPT_ITEMS]


@hooks.register("construct_reports_menu")
def only_what_was_done(request: HttpRequest, items: list[MenuItem]) -> None:
    """Of Wagtail's reports the one that says who did what; the rest is about its own publishing."""
    items[:] = [one for one in items if one.name == "site-history"]


@hooks.register("construct_page_action_menu")
def only_saving(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """A page of the desk is saved; publishing is an act of its own, recorded in the ledger."""
    items[:] = [one for one in items if one.name not in ("action-publish", "action-unpublish")]


@hooks.register("before_edit_page")
def saved_and_nothing_more(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Guides alone are edited, and a page is saved: Wagtail's own publishing is for nobody."""
    more = any(one.startswith("action-") for one in request.POST)
    if more or not isinstance(page.specific, GuidePage):
        return render(request, "desk/not_here.html", status=403)
    if request.method == "POST" and not {"body-count", "citations-count"} <= set(request.POST):
        told = "The form is not whole: open the page again and wait until it is drawn."
        return HttpResponse(told, status=400, content_type="text/plain")
    return None


@hooks.register("after_edit_page")
def write_file(request: HttpRequest, page: Any) -> None:
    """A page that was saved by its writer is written to its file; autosaved ones wait for that."""
    autosaved = "application/json" in request.headers.get("Accept", "")
    if isinstance(page.specific, GuidePage) and not autosaved:
        newest = page.specific.get_latest_revision_as_object()
        if told := saved(newest):
            messages.warning(request, told)


@hooks.register("before_delete_page")
@hooks.register("before_copy_page")
@hooks.register("before_move_page")
def not_past_the_files(request: HttpRequest, *_: Any) -> HttpResponse:
    """A guide is a folder of files: nobody deletes, copies or moves its pages apart from them."""
    return render(request, "desk/not_here.html", status=403)


@hooks.register("before_bulk_action")
def nor_many_at_once(request: HttpRequest, *_: Any) -> HttpResponse:
    """Nor many at once."""
    return render(request, "desk/not_here.html", status=403)


@hooks.register("insert_editor_js")
def editor_script() -> str:
    """The live findings and the citation picker."""
    return format_html_join(
        "",
        '<script src="{}" defer></script>',
        ((static(f"desk/{name}.js"),) for name in ("desk", "picker")),
    )


@hooks.register("insert_global_admin_css")
def style() -> str:
    """The desk's own style."""
    return format_html_join(
        "",
        '<link rel="stylesheet" href="{}">',
        ((static(f"desk/{name}.css"),) for name in ("desk", "editor")),
    )
