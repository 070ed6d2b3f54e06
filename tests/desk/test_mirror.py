"""The desk and the folder: byte for byte in both directions, and nothing lost between them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from piamater.starter import guides_folder
from tests.desk.conftest import copied, in_desk, without_desk

EVERY_GUIDE = """
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from piamater.desk.models import GuidePage
from piamater.desk.mirror import push
from piamater.desk.shelf import library
pulled = set_up()
assert not pulled.refused, pulled.refused
pages = list(GuidePage.objects.all())
for page in pages:
    file = library().folder / "guides" / page.guide / f"{page.language}.md"
    before = file.read_bytes()
    newest = page.get_latest_revision_as_object()
    assert newest.text.encode() == before, page
    push(newest)
    assert file.read_bytes() == before, page
again = set_up()
assert not (again.new or again.changed or again.both), again
print(len(pages))
"""

EDITS = """
import random
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from piamater.desk.models import GuidePage
from piamater.desk.mirror import pull, push
from piamater.desk.shelf import library
from piamater.guides.compose import taken_apart
set_up()
chance = random.Random(8)
for number in range(int(__import__("sys").argv[1])):
    page = chance.choice(list(GuidePage.objects.all())).get_latest_revision_as_object()
    file = library().folder / "guides" / page.guide / f"{page.language}.md"
    before = taken_apart(file.read_bytes().decode())
    at = chance.randrange(len(page.body))
    field = chance.choice(["both", "patient", "clinical"])
    if number % 2:
        page.body[at].value[field] = ((page.body[at].value[field] or "") + f" নতুন {number}").strip()
        said = page.body[at].value[field]
        page.save_revision(clean=False)
        push(page)
        after = taken_apart(file.read_bytes().decode())
        assert getattr(after.blocks[at], field) == said
    else:
        raw = file.read_bytes().decode()
        file.write_bytes(raw.replace(before.blocks[at].raw, before.blocks[at].raw + f"Changed {number}.\\n\\n", 1).encode())
        told = pull()
        assert told.changed == (page.file,), told
        newest = GuidePage.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert newest.text.encode() == file.read_bytes()
        after = taken_apart(newest.text)
    for n, (one, other) in enumerate(zip(before.blocks, after.blocks)):
        assert n == at or one.raw == other.raw, (page, n, at)
    assert (before.front, before.tail) == (after.front, after.tail)
"""

BOTH = """
import json
from piamater.desk.configure import configure
configure()
from piamater.desk.setup import set_up
from piamater.desk.models import GuidePage
from piamater.desk.mirror import pull, push, saved
from piamater.desk.shelf import library
set_up()
page = GuidePage.objects.get(guide="seizure", language="en").get_latest_revision_as_object()
file = library().folder / "guides" / "seizure" / "en.md"
page.body[0].value["patient"] = "Of the desk."
page.save_revision(clean=False)
file.write_bytes(file.read_bytes().replace(b"Most seizures end", b"Nearly all seizures end"))
told = saved(page)
pulled = pull()
newest = GuidePage.objects.get(pk=page.pk)
revisions = [one.as_object().text for one in newest.revisions.order_by("created_at")]
print(json.dumps({"told": told, "both": pulled.both, "file": file.read_text(),
    "newest": newest.get_latest_revision_as_object().text,
    "kept": any("Of the desk." in one for one in revisions)}))
"""


def test_every_starter_guide_through_the_desk_and_back(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    without_desk(folder)
    shutil.rmtree(folder / "guides")
    shutil.copytree(guides_folder(), folder / "guides")
    files = len(list((folder / "guides").glob("*/*.md")))
    assert in_desk(folder, EVERY_GUIDE).strip() == str(files)


def test_random_edits_survive_in_both_directions(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    in_desk(folder, EDITS, "200")


def test_changed_on_both_sides_nothing_is_lost_and_it_is_said(made: Path, tmp_path: Path) -> None:
    folder = copied(made, tmp_path / "library")
    found = json.loads(in_desk(folder, BOTH))
    assert "changed with another editor meanwhile" in found["told"]
    assert found["both"] == ["seizure/en.md"]
    assert (
        "Nearly all seizures end" in found["newest"] == found["file"]
        or found["newest"] == found["file"]
    )
    assert found["kept"]
