"""Mutators for the rules on damage of text and templates."""

from __future__ import annotations

import random
import re

from tests.checks.mutants.text import between, in_sentence, paragraph, sentences
from tests.checks.mutate import Mutator

TERM = "inflammation"
DEFINED = "the answer of the body to injury, infection, or irritation, with pain, swelling, heat"


def attribute(line: str, chance: random.Random) -> str | None:
    """A glossary's attribute in the text."""
    tag = f' {DEFINED}" data-rx-term="{TERM}" data-rx-definition="{DEFINED}">{TERM} '
    return between(line, chance, tag)


def half_tag(line: str, chance: random.Random) -> str | None:
    """A tag that is shown as text."""
    return between(line, chance, chance.choice([r" \</span> ", r" \<br> ", r" \</p> "]))


def itself(line: str, chance: random.Random) -> str | None:
    """A definition that was written into a sentence, and stands behind it too."""
    return f"{line} Tests show {DEFINED}. Inflammation is {DEFINED}."


def joined(line: str, chance: random.Random) -> str | None:
    """Two sentences without a space between."""
    found = [one.end() for one in re.finditer(r"[a-zá-ú]{3,}\.(?=\s[A-ZÁ-Ú][a-zá-ú]+[\s,])", line)]
    if not found:
        return f"{line.rstrip()} Our guideWritten for patients."
    at = chance.choice(found)
    return line[:at] + line[at + 1 :]


def joined_bangla(line: str, chance: random.Random) -> str | None:
    """Two Bangla sentences without a space between."""
    bare = re.sub(r"\[[\d,]+\]", "", line)
    run_on = re.sub(r"(?<=[\u0980-\u09ff]{2})। (?=[\u0985-\u09b9])", "।", bare, count=1)
    return run_on if run_on != bare else None


def linked(line: str, chance: random.Random) -> str | None:
    """A link over a part of a word."""
    words = list(re.finditer(r"(?<![\w(\[/])[a-zá-ú]{9,}(?![\w\])])", line))
    if not words:
        return None
    word = chance.choice(words)
    cut = word.start() + 4
    return f"{line[:cut]}[{line[cut : word.end()]}](https://example.org/x){line[word.end() :]}"


def mojibake(line: str, chance: random.Random) -> str | None:
    """A word read in the wrong encoding."""
    for match in re.finditer(r"[À-ÿ’“–é]", line):
        wrong = match.group().encode("utf-8").decode("cp1252", "replace")
        return line[: match.start()] + wrong + line[match.end() :]
    return between(line, chance, " itâ€™s ")


def without_noun(line: str, chance: random.Random) -> str | None:
    """A sentence whose noun is missing."""
    return f"{line} Between 5 and 10 of every 100 people with {chance.choice(['might', 'should', 'could'])} have it."


def without_noun_es(line: str, chance: random.Random) -> str | None:
    """A Spanish sentence whose noun is missing."""
    return f"{line} Entre 5 y 10 de cada 100 personas con {chance.choice(['pueden', 'podrían', 'deben'])} tenerla."


def hidden(line: str, chance: random.Random) -> str | None:
    """A zero-width space within a word, or a mark that turns the writing."""
    words = list(re.finditer(r"(?<![\w(\[/])[a-zá-ú]{6,}(?![\w\])])", line))
    mark = chance.choice(["\u200b", "\u2060", "\u202e"])
    if not words:
        return between(line, chance, " \u202e ")
    word = chance.choice(words)
    at = word.start() + 3
    return line[:at] + mark + line[at:]


def doubled(line: str, chance: random.Random) -> str | None:
    """A small word twice."""
    words = list(
        re.finditer(r"(?<=\s)(?:the|of|in|and|is|to|a|la|de|el|en|con|es|los|এবং|জন্য)(?=\s)", line)
    )
    if not words:
        return None
    word = chance.choice(words)
    return f"{line[: word.end()]} {word.group()}{line[word.end() :]}"


def opened(line: str, chance: random.Random) -> str | None:
    """A bracket that is not closed."""
    if "(" in line or "[" in line.replace("[", "", line.count("[")):
        line = re.sub(r"\(([^()]*)\)", r"\1", line)
    return between(line, chance, " (")


def entity(line: str, chance: random.Random) -> str | None:
    """A reference to a character that was escaped twice."""
    return between(
        line, chance, chance.choice(["&amp;nbsp;", " &amp;amp; ", " &amp;gt; ", " &amp;mdash; "])
    )


def comma(line: str, chance: random.Random) -> str | None:
    """Two commas, or a comma and a stop."""
    spots = [one.start() for one in re.finditer(r"(?<=[\w\u0980-\u09ff]),(?= \w)", line)]
    if spots:
        at = chance.choice(spots)
        return f"{line[:at]},{line[at:]}"
    return between(line, chance, chance.choice([",, ", ";; ", " ,, "]).lstrip())


def misspelled(line: str, chance: random.Random) -> str | None:
    """A letter of a long medical word left out."""
    words = list(
        re.finditer(
            r"(?<![\w(\[/-])(?:meningitis|chemotherapy|radiotherapy|lymphoma|leptomeningeal|metastases|sarcoidosis|methotrexate|dexamethasone|cytarabine|infliximab|tuberculous|cerebrospinal)(?![\w\])-])",
            line,
        )
    )
    if not words:
        return None
    word = chance.choice(words)
    at = word.start() + len(word.group()) // 2 - 1
    return line[:at] + line[at + 1 :]


def unended(page: str, chance: random.Random) -> str | None:
    """A conclusion that ran into the last item of a list."""
    found = re.search(
        r"(?m)^(- [^\n]*[a-zá-ú])(\[[\d,]+\])\n\n(?=[A-ZÁ-Ú][a-zá-ú]+ [a-zá-ú])", page
    )
    if found:
        return f"{page[: found.end(1)]} {found[2]} {page[found.end() :]}"
    found = re.search(r"(?m)^- [^\n]*[a-zá-ú](\[[\d,]+\])$", page)
    if not found:
        return None
    at = found.end()
    return f"{page[: found.start(1)]} {found[1]} This is why it is often missed.{page[at:]}"


def swallowed(page: str, chance: random.Random) -> str | None:
    """A heading in the middle of a paragraph."""
    headings = [one for one in re.findall(r"(?m)^## ([^\n?:।]+)$", page) if len(one.split()) >= 3]
    some = [one for one in sentences(page) if re.search(r"[.।](?:\[[\d,]+\])? ", one + " ")]
    if not headings or not some:
        return None
    line = chance.choice(some)
    return page.replace(line, f"{line} And so on. {chance.choice(headings)} Then it says more.", 1)


MUTATORS = [
    Mutator("TX001", "an attribute in the text", in_sentence(attribute)),
    Mutator("TX001", "a tag in the text", in_sentence(half_tag)),
    Mutator("TX002", "a definition inside itself", in_sentence(itself)),
    Mutator("TX003", "no space after the stop", in_sentence(joined), ("en", "es")),
    Mutator("TX003", "no space after the danda", in_sentence(joined_bangla), ("bn",)),
    Mutator("TX003", "two boxes run together", paragraph("Last read on February 25, 2025View editorial policy.", "Our health guideWritten for patients and families.", "Advice on treatmentRead about it in the library.")),
    Mutator("TX004", "a link in a word", in_sentence(linked), ("en", "es")),
    Mutator("TX005", "a note to editors (en)", paragraph("The patient summary has not yet been added.", "Use writer and reviewer profiles for stronger trust.", "Coming soon", "TODO: add doses", "Call [insert phone number] now.", "Lorem ipsum dolor sit amet.", "Dear {{name}},"), ("en",)),
    Mutator("TX005", "a note to editors (es)", paragraph("Aún no se ha añadido el resumen.", "Llame al [insertar número].", "Pendiente de completar"), ("es",)),
    Mutator("TX005", "a note to editors (bn)", paragraph("বাংলা রোগী নোট এখনো যোগ করা হয়নি।", "পোস্ট এডিটরে বক্স থেকে সারাংশ যোগ করুন।", "[এখানে নম্বর লিখুন] নম্বরে ফোন করুন।"), ("bn",)),
    Mutator("TX006", "the wrong encoding", in_sentence(mojibake)),
    Mutator("TX007", "a noun left out (en)", in_sentence(without_noun), ("en",)),
    Mutator("TX007", "a noun left out (es)", in_sentence(without_noun_es), ("es",)),
    Mutator("TX008", "an item without a subject", paragraph("A second illness happens when:\n\n- cells break away from where they first grew\n- spreads to another part of the body\n", "Call the doctor if:\n\n- your child has a fit\n- becomes hard to wake\n"), ("en",)),
    Mutator("TX009", "an unseen character", in_sentence(hidden)),
    Mutator("TX010", "a word twice", in_sentence(doubled)),
    Mutator("TX011", "a bracket left open", in_sentence(opened)),
    Mutator("TX012", "a reference shown", in_sentence(entity)),
    Mutator("TX013", "a comma too many", in_sentence(comma)),
    Mutator("TX014", "a step left out", paragraph("### Step 1: ask\n\nAsk.\n\n### Step 2: look\n\nLook.\n\n### Step 4: rest\n\nRest.\n", "### Paso 1\n\nPregunte.\n\n### Paso 3\n\nMire.\n", "### ধাপ ১\n\nদেখুন।\n\n### ধাপ ৩\n\nবিশ্রাম নিন।\n")),
    Mutator("TX015", "an empty label", paragraph("Cited as: Archer B. PMID: 123456 DOI: OPEN ACCESS", "The identifier of this text is PMID: not given here")),
    Mutator("TX016", "a word in another language's spelling", paragraph("The scan showed hypercaptation of the nerves in both of the legs.", "She had a mielomonoblastic leukemia that had been treated with drugs.", "It may follow a varicela infection in childhood or in later life."), ("en",)),
    Mutator("TX017", "numbers alone", paragraph("1\n\nAsk the doctor about the treatment.\n\n2\n\nTake the medicine as you were told.", "1\n\nPregunte al médico por el tratamiento.\n\n2\n\nTome la medicina.")),
    Mutator("TX018", "a conclusion run into a list", unended, ("en",)),
    Mutator("TX019", "a heading in a paragraph", swallowed),
    Mutator("TX021", "a letter left out of a term", in_sentence(misspelled), ("en",)),
]  # fmt: skip
