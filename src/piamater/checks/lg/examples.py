"""Examples of pages in two languages, for the rules that compare them."""

from __future__ import annotations

from piamater.checks.rule import Example

TRANSLATION_ERRORS = (
    "Khoong et al. 2019, JAMA Intern Med 179:580: 2 to 8 % of translated discharge instructions "
    "could do harm, "
    "https://universityofcalifornia.edu/news/google-translates-doctors-orders-spanish-and-chinese-few-important-caveats"
)
"""Where the harm of wrong translations is published."""


def twins(english: str, spanish: str, heading: str = "Treatment") -> Example:
    """A page on a fever with one section, and its Spanish version."""
    titles = {"Treatment": "Tratamiento", "Emergency": "Emergencia", "Symptoms": "Síntomas"}
    return Example(
        f"# Wexford fever\n\n## {heading}\n\n{english}\n",
        "page.en.md",
        (Example(f"# Fiebre de Wexford\n\n## {titles[heading]}\n\n{spanish}\n", "page.es.md"),),
    )
