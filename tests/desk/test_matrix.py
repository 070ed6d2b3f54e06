"""Every address of the desk × everybody: what opens, what is refused, and that nothing else is there.

``asking.py`` asks them all in one process, for each database; here is what should come back.
"""

from __future__ import annotations

import json
import os
import re
import signal
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.desk.conftest import copied, in_desk
from tests.desk.people import NO_ROLE, STRANGER, WHO
from tests.desk.test_story import reading

WRITING = "ada eva adm"
REVIEWING = "haque luz rev sue"
STAFF = f"{WRITING} {REVIEWING} pub"
GROUPS = {
    "all": f"{STRANGER} half {STAFF}",
    "staff": STAFF,
    "write": WRITING,
    "review": REVIEWING,
    "decide": f"eva {REVIEWING}",
    "publish": "pub adm",
    "invite": "eva adm",
    "answer": "ada eva haque rev sue adm",
    "admin": "adm",
    "-": "",
}

OPEN = r"""
login/                                         all 200      all 400
logout/                                        all 405      all login
second-factor/                                 all *        all *
second-factor/code.svg                         all *        all 405
invited/<str:token>/                           all 200      all 403
invited/thanks/                                all 200      all 405
health                                         all 200      all 405
favicon.ico                                    all 204      all 405
second-factor/codes/                           staff 200    staff 400
queues/                                        staff 200    staff 405
comments/<slug:guide>/<slug:language>/         staff 200    staff 400
evidence/                                      staff 200    staff 405
evidence/<slug:guide>/                         decide 405   decide 302
answers/                                       write 200    write 400
questions/                                     answer 200   answer 405
questions/<int:number>/                        answer 200   answer 405
questions/<int:number>/<slug:what>/            answer 405   answer 302
passages/                                      write 200    write 405
passages/quote/                                write 400    write 405
findings/<int:page_id>/                        write 405    write 409
guides/new/                                    write 200    write 400
guides/<slug:guide>/translate/                 write 405    write 302
translations/<slug:guide>/<slug:language>/     staff 200    staff 405
translations/<slug:guide>/<slug:language>/pin/ write 405    write 302
review/<slug:guide>/                           staff 200    staff 405
review/<slug:guide>/<slug:language>/           staff 200    review 400
review/<slug:guide>/submit/                    write 405    write 302
review/<slug:guide>/withdraw/                  staff 405    staff 302
review/<slug:guide>/publish/                   publish 405  publish 302
review/<slug:guide>/invite/                    invite 405   invite 302
review/<slug:guide>/code/                      admin 405    admin 404
-                                              staff 302    staff 405
account/                                       staff 200    staff 400
log/                                           admin 200    admin 405
dismissibles/                                  staff 200    - -
jsi18n/                                        staff 200    - -
sprite/                                        staff 200    - -
api/main/pages/                                staff 200    - -
api/main/pages/<int:pk>/                       staff 200    - -
pages/                                         staff *      - -
pages/<int:parent_page_id>/                    staff 200    - -
pages/<int:parent_page_id>/results/            staff 200    - -
pages/search/                                  staff 200    - -
pages/search/results/                          staff 200    - -
pages/<int:page_id>/history/                   staff 200    - -
pages/<int:page_id>/history/results/           staff 200    - -
pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$  staff 200  - -
pages/<int:page_id>/edit/                      write 200    write 400
pages/<int:page_id>/revisions/<int:revision_id>/revert/  write 200  write 400
editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/  - -  write 200
editing-sessions/release/<int:session_id>/     - -          write 200
reports/site-history/                          write 200    - -
reports/site-history/results/                  write 200    - -
^.*/$                                          staff 404    - -
"""
"""Route (``-`` is the first page), who may GET it and what comes, who may POST and what comes.

``*`` is whatever is no refusal. The forms are empty, so nothing is done: what may be done with them
is in ``test_acts.py``. Everybody else is refused, sent to the login or to the second factor.
"""

CLOSED = """
api/main/documents/
api/main/documents/<int:pk>/
api/main/documents/find/
api/main/images/
api/main/images/<int:pk>/
api/main/images/find/
api/main/pages/<int:pk>/action/<str:action_name>/
api/main/pages/find/
block-preview/
bulk/<str:app_label>/<str:model_name>/<str:action>/
choose-anchor-link/
choose-email-link/
choose-external-link/
choose-page/
choose-page/<int:parent_page_id>/
choose-page/chosen-multiple/
choose-page/search/
choose-phone-link/
collections/
collections/<int:collection_id>/privacy/
collections/<int:pk>/
collections/<int:pk>/delete/
collections/add/
documents/
documents/add/
documents/chooser/
documents/chooser/chosen-multiple/
documents/chooser/chosen/<str:pk>/
documents/chooser/create/
documents/chooser/results/
documents/delete/<int:document_id>/
documents/edit/<int:document_id>/
documents/multiple/<int:doc_id>/
documents/multiple/<int:doc_id>/delete/
documents/multiple/add/
documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/
documents/multiple/delete_upload/<int:uploaded_file_id>/
documents/results/
documents/usage/<int:document_id>/
failwhale/
groups/
groups/delete/<int:pk>/
groups/edit/<int:pk>/
groups/history-results/<int:pk>/
groups/history/<int:pk>/
groups/new/
groups/results/
groups/usage/<int:pk>/
images/
images/<int:image_id>/
images/<int:image_id>/delete/
images/<int:image_id>/generate_url/
images/<int:image_id>/generate_url/output/
images/<int:image_id>/preview/<str:filter_spec>/
images/add/
images/chooser/
images/chooser/<int:image_id>/select_format/
images/chooser/chosen-multiple/
images/chooser/chosen/<str:pk>/
images/chooser/create/
images/chooser/results/
images/multiple/<int:image_id>/
images/multiple/<int:image_id>/delete/
images/multiple/add/
images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/
images/multiple/delete_upload/<int:uploaded_file_id>/
images/results/
images/usage/<int:image_id>/
pages/<int:page_id>/convert_alias/
pages/<int:page_id>/copy/
pages/<int:page_id>/delete/
pages/<int:page_id>/edit/preview/
pages/<int:page_id>/lock/
pages/<int:page_id>/privacy/
pages/<int:page_id>/revisions/
pages/<int:page_id>/revisions/<int:revision_id>/unschedule/
pages/<int:page_id>/revisions/<int:revision_id>/view/
pages/<int:page_id>/unlock/
pages/<int:page_id>/unpublish/
pages/<int:page_id>/usage/
pages/<int:page_id>/view_draft/
pages/<int:page_id>/workflow_history/
pages/<int:page_id>/workflow_history/detail/<int:workflow_state_id>/
pages/<int:page_to_move_id>/move/
pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/
pages/<int:page_to_move_id>/set_position/
pages/<int:parent_page_id>/add_subpage/
pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/
pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/
pages/create/<slug:app_label>/<slug:model_name>
pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/
pages/usage/<slug:content_type_app_name>/<slug:content_type_model_name>/results/
pages/workflow/action/<int:page_id>/<slug:action_name>/<int:task_state_id>/
pages/workflow/collect_action_data/<int:page_id>/<slug:action_name>/<int:task_state_id>/
pages/workflow/confirm_cancellation/<int:page_id>/
pages/workflow/preview/<int:page_id>/<int:task_id>/
password_reset/
password_reset/complete/
password_reset/confirm/<uidb64>/<token>/
password_reset/done/
reports/aging-pages/
reports/aging-pages/results/
reports/locked/
reports/locked/results/
reports/page-types-usage/
reports/page-types-usage/results/
reports/workflow/
reports/workflow/results/
reports/workflow_tasks/
reports/workflow_tasks/results/
tag-autocomplete/
tag-autocomplete/<slug:app_name>/<slug:model_name>/
test404/
users/
users/copy/<int:pk>/
users/delete/<int:pk>/
users/edit/<int:pk>/
users/history-results/<int:pk>/
users/history/<int:pk>/
users/new/
users/results/
users/usage/<int:pk>/
workflows/add/
workflows/disable/<int:pk>/
workflows/edit/<int:pk>/
workflows/enable/<int:pk>/
workflows/list/
workflows/list/results/
workflows/remove/<int:page_pk>/
workflows/remove/<int:page_pk>/<int:workflow_pk>/
workflows/task_chooser/
workflows/task_chooser/<int:task_id>/
workflows/task_chooser/create/
workflows/task_chooser/results/
workflows/tasks/add/<str:app_label>/<str:model_name>/
workflows/tasks/disable/<int:pk>/
workflows/tasks/edit/<int:pk>/
workflows/tasks/enable/<int:pk>/
workflows/tasks/index/
workflows/tasks/index/results/
workflows/tasks/select_type/
workflows/usage/<int:pk>/
workflows/usage/<int:pk>/results/
"""
"""What of Wagtail's nobody uses here. What neither table names fails the test."""


@dataclass(frozen=True)
class Rule:
    """Who may use an address by a method, and what they get: the status (0 is any), the kind."""

    who: frozenset[str]
    status: int
    outcome: str


def table() -> dict[str, dict[str, Rule]]:
    found = {one: {"GET": rule("-", "-"), "POST": rule("-", "-")} for one in CLOSED.split()}
    for line in OPEN.strip().splitlines():
        route, getting, got, posting, posted = line.split()
        route = "" if route == "-" else route
        assert route not in found, route
        found[route] = {"GET": rule(getting, got), "POST": rule(posting, posted)}
    return found


def rule(group: str, told: str) -> Rule:
    status = int(told) if told.isdecimal() else 0
    seen = "refused" if status == 403 else "login" if told == "login" else "open"
    return Rule(frozenset(GROUPS[group].split()), status, seen)


TABLE = table()


@pytest.fixture(scope="module")
def asked(made: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All addresses, asked as everybody, over this module's own copy of the library."""
    folder = copied(made, tmp_path_factory.mktemp("matrix") / "library")
    found: dict[str, Any] = json.loads(
        in_desk(folder, "from tests.desk.asking import main; main()")
    )
    return found


def test_the_table_names_every_address_and_no_other(asked: dict[str, Any]) -> None:
    assert asked["astray"] == []
    assert set(asked["routes"]) - set(TABLE) == set()
    assert set(TABLE) - set(asked["routes"]) == set()


@pytest.mark.parametrize("who", WHO)
def test_everybody_at_every_address(asked: dict[str, Any], who: str) -> None:
    wrong = []
    for method, answers in asked["answers"][who].items():
        for route, (status, where) in answers.items():
            told = expected(who, method, route)
            seen = outcome(status, where)
            if seen != told[0] or (told[1] and status != told[1]):
                wrong.append((method, route, f"{status} {where}", "should be", *told))
    assert wrong == []


def expected(who: str, method: str, route: str) -> tuple[str, int]:
    """What should come back: ``open``, ``refused``, ``login`` or ``factor``, and the status."""
    rules = TABLE[route]
    if who in NO_ROLE:
        if route != "logout/":
            return "refused", 403
        return ("login", 302) if method == "POST" else ("open", 405)
    if method not in rules:
        return other_methods(who, method, route)
    rule = rules[method]
    if who in rule.who:
        if who == STRANGER and route == "second-factor/":
            return "login", 302
        return rule.outcome, rule.status
    if STRANGER in rules["GET"].who:
        return "open", 405
    return {STRANGER: "login", "half": "factor"}.get(who, "refused"), 0


def other_methods(who: str, method: str, route: str) -> tuple[str, int]:
    """HEAD is as GET; nothing listens to the rest but one address of Wagtail's."""
    if method == "HEAD":
        return expected(who, "GET", route)
    if route == "dismissibles/" and method == "PATCH" and who != STRANGER:
        return "open", 400
    known, by_name = TABLE[route], route not in FROM_WAGTAIL
    if STRANGER in known["GET"].who:
        return "open", 405
    if who == STRANGER:
        return "login", 302
    if by_name and who in known["GET"].who | known["POST"].who:
        return "open", 405
    return "refused", 403


LINES = OPEN.strip().splitlines()
FROM_WAGTAIL = {
    *CLOSED.split(),
    *(one.split()[0] for one in LINES[next(n for n, one in enumerate(LINES) if one.startswith("dismissibles/")):]),
}  # fmt: skip


def outcome(status: int, where: str) -> str:
    if status == 403:
        return "refused"
    return {"/login/": "login", "/second-factor/": "factor"}.get(where, "open") if where else "open"


def test_what_is_refused_changes_nothing(asked: dict[str, Any]) -> None:
    """Neither the desk's tables nor any file of the library, the ledger among them."""
    assert asked["touched"] == []


def test_every_answer_carries_the_headers(asked: dict[str, Any]) -> None:
    assert asked["requests"] > 6000
    assert asked["bare"] == []


def test_no_form_is_taken_without_its_token(asked: dict[str, Any]) -> None:
    assert {one for one, status in asked["tokenless"].items() if status != 403} == set()


def test_a_fault_within_the_desk_says_nothing_of_it(asked: dict[str, Any]) -> None:
    assert asked["error"]["status"] == 500
    assert "ZeroDivision" not in asked["error"]["text"]
    assert "Traceback" not in asked["error"]["text"]


SERVED_TO_READERS = {"/", "/health", "/favicon.ico"}
"""Addresses that the readers' site has too, with pages of its own."""


def test_the_readers_process_serves_none_of_them(
    asked: dict[str, Any], shelf: Path, tmp_path: Path
) -> None:
    """``piamater serve``, as it runs: not found, whatever is sent."""
    folder = copied(shelf, tmp_path / "library")
    settings = folder / "piamater.toml"
    pace = re.compile("requests_per_minute = [0-9]+")
    settings.write_text(pace.sub("requests_per_minute = 0", settings.read_text("utf-8")), "utf-8")
    process, address = reading(folder)
    try:
        found = {}
        for path in set(asked["routes"].values()) - SERVED_TO_READERS:
            for body in (None, b"x=1"):
                try:
                    with urllib.request.urlopen(
                        urllib.request.Request(address + path, body), timeout=30
                    ) as answer:
                        found[path] = answer.status
                except urllib.error.HTTPError as error:
                    if error.code != 404:
                        found[path] = error.code
        assert found == {}
        for path in SERVED_TO_READERS - {"/favicon.ico"}:
            with urllib.request.urlopen(address + path, timeout=30) as answer:
                assert b"Piamater desk" not in answer.read()
                assert "piamater-desk" not in (answer.headers["Set-Cookie"] or "")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
