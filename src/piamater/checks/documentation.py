"""Documentation: the page of each rule, made from the rule itself."""

from __future__ import annotations

from pathlib import Path

from piamater.checks.registry import rules
from piamater.checks.rule import Example, Rule

GROUPS = {
    "CN": "Consistency",
    "EV": "Evidence",
    "LG": "Languages",
    "NU": "Numbers and risks",
    "PL": "Plain language",
    "PM": "Comments that silence rules",
    "RV": "Review and dates",
    "SF": "Safety",
    "ST": "Structure and disclosure",
    "TX": "Text and damage",
}


def rule_page(rule: Rule) -> str:
    """The Markdown page of one rule."""
    out = [
        f"# {rule.id} {rule.name}",
        "",
        f"{rule.summary} Severity: {rule.severity}."
        + ("" if rule.default else " **Off by default**; `--extend-select` turns it on."),
        "",
        "## Why",
        "",
        rule.reason,
        "",
        f"Source: {rule.source}",
        "",
    ]
    if rule.precision is not None:
        out += [
            "## How often it is right",
            "",
            f"{rule.precision:.0%} of its findings were right ({rule.reviewed}).",
            "",
        ]
    if rule.options:
        out += ["## Settings", "", "| Option | Default | What it is |", "|---|---|---|"]
        out += [f"| `{name}` | {value:g} | {what} |" for name, value, what in rule.options]
        out += [
            "",
            f"In the settings: `[check.options.{rule.id}]` in `piamater.toml`, "
            f"`[tool.piamater.check.options.{rule.id}]` in `pyproject.toml`.",
            "",
        ]
    out += ["## Found", "", *_example(rule.bad), "## Left alone", "", *_example(rule.good)]
    return "\n".join(out).rstrip() + "\n"


def _example(example: Example) -> list[str]:
    out: list[str] = []
    for number, one in enumerate((example, *example.beside)):
        fence = "````" if "```" in one.text else "```"
        if number:
            out += ["together with:", ""]
        out += [f"{fence}text", one.text.rstrip("\n"), fence, ""]
    return out


def index_page() -> str:
    """The Markdown page that lists all rules, by group."""
    out = [
        "# Rules of `piamater check`",
        "",
        "Made from the rules themselves. A rule whose findings are right less often than nine",
        "times in ten is off by default.",
        "",
    ]
    for group, title in GROUPS.items():
        out += [
            f"## {group}: {title}",
            "",
            "| Rule | Severity | What it reports |",
            "|---|---|---|",
        ]
        out += [
            f"| [{one.id} {one.name}]({one.id}.md) | {one.severity} | {one.summary}"
            f"{'' if one.default else ' (off by default)'} |"
            for one in rules().values()
            if one.group == group
        ]
        out.append("")
    return "\n".join(out).rstrip() + "\n"


def pages() -> dict[str, str]:
    """All pages by file name, ``index.md`` among them."""
    made = {f"{one.id}.md": rule_page(one) for one in rules().values()}
    return {"index.md": index_page(), **made}


def write(folder: Path) -> int:
    """Write all pages into a folder, and delete those of rules that are gone; gives how many."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")
    return len(made)


if __name__ == "__main__":
    import sys

    write(Path(sys.argv[1]))
