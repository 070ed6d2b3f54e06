"""Writing at the desk: what is cited, found, said beside the text, compared, and kept."""

from __future__ import annotations

import json
from pathlib import Path

from tests.desk.conftest import copied, in_desk

START = """
import json
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from piamater.desk.models import GuidePage
from piamater.desk.mirror import pull
from piamater.desk.shelf import library
set_up()
from django.contrib.auth.models import User
from wagtail.models import Comment

def newest(language="en"):
    return GuidePage.objects.get(guide="seizure", language=language).get_latest_revision_as_object()

file = library().folder / "guides" / "seizure" / "en.md"
"""

FILES_CHANGE = (
    START
    + """
page = newest()
before = [one.id for one in page.body]
cites = {one.value["label"]: one.id for one in page.citations}
block = page.body[2]
Comment.objects.create(page=page, user=User.objects.get(username="ada"), text="Is this so?",
    contentpath=f"body.{block.id}.both")
said = file.read_text()
first, second = page.composed().blocks[0].raw, page.composed().blocks[1].raw
file.write_text(said.replace(first + second, second + first).replace(
    "See a doctor soon if:", "See a doctor within some days if:"))
assert pull().changed == ("seizure/en.md",)
after = newest()
[comment] = after.wagtail_admin_comments.all()
print(json.dumps({
    "before": before, "after": [one.id for one in after.body],
    "cites": cites == {one.value["label"]: one.id for one in after.citations},
    "comment": comment.text, "there": comment.has_valid_contentpath(after),
    "file": after.text == file.read_text(),
}))
"""
)


def test_comments_and_revisions_keep_their_blocks_when_a_file_changes(
    made: Path, tmp_path: Path
) -> None:
    found = json.loads(in_desk(copied(made, tmp_path / "library"), FILES_CHANGE))
    before, after = found["before"], found["after"]
    assert after == [before[1], before[0], *before[2:]]
    assert found["cites"]
    assert found["comment"] == "Is this so?"
    assert found["there"]
    assert found["file"]
