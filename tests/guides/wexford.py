"""A made-up illness: one source, and a guide on it in English and Spanish."""

from __future__ import annotations

from pathlib import Path

from piamater.corpus import Library, add
from piamater.guides import GuideFolder, parse_guide, pin

NOTE = """---
note: piamater-evidence-note/1
id: wexford
language: en
kind: trial
title: Wexford fever
licence: CC-BY-4.0
looked-up: "2026-11-20"
---
# Wexford fever

## Summary
Wexford fever is an infection that ticks carry.

## Treatment
Wexford fever is treated with doxycycline for 10 days in 40% of 200 patients.
"""
SOURCE = "note:wexford:en"
ORIGINAL = f"""---
guide: piamater-guide/1
id: wexford-fever
language: en
title: Wexford fever
description: An illness that ticks carry.
type: condition
concepts: [fever]
authors: [A. Writer]
submitted: 2026-11-21
review-due: 2027-11-21
---

## definition: What it is

### patient

It is an infection that ticks carry.[^ticks]

### clinical

Wexford fever is a tick-borne infection.[^ticks]

## danger-emergency:

Call for help if there is:

- a fit[^infection]

## danger-soon:

- fever that stays[^ticks]

## causes:

Ticks carry it.[^ticks]

## symptoms:

- fever[^ticks]

## tests:

A blood test finds it.[^ticks]

## visit-questions:

- What is it?

## treatments: Antibiotics {{#antibiotics category=systemic}}

About 40 of every 100 people had doxycycline for 10 days.[^days]

[^ticks]: @{SOURCE} "Wexford fever is an infection that ticks carry."
[^infection]: @{SOURCE} "is an infection that ticks carry"
[^days]: @{SOURCE} "doxycycline for 10 days in 40% of 200 patients"
"""
SPANISH = """---
guide: piamater-guide/1
id: wexford-fever
language: es
title: Fiebre de Wexford
description: Enfermedad que llevan las garrapatas.
---

## definition: Qué es

### patient

Es una infección que llevan las garrapatas.[^ticks]

### clinical

La fiebre de Wexford es una infección transmitida por garrapatas.[^ticks]

## danger-emergency:

Pida ayuda si hay:

- una convulsión[^infection]

## danger-soon:

- fiebre que dura[^ticks]

## causes:

La llevan las garrapatas.[^ticks]

## symptoms:

- fiebre[^ticks]

## tests:

Un análisis de sangre la encuentra.[^ticks]

## visit-questions:

- ¿Qué es?

## treatments: Antibióticos {#antibiotics category=systemic}

Unas 40 de cada 100 personas recibieron doxiciclina durante 10 días.[^days]
"""


def make_library(place: Path) -> Library:
    """A library that holds the source."""
    made = Library.create(place / "library", "guides")
    (place / "wexford.md").write_text(NOTE, "utf-8")
    with made.writing():
        add(made, [str(place / "wexford.md")])
    return made


def folder(library: Library, english: str = ORIGINAL, spanish: str = SPANISH) -> GuideFolder:
    place = library.folder / "guides" / "wexford-fever"
    place.mkdir(parents=True, exist_ok=True)
    (place / "en.md").write_text(english, "utf-8")
    original = parse_guide(ORIGINAL, name="en.md")
    (place / "es.md").write_text(pin(spanish, original) if spanish else "", "utf-8")
    if not spanish:
        (place / "es.md").unlink()
    return GuideFolder(library.folder / "guides")
