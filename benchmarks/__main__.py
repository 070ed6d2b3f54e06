"""Run the benchmarks: ``python -m benchmarks [SUITE]...``; see ``SUITES``."""

from __future__ import annotations

import json
import sys

SUITES = ("retrieval", "refusal", "quotes", "speed", "kill", "checks", "watch")
NAMED = ("serve", "corpus_stores", "keeping")
"""Suites that need something of their own and run only when they are named."""


def main(names: list[str]) -> None:
    """Run the suites named, or all, and print what each found as JSON."""
    from importlib import import_module

    if unknown := sorted(set(names) - {*SUITES, *NAMED}):
        sys.exit(f"benchmarks: no suite {', '.join(unknown)} (known: {', '.join(SUITES + NAMED)})")
    for name in names or SUITES:
        found = import_module(f"benchmarks.{name}").run()
        print(json.dumps({name: found}, indent=2), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
