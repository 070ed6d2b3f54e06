from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from piamater.errors import EmptySourceError, InputError
from piamater.sources import Original, Reading, read_original, walk
from piamater.sources.medquad_text import Block, answer_blocks
from piamater.text import Form, Mark


def page(*answers: str, root: str = "Document") -> Reading:
    pairs = "".join(
        f'<QAPair pid="{n}"><Question qtype="symptoms">What are the signs of Fever (X)? ?</Question>'
        f"<Answer>{answer}</Answer></QAPair>"
        for n, answer in enumerate(answers, 1)
    )
    text = (
        f'<{root} id="1" source="NINDS" url="http://x"><Focus>Fever</Focus><FocusAnnotations><UMLS>'
        "<CUIs><CUI>C1</CUI></CUIs><SemanticTypes><SemanticType>T047</SemanticType></SemanticTypes>"
        "<SemanticGroup>Disorders</SemanticGroup></UMLS><Synonyms><Synonym>Heat</Synonym></Synonyms>"
        f"</FocusAnnotations><QAPairs>{pairs}</QAPairs></{root}>"
    )
    (reading,) = read_original(Original("in/7.xml", "7.xml", data=text.encode()))
    return reading


def shapes(body: str) -> list[tuple[str, str]]:
    """The blocks of an answer with a letter for what is not content."""
    letter = {Mark.CONTENT: "", Mark.FURNITURE: "!", Mark.DAMAGE: "?"}
    return [
        (letter[one.mark] + one.form, " | ".join(one.cells) or one.text.strip())
        for one in answer_blocks(body)
    ]


def test_the_record() -> None:
    record = page("Rest helps.").record
    assert record.id == "medquad:NINDS:7"
    assert record.title == "Fever"
    assert record.csl["publisher"] == "National Institute of Neurological Disorders and Stroke"
    assert record.csl["custom"] == {
        "synonyms": ["Heat"],
        "cuis": ["C1"],
        "semantic-types": ["T047"],
        "semantic-group": ["Disorders"],
        "qtypes": ["symptoms"],
    }
    assert record.licence == "CC-BY-4.0"


def test_the_question_is_the_section() -> None:
    (section,) = page("Rest helps.").document.sections
    assert section.path == ("What are the signs of Fever (X)?",)


def test_files_with_other_element_names_are_read() -> None:
    assert page("Rest helps.", root="DiseaseFile").record.title == "Fever"
    text = (
        '<doc docid="1" corpus="NINDS"><doctitle-focus>ALS</doctitle-focus><qaPairs><pair pid="1">'
        '<question qtype="information">what is als?</question><answer>It is rare.</answer></pair>'
        "</qaPairs></doc>"
    )
    (reading,) = read_original(Original("1.xml", "1.xml", data=text.encode()))
    assert (reading.record.title, reading.document.text) == ("ALS", "what is als?\n\nIt is rare.")


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        pytest.param(
            "People may have - bone pain  - short steps  - fever.  bone pain short steps fever."
            " Most recover.",
            [("text", "People may have"), ("item", "bone pain"), ("item", "short steps"),
             ("item", "fever."), ("?text", "bone pain short steps fever."), ("text", "Most recover.")],
            id="a list and its second writing",
        ),
        pytest.param(
            "Tests are:  - x-rays  - a blood test  - or a bone scan. x-rays a blood test or a bone"
            " scan. They help.",
            [("text", "Tests are:"), ("item", "x-rays"), ("item", "a blood test"),
             ("item", "or a bone scan."), ("?text", "x-rays a blood test or a bone scan."),
             ("text", "They help.")],
            id="a second writing straight behind the last item",
        ),
        pytest.param(
            "Risks are:     - One is this:         - smoke     - drink        - It is not clear.",
            [("text", "Risks are:"), ("text", "One is this:"), ("item", "smoke"), ("item", "drink"),
             ("end", ""), ("item", "It is not clear.")],
            id="a list in a list",
        ),
        pytest.param(
            "One has - red spots  - heat. red spots heat. If it spreads, signs are - cold feet  - deep"
            " pain. cold feet deep pain. Symptoms May Vary Some feel none.",
            [("text", "One has"), ("item", "red spots"), ("item", "heat."),
             ("?text", "red spots heat."), ("text", "If it spreads, signs are"),
             ("item", "cold feet"), ("item", "deep pain."), ("?text", "cold feet deep pain."),
             ("text", "Symptoms May Vary Some feel none.")],
            id="two lists in one line",
        ),
        pytest.param(
            "These include - high acid in blood high acid in blood - crystals in the joints.",
            [("text", "These include"), ("item", "high acid in blood"),
             ("?text", "high acid in blood"), ("item", "crystals in the joints.")],
            id="items each written twice",
        ),
        pytest.param(
            "It is rare. Complications Stones can form in time and block the way of the urine.",
            [("text", "It is rare."), ("heading", "Complications"),
             ("text", "Stones can form in time and block the way of the urine.")],
            id="a heading run into its sentence",
        ),
        pytest.param(
            "Use CA 19-9 - a marker - or 5 - 10 mg of Drug-X.",
            [("text", "Use CA 19-9 - a marker - or 5 - 10 mg of Drug-X.")],
            id="dashes in running text",
        ),
        pytest.param(
            "It is rare.\n\n  Outlook\n\n  Most people get well again with the right care for it.",
            [("text", "It is rare."), ("heading", "Outlook"),
             ("text", "Most people get well again with the right care for it.")],
            id="a short line is a heading",
        ),
        pytest.param(
            "Eat:\n\nFish\n\nNuts and seeds\n\nThese foods hold the fats that your body cannot make.",
            [("text", "Eat:"), ("item", "Fish"), ("item", "Nuts and seeds"),
             ("text", "These foods hold the fats that your body cannot make.")],
            id="short lines behind a colon are items",
        ),
        pytest.param(
            "Food and grams.\n\nrice\n\n5\n\noats\n\n-\n\nmargarine",
            [("text", "Food and grams."), ("?text", "rice"), ("?text", "5"), ("?text", "oats"),
             ("?text", "-"), ("?text", "margarine")],
            id="a table cut into lines",
        ),
        pytest.param(
            "These resources address the diagnosis or management of X:  - Gene Review: X  - Drug Therapy",
            [("!text", "These resources address the diagnosis or management of X:"),
             ("!item", "Gene Review: X"), ("!item", "Drug Therapy")],
            id="nothing but links",
        ),
        pytest.param(
            "It helps. Check the list of NCI-supported cancer clinical trials. It heals.    NIH:"
            " National Cancer Institute",
            [("text", "It helps."), ("!text", "Check the list of NCI-supported cancer clinical trials."),
             ("text", "It heals."), ("!text", "NIH: National Cancer Institute")],
            id="sentences that point elsewhere",
        ),
        pytest.param(
            "What are the signs of X? The Human Phenotype Ontology provides the following list. Signs"
            " and Symptoms Approximate number of patients (when available) Photophobia 50% Pain - Ataxia"
            " 7/8 The Human Phenotype Ontology (HPO) has collected a lot. It may be rare or common.",
            [("!text", "What are the signs of X?"),
             ("!text", "The Human Phenotype Ontology provides the following list."),
             ("header", "Signs and Symptoms | Approximate number of patients (when available)"),
             ("row", "Photophobia | 50%"), ("row", "Pain"), ("row", "Ataxia | 7/8"),
             ("!text", "The Human Phenotype Ontology (HPO) has collected a lot. It may be rare or common.")],
            id="a table of signs",
        ),
    ],
)  # fmt: skip
def test_answers_are_cut_into_blocks_again(body: str, blocks: list[tuple[str, str]]) -> None:
    assert shapes(body) == blocks


def test_an_answer_of_links_alone_is_a_section_of_furniture() -> None:
    document = page("Rest.", "These resources address the management of X:  - There").document
    assert [one.mark for one in document.sections] == [Mark.CONTENT, Mark.FURNITURE]


def test_items_are_led_by_what_opens_their_list() -> None:
    document = page(
        "Signs are:  - heat  - pain. He rests.    Others too.   - Cold: It shakes."
    ).document
    items = [one for one in document.passages if one.form is Form.ITEM]
    leads = [document.quote(document.passages[one.lead]).exact for one in items if one.lead >= 0]
    assert leads == ["Signs are:", "Signs are:"]
    assert [one.lead for one in items][2:] == [-1]


def test_questions_without_answers_are_told() -> None:
    with pytest.raises(EmptySourceError, match="questions without answers"):
        page("", " ")


WITHOUT = {
    "10_MPlus_ADAM_QA": 4366,
    "11_MPlusDrugs_QA": 1312,
    "12_MPlusHerbsSupplements_QA": 99,
    "2_GARD_QA": 1,
    "5_NIDDK_QA": 6,
}


@pytest.mark.slow
def test_the_real_collection(data: Callable[[str], Path]) -> None:
    folder = data("medquad")
    readings: list[Reading] = []
    without: Counter[str] = Counter()
    for one in walk(folder):
        assert isinstance(one, Original)
        if one.suffix != ".xml":
            continue
        try:
            readings += read_original(one)
        except InputError as error:
            without[f"{one.name.split('/')[1]}: {error.what}"] += 1
    wanted = {f"{one}: it has questions without answers": n for one, n in WITHOUT.items()}
    assert (len(readings), dict(without)) == (5490, wanted)
    ids = [one.record.id for one in readings]
    assert len(set(ids)) == 5490
    assert [(ids[n], readings[n].record.title) for n in (0, 2745, 5489)] == PICKED


PICKED = [
    ("medquad:CancerGov:0000001_1", "Adult Acute Lymphoblastic Leukemia"),
    ("medquad:GARD:0006499", "X-linked creatine deficiency"),
    ("medquad:CDC:0000440", "Parasites - Zoonotic Hookworm"),
]


@pytest.mark.slow
def test_no_word_of_an_answer_is_lost(data: Callable[[str], Path]) -> None:
    from piamater.sources.xml import parse

    def letters(text: str) -> str:
        return "".join(char for char in text if char.isalnum())

    paths = sorted(data("medquad").glob("[1-9]_*/*.xml"))[::9]
    assert len(paths) > 500
    for path in paths:
        for answer in parse(path.read_bytes()).iter("Answer"):
            body = "".join(answer.itertext())
            blocks: list[Block] = answer_blocks(body)
            written = "".join("".join(one.cells) or one.text for one in blocks)
            assert letters(written) == letters(body), path
