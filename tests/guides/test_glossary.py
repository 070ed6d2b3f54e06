from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from piamater.guides import Audience, GuideFolder, Part
from piamater.guides.glossary import LANGUAGES, Glossary
from piamater.guides.render import Page, render_part
from piamater.starter import guides_folder

FOLDER = GuideFolder(guides_folder())
TEXTS = [
    (language, part)
    for id_ in FOLDER.ids()
    for language, guide in FOLDER.load(id_).versions.items()
    for block in guide.blocks
    for part in block.parts
]
WORD = '<button type="button" class="word" popovertarget="w-{}">{}</button>'


class Marks:
    """Links that show where the glossary writes, and nothing else."""

    def cite(self, labels: object) -> str:
        return "<sup>1</sup>"

    def guide_address(self, target: str) -> str:
        return f"/guides/{target}"

    def figure(self, name: str) -> str:
        return name

    def word(self, id_: str, text: str) -> str:
        from html import escape

        return WORD.format(id_, escape(text, quote=False))


def removed(html: str) -> str:
    return re.sub(
        r'<button type="button" class="word" popovertarget="w-[\w-]+">(.*?)</button>', r"\1", html
    )


def test_every_guide_in_every_language_is_the_same_without_the_markup() -> None:
    marked = 0
    assert len(TEXTS) > 50
    for language, part in TEXTS:
        with_words = render_part(part, Page(language, Marks(), Glossary.load(language)))
        without = render_part(part, Page(language, Marks()))
        assert removed(with_words) == without
        marked += with_words.count('class="word"')
    assert marked > 100


def test_a_word_is_never_in_a_link_a_heading_or_another_word() -> None:
    for language, part in TEXTS:
        html = render_part(part, Page(language, Marks(), Glossary.load(language)))
        for inner in re.findall(
            r"<(?:a|h3|thead|button)\b[^>]*>(.*?)</(?:a|h3|thead|button)>", html, re.S
        ):
            assert 'class="word"' not in inner


def test_a_word_is_explained_once_a_page() -> None:
    text = "Chemotherapy helps. Chemotherapy can hurt.\n\nMore chemotherapy."
    page = Page("en", Marks(), Glossary.load("en"))
    html = render_part(Part(Audience.PATIENT, text, 1), page)
    assert html.count('class="word"') == 1


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_places_are_in_order_apart_and_inside(language: str, data: st.DataObject) -> None:
    glossary = Glossary.load(language)
    forms = [form for word in glossary.words for form in glossary.forms(word.id)]
    piece = st.one_of(
        st.sampled_from(forms),
        st.text(max_size=8),
        st.sampled_from(
            [" ", ", ", ".", "-", "\u200d", "\u00ad", "য়", "য়", "\u202e", "র ", "এর ", "<b>"]
        ),
    )
    text = "".join(data.draw(st.lists(piece, max_size=12)))
    found = glossary.find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    out, at = [], 0
    for one in found:
        out += [text[at : one.start], "\ue000", text[one.start : one.end], "\ue001"]
        at = one.end
    marked = "".join([*out, text[at:]])
    if "\ue000" not in text and "\ue001" not in text:
        assert marked.replace("\ue000", "").replace("\ue001", "") == text


@given(st.text(max_size=200))
def test_any_paragraph_is_the_same_without_the_markup(text: str) -> None:
    part = Part(Audience.PATIENT, text, 1)
    with_words = render_part(part, Page("en", Marks(), Glossary.load("en")))
    assert removed(with_words) == render_part(part, Page("en", Marks())) or "class=" in text


def test_bangla_endings_belong_to_the_word() -> None:
    glossary = Glossary.load("bn")
    for text in ("কেমোথেরাপির পরে", "কেমোথেরাপিতে", "এমআরআইয়ের", "মেনিনজাইটিসের", "টিউমারটি"):
        [found] = glossary.find(text)
        assert found.start == 0, text
    assert not glossary.find("অকেমোথেরাপি")


def test_words_inside_words_are_not_found() -> None:
    glossary = Glossary.load("en")
    for text in (
        "pseudotumour",
        "meningitis-like.example",
        "antibody@example.org",
        "https://x.org/tumour",
    ):
        assert not glossary.find(text), text
    assert [one.word.id for one in glossary.find("Meningitis, tumours")] == ["meningitis", "tumour"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_definitions_are_one_plain_sentence_with_a_source(language: str) -> None:
    words = Glossary.load(language).words
    assert len(words) >= 75
    for word in words:
        assert len(word.definition.split()) <= 25, word.id
        assert word.definition[-1] in ".।"
        assert len(re.findall(r"[.।](?:\s|$)", word.definition)) == 1, word.id
        assert word.source.startswith(("https://", "http://"))
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", word.looked_up)


def test_the_same_words_in_every_language() -> None:
    ids = [[word.id for word in Glossary.load(language).words] for language in LANGUAGES]
    assert ids[0] == ids[1] == ids[2]


def test_unescaped_text_stays_text() -> None:
    html = render_part(Part(Audience.PATIENT, "a <script>x</script> & b", 1), Page("en", Marks()))
    assert "<script>" not in html
    assert unescape(html).count("<script>") == 1
