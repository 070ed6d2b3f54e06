"""Mutators for the rules on structure and disclosure."""

from __future__ import annotations

import random
import re

from tests.checks.mutants.text import items, paragraph, replaced, sentences
from tests.checks.mutate import Mutator

AUTHORS = r"(?:By|Por|লেখক) A\. Writer, MD\. "
REVIEWER = r"(?:Reviewed by|Revisado por|পর্যালোচনা) B\. Reader, MD, consultant neurologist\."
FUNDING = r"^(?:Funding|Financiación|অর্থায়ন): [^\n]*\n\n"


def emptied(page: str, chance: random.Random) -> str | None:
    """A section without what stood under its heading."""
    parts = re.split(r"(?m)^(?=## )", page)
    if len(parts) < 5:
        return None
    at = chance.randrange(2, len(parts) - 2)
    parts[at] = parts[at].split("\n", 1)[0] + "\n\n"
    return "".join(parts)


def skipped(page: str, chance: random.Random) -> str | None:
    """A heading two levels too deep."""
    found = list(re.finditer(r"(?m)^## ", page))[2:-1]
    if not found:
        return None
    at = chance.choice(found).start()
    return f"{page[:at]}##{page[at:]}"


def again(page: str, chance: random.Random) -> str | None:
    """A section that comes a second time under the same heading."""
    parts = re.split(r"(?m)^(?=## )", page)[1:-1]
    parts = [one for one in parts if len(one.split("\n", 1)[0].split()) > 2 and len(one) > 80]
    if not parts:
        return None
    heading = chance.choice(parts).split("\n", 1)[0]
    at = page.rindex("\n## ")
    return f"{page[:at]}\n{heading}\n\nSomething that has not been said so far.\n{page[at:]}"


def cut(page: str, chance: random.Random) -> str | None:
    """A sentence that stops in the middle, in dots."""
    some = [one for one in sentences(page) if one.count(" ") > 12]
    if not some:
        return None
    line = chance.choice(some)
    stops = [one.start() for one in re.finditer(r" (?:the|of|and|in|de|la|con|que|el|y) ", line)]
    if not stops:
        return None
    at = chance.choice(stops)
    word = re.match(r" \w+", line[at:])
    return page.replace(line, f"{line[:at]}{word.group() if word else ''}...", 1)


def repeated(page: str, chance: random.Random) -> str | None:
    """The page's opening words once more, further down."""
    body = "A page of Wexford for people who want to know what this illness is and does to them. "
    body += "It says what is known, what is not known, and where every word of it was taken from. "
    first = page.index("\n## ")
    last = page.rindex("\n## ")
    return f"{page[:first]}\n{body}\n{page[first:last]}\n## More of it\n\n{body}\n{page[last:]}"


def announced(page: str, chance: random.Random) -> str | None:
    """A list that is announced, its items taken out."""
    for match in re.finditer(r"(?m)^[^\n#|-][^\n]*:\n\n(?:- [^\n]*\n)+(?=\n## )", page):
        lead = match.group().split("\n", 1)[0]
        if re.search(r"(?:if|when|is|are|include|si|cuando|son|যদি|হলো|এগুলো)[^:]{0,90}:$", lead):
            return page[: match.start()] + lead + "\n" + page[match.end() :]
    return None


def doubled(page: str, chance: random.Random) -> str | None:
    """A list whose items carry a number and a letter."""
    some = items(page)
    run = re.search(r"(?m)(?:^- [^\n]+\n){3,}", page)
    if not run or not some:
        return None
    lines = run.group().strip().split("\n")
    marked = [f"{n}. {chr(96 + n)}. {one[2:]}" for n, one in enumerate(lines[:9], 1)]
    return page[: run.start()] + "\n".join(marked) + "\n" + page[run.end() :]


def contents(page: str, chance: random.Random) -> str | None:
    """A table of contents with one entry too many."""
    headings = re.findall(r"(?m)^## ([^\n]+)", page)[:-1]
    if len(headings) < 4:
        return None
    entries = [
        *headings[:6],
        chance.choice(["Zebrafish models", "Payment plans", "Ferias locales"]),
    ]
    chance.shuffle(entries)
    at = page.index("\n## ")
    lines = "\n".join(f"- {one}" for one in entries)
    return f"{page[:at]}\n## {CONTENTS[chance.randrange(2)]}\n\n{lines}\n{page[at:]}"


CONTENTS = ("Contents", "On this page")


def retitled(page: str, chance: random.Random) -> str | None:
    """A title of another disease."""
    title = chance.choice(["Psoriasis", "Gout", "Asthma", "Diabetes"])
    low = page.lower()
    if title.lower()[:6] in low or "gota" in low or "asma" in low:
        return None
    return re.sub(r"\A# [^\n]*", f"# {title}", page)


MUTATORS = [
    Mutator("ST001", "author taken out", replaced(AUTHORS + REVIEWER, "")),
    Mutator("ST002", "reviewer taken out", replaced(REVIEWER, "")),
    Mutator("ST003", "funding taken out", replaced(FUNDING, "")),
    Mutator("ST004", "interests taken out", replaced(r"(?:; the writers declare no interests|; los autores declaran que no tienen intereses|; লেখকদের কোনো স্বার্থের সংঘাত নেই)", "")),
    Mutator("ST005", "click here", paragraph("To learn about treatment, [click here](https://example.org/a).", "[Read more](https://example.org/a)", "More on this [here](https://example.org/b)."), ("en",)),
    Mutator("ST005", "pulse aquí", paragraph("Para saber más, [haga clic aquí](https://example.org/a).", "[Leer más](https://example.org/a)"), ("es",)),
    Mutator("ST005", "আরও পড়ুন", paragraph("[আরও পড়ুন](https://example.org/a)", "[এখানে ক্লিক করুন](https://example.org/a)"), ("bn",)),
    Mutator("ST006", "a stranger among the related (en)", paragraph("## Related articles\n\n- Levator palpebrae carcinoma\n- Onychomycosis\n", "## Related topics\n\n- Plantar wart syndrome\n"), ("en",)),
    Mutator("ST006", "a stranger among the related (es)", paragraph("## Artículos relacionados\n\n- Onicomicosis\n", "## Temas relacionados\n\n- Carcinoma del párpado\n"), ("es",)),
    Mutator("ST007", "announces what is absent (en)", paragraph("In this guide we explain its causes, symptoms, treatment and zebra prevention, side effects and prognosis and types."), ("en",)),
    Mutator("ST008", "an emptied section", emptied),
    Mutator("ST009", "a level left out", skipped),
    Mutator("ST010", "a section twice", again),
    Mutator("ST011", "takeaways of headings (en)", paragraph("## Key takeaways\n\n- This article explains causes of the disease in simple medical language.\n- This article explains symptoms of the disease in simple medical language.\n- This article explains tests for the disease in simple medical language.\n"), ("en",)),
    Mutator("ST011", "takeaways of headings (es)", paragraph("## Puntos clave\n\n- Este artículo explica las causas de la enfermedad.\n- Este artículo describe los síntomas.\n"), ("es",)),
    Mutator("ST011", "takeaways of headings (bn)", paragraph("## মূল কথা\n\n- এই নিবন্ধে রোগের কারণ ব্যাখ্যা করা হয়েছে।\n- এই নিবন্ধে রোগের লক্ষণ আলোচনা করা হয়েছে।\n"), ("bn",)),
    Mutator("ST012", "a sentence cut off", cut, ("en", "es")),
    Mutator("ST012", "a summary cut off", paragraph("## Summary\n\nThe illness is rare and it is treated with medicines that reach the...\n", "## Resumen\n\nLa enfermedad es poco frecuente y se trata con medicinas que llegan al…\n")),
    Mutator("ST013", "the opening again", repeated),
    Mutator("ST014", "a list taken out", announced),
    Mutator("ST014", "a list that never was", paragraph("## More signs\n\nThe other signs of the illness include:\n", "## Más signos\n\nLos demás signos son los siguientes:\n")),
    Mutator("ST015", "two marks an item", doubled),
    Mutator("ST016", "another disease's title", retitled),
    Mutator("ST017", "an entry without a section", contents),
]  # fmt: skip
