"""The table of the faults of the five seed pages, made from what the checks find in them.

``python -m benchmarks.seed_faults SEEDS`` writes the tables of ``docs/reference/seed-faults.md``
anew and leaves what was written by hand below them as it is.
"""

from __future__ import annotations

import sys
from datetime import date
from itertools import groupby
from pathlib import Path

from piamater.checks import Checked, CheckSettings, rule_named
from piamater.checks.run import run

PAGE = Path("docs/reference/seed-faults.md")
NAMES = (
    "Answer page on rare causes of leptomeningeal enhancement",
    "Disease guide, leptomeningeal neurosarcoidosis",
    "Disease guide, leptomeningeal cancer",
    "Charity page, leptomeningeal metastases",
    "Bilingual case report, leukaemia relapse in nerves",
)
BY_HAND = "## Seen, and reported by no rule"
LONGEST = 48


def table(checked: Checked) -> list[str]:
    """The rows of one page, a rule a row."""
    rows = [
        "| Rule | Severity | Findings | First words at fault | What is wrong |",
        "|---|---|---|---|---|",
    ]
    findings = sorted(checked.findings, key=lambda one: one.rule)
    for rule, some in groupby(findings, key=lambda one: one.rule):
        found = list(some)
        words = " ".join(found[0].quote.split()).replace("|", "\\|")
        shown = f"{words[:LONGEST].rstrip()}…" if len(words) > LONGEST else words
        rows.append(
            f"| [{rule}](rules/{rule}.md) | {found[0].severity} | {len(found)} "
            f"| {shown or '(the page as a whole)'} | {rule_named(rule).summary} |"
        )
    return rows


def made(seeds: Path, old: str) -> str:
    """The whole page."""
    results = run(sorted(seeds.glob("*.txt")), CheckSettings(today=date.today()))
    every = [(one.page.name, each.rule) for one in results for each in one.findings]
    lines = [
        old[: old.index("\n\n", old.index("The five pages"))],
        "",
        f"{len(every)} findings, {len(set(every))} distinct (a rule on a page), "
        f"of {len({rule for _, rule in every})} rules.",
        "",
    ]
    for name, one in zip(NAMES, results, strict=True):
        lines += [f"## {name}", "", *table(one), ""]
    return "\n".join(lines) + "\n" + old[old.index(BY_HAND) :]


if __name__ == "__main__":
    PAGE.write_text(made(Path(sys.argv[1]), PAGE.read_text("utf-8")), "utf-8")
