"""Comments that silence rules: where they hold, and what is said of those that do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from piamater.checks import Checked, CheckSettings, check_page, page_from_text
from piamater.checks.report import sarif_report
from piamater.checks.run import run

WHY = "- as she said it"


def looked(text: str, name: str = "page.md", *select: str) -> Checked:
    return check_page(page_from_text(text, name, CheckSettings(select=select or ("TX010", "PM"))))


def told(result: Checked) -> list[tuple[str, str]]:
    return [(one.rule, one.quote[:20]) for one in result.findings]


HTML = (
    "<html><body><h1>Fever</h1><p>It is is mild.</p>{before}<p>It was was high.</p>"
    "<p>It is the the flu.</p><ul><li>in in bed</li><li>at at home</li></ul></body></html>"
)


def test_one_block_is_silenced_and_no_other() -> None:
    result = looked(HTML.format(before=f"<!-- piamater: ignore TX010 {WHY} -->"), "page.html")
    assert [one.quote for one in result.suppressed] == ["was was"]
    assert [one.quote for one in result.findings] == ["is is", "the the", "in in", "at at"]


def test_the_same_words_elsewhere_stay_told() -> None:
    for text, name in (
        ("# Fever\n\nIt is is mild.\n\n{}\n\nIt is is mild.\n\nIt is is mild.\n", "page.md"),
        (
            "<h1>Fever</h1><p>It is is mild.</p>{}<p>It is is mild.</p><p>It is is mild.</p>",
            "p.html",
        ),
    ):
        result = looked(text.format(f"<!-- piamater: ignore TX010 {WHY} -->"), name)
        assert len(result.findings) == 2
        [silent] = result.suppressed
        first, last = result.findings
        assert first.start < silent.start < last.start


@pytest.mark.parametrize(
    ("text", "name"),
    [("# Fever\n\n{}\nThe **fever** is [is](https://example.org) mild.\n\nIt is is.\n", "page.md"),
     ("# Fever\n\n- at home\n{}\n- it is is mild\n- it is is bad\n", "page.md"),
     ("# Fever\n\n{}\n## It isnâ€™t mild\n\nIt isnâ€™t bad.\n", "page.md"),
     ("<h1>Fever</h1><table>{}<tr><td>It isnâ€™t mild</td></tr><tr><td>It isnâ€™t bad</td></tr></table>",
      "page.html"),
     ("<h1>Fever</h1><p>It {} is is mild.</p><p>It is is bad.</p>", "page.html"),
     ("<h1>Fever</h1><p>It is <!-- x --> mild &amp; good.</p>{}<div><p>It is is mild.</p></div>"
      "<p>It is is bad.</p>", "page.html"),
     ("Fever\n\n// piamater: ignore TX010 - as she said\n\nIt is is mild.\n\nIt is is bad.\n", "p.txt"),
     ("# Fever\n\n{{# piamater: ignore TX010 - so #}}\n\nIt is is mild.\n\nIt is is bad.\n", "p.md")],
)  # fmt: skip
def test_a_comment_is_about_what_is_written_behind_it(text: str, name: str) -> None:
    result = looked(
        text.format(f"<!-- piamater: ignore TX0 {WHY} -->"), name, "TX006", "TX010", "PM"
    )
    assert len(result.suppressed) == 1
    assert [one.quote for one in result.findings] in (["is is"], ["isnâ€™t"], ["â€™"])
    assert result.suppressed[0].start < result.findings[0].start


def test_two_comments_before_one_block() -> None:
    text = (
        f"# Fever\n\n<!-- piamater: ignore TX010 {WHY} -->\n<!-- piamater: ignore TX013 {WHY} -->\n"
        "It is is mild,, it was.\n\nIt is is bad,, it was.\n"
    )
    result = looked(text, "page.md", "TX010", "TX013", "PM")
    assert {one.rule for one in result.suppressed} == {"TX010", "TX013"}
    assert {one.rule for one in result.findings} == {"TX010", "TX013"}


def test_what_is_said_of_the_whole_page_is_silenced_for_the_whole_page_alone() -> None:
    text = "# Fever\n\n<!-- piamater: {} RV002 - an old page -->\n\nIt is mild.\n"
    assert ("RV002", "") in told(looked(text.format("ignore"), "page.md", "RV002"))
    assert not looked(text.format("ignore-page"), "page.md", "RV002").findings


@pytest.mark.parametrize(
    ("comment", "rules"),
    [(f"ignore TX010 {WHY}", []), ("ignore TX010", ["PM001"]), ("ignore TX010 -", ["PM001"]),
     (f"ignore tx010 {WHY}", []), (f"ignore TX {WHY}", []), (f"ignore TX010,TX999 {WHY}", ["PM002"]),
     (f"ignore QQ {WHY}", ["PM002", "TX010"]), ("ignore", ["PM002", "TX010"]),
     ("ignroe TX010 - so", ["PM002", "TX010"]), ("", ["PM002", "TX010"]),
     (f"ignore TX010,TX013 {WHY}", ["PM003"]), (f"ignore RV001 {WHY}", ["TX010"])],
)  # fmt: skip
def test_what_is_said_of_a_comment(comment: str, rules: list[str]) -> None:
    text = f"# Fever\n\n<!-- piamater: {comment} -->\n\nIt is is mild.\n"
    result = looked(text, "page.md", "TX", "PM")
    assert sorted(one.rule for one in result.findings) == rules
    for one in result.findings:
        if one.rule.startswith("PM"):
            assert "line 3" in one.message
            assert one.quote == "It is is mild."


def test_a_comment_behind_everything_silences_nothing() -> None:
    result = looked(f"# Fever\n\nIt is is mild.\n\n<!-- piamater: ignore TX010 {WHY} -->\n")
    assert told(result) == [("PM003", ""), ("TX010", "is is")]


def test_what_did_not_run_is_not_judged(tmp_path: Path) -> None:
    """A comment for a rule between versions says nothing of a page that is checked alone."""
    said = {
        "en": "The doctor will tell you how to take the tablets, and when to come back.",
        "es": "El médico le dirá cómo tomar las pastillas y cuándo tiene que volver.",
    }
    paths = [tmp_path / f"fever.{language}.md" for language in said]
    for path, (language, words) in zip(paths, said.items(), strict=True):
        rule = "LG003" if language == "en" else "LG"
        path.write_text(f"# Fever\n\n<!-- piamater: ignore {rule} - so -->\n\n{words}\n", "utf-8")
    settings = CheckSettings(select=("LG", "PM"))
    [alone] = run(paths[:1], settings)
    assert [one.rule for one in alone.findings] == []
    both = run(paths, settings)
    assert [[one.rule for one in each.findings if one.rule == "PM003"] for each in both] == [
        [], ["PM003"],
    ]  # fmt: skip


def test_a_report_gives_the_reason_of_the_comment_that_counts() -> None:
    before = (
        "<!-- piamater: ignore TX010 - the first reason --><p>It is is mild.</p>"
        "<!-- piamater: ignore TX010 - the second reason -->"
    )
    said = sarif_report([looked(HTML.format(before=before), "page.html")])
    assert said.index("the first reason") < said.index("the second reason")
