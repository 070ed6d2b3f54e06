"""The rules on consistency: parts, sides, the seeds' faults, and what must stay quiet."""

from __future__ import annotations

import pytest

from piamater.checks import CheckSettings, Page, check_library, check_page, open_page
from piamater.checks import page_from_text as opened
from piamater.checks.cn.parts import abstract, captions
from piamater.checks.cn.sides import sided
from piamater.checks.cn.statements import alike, statements
from tests.conftest import shared_folder

ALL = CheckSettings(select=("CN",))


def page(text: str, name: str = "page.md") -> Page:
    return opened(text, name, ALL)


def found(text: str) -> list[str]:
    return [one.rule for one in check_page(page(text)).findings]


def seed(number: str) -> Page:
    folder = shared_folder()
    files = sorted((folder / "seeds").glob(f"{number}_*.txt")) if folder else []
    if not files:
        pytest.skip("the seed pages are not here")
    return open_page(files[0], ALL)[0]


def test_an_abstract_is_told_from_its_body() -> None:
    whole = page(
        "# Fever: a case report\n\n## Abstract\n\nA fever was seen in one man.\n\n"
        "## Case report\n\nThe man was 40 years old and had a fever for three days.\n"
    )
    head, body = abstract(whole)
    assert [whole.said(one) for one in head] == ["A fever was seen in one man."]
    assert len(body) == 1


def test_an_abstract_in_parts_ends_where_the_text_begins() -> None:
    parts = (
        "## Introduction\n\nIt is rare.\n\n## Case report\n\n{}\n\n## Conclusion\n\nIt heals.\n\n"
    )
    whole = page(
        "# Fever: a case report\n\n## Abstract\n\n" + parts.format("A man had a fever.")
        + parts.format("The man had a fever of 39 degrees for a week.")
    )  # fmt: skip
    head, body = abstract(whole)
    assert len(head) == len(body) == 3


def test_no_abstract_no_parts() -> None:
    assert abstract(page("# Fever\n\nIt is hot.\n")) == ([], [])


def test_captions_by_number() -> None:
    assert captions(page("# Fever\n\nFigure 2. MRI of the neck.\n"))[2].startswith("Figure 2")


@pytest.mark.parametrize(
    ("text", "language", "sides"),
    [
        ("the right median and both peroneal nerves", "en", ["right", "both"]),
        ("what was left after both of these", "en", []),
        ("nervio mediano derecho", "es", ["right"]),
        ("বাম কানে ব্যথা", "bn", ["left"]),
    ],
)
def test_sides(text: str, language: str, sides: list[str]) -> None:
    assert [one.side for one in sided(text, language)] == sides


def test_alike_sentences_meet() -> None:
    text = "# F\n\nDoxycycline cures the fever within two weeks in adults.\n\n" + "".join(
        f"Sentence number {word} speaks of {word} matters alone.\n\n"
        for word in ("apples", "winter", "rivers", "stones")
    )
    again = text + "Doxycycline cures the fever within two weeks in most adults.\n"
    assert not list(alike(statements(page(text)), 0.8, 5))
    assert len(list(alike(statements(page(again)), 0.8, 5))) == 1


@pytest.mark.parametrize(
    "text",
    [
        # two groups, two figures
        "# F\n\n## Summary\n\nOf women with breast cancer, 20% had pain.\n\n## Pain\n\n"
        "Of women with lung cancer, 35% had pain.\n",
        # stages
        "# F\n\n## Summary\n\nIn stage II disease 80% of patients survive.\n\n## Outlook\n\n"
        "In stage III disease 60% of patients survive.\n",
        # another person is he
        "# F: a case report\n\n## Case report\n\nA 30-year-old woman had a fever. Her brother was "
        "well; he had no fever. She recovered.\n",
        # an announced minimum
        "# F\n\nYou need at least two of these signs:\n\n- fever\n- rash\n- cough\n",
        # two diseases
        "# F\n\nThrombocytosis is too many platelets. Thrombosis is a clot. Thrombosis is common.\n",
        # types in subsections
        "# F\n\n## Types of fever\n\nIt differs.\n\n### Mild fever\n\nIt is mild.\n\n"
        "### High fever\n\nIt is high.\n",
        # a question and its answer
        "# F\n\nDoes the fever spread from person to person through coughing?\n\n"
        "The fever does not spread from person to person through coughing.\n",
    ],
)
def test_false_friends_stay_quiet(text: str) -> None:
    assert not found(text)


def test_the_seed_whose_abstract_contradicts_its_case() -> None:
    told = check_page(seed("004")).findings
    sides = {one.quote for one in told if one.rule == "CN001"}
    assert sides == {"bilateral facial", "left peroneal"}
    assert any(one.rule == "CN003" for one in told)
    names = {one.quote for one in told if one.rule == "CN006"}
    assert names == {"myelomonoblastic", "Neuroleukemia"}


def test_the_seed_with_two_names() -> None:
    assert [one.quote for one in check_page(seed("000")).findings] == ["melanocytosis"]


def test_the_seed_that_announces_types() -> None:
    assert "CN010" in [one.rule for one in check_page(seed("002")).findings]


def test_two_seeds_with_one_topic_under_two_names() -> None:
    results = check_library([seed("002"), seed("003")])
    assert [one.rule for result in results for one in result.findings] == ["CN013"]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Leptomeningeal metastases develop in 5% of people with cancer.",
         "About 20% of people with cancer develop leptomeningeal metastases.", True),
        ("Leptomeningeal metastases develop in 5 to 10% of people with cancer.",
         "About 5% of people with cancer develop leptomeningeal metastases.", True),
        ("Leptomeningeal metastases develop in 5% of people with cancer.",
         "About 5% of people with cancer develop leptomeningeal metastases.", False),
        ("Leptomeningeal metastases develop in 5% of people with cancer.",
         "About 20% of children with cancer develop leptomeningeal metastases.", False),
        ("Leptomeningeal metastases develop in 5% of people with cancer.",
         "About 20% of people with leptomeningeal metastases survive a year.", False),
    ],
)  # fmt: skip
def test_figures_between_pages(one: str, other: str, told: bool) -> None:
    results = check_library([page(f"# A\n\n{one}\n", "a.md"), page(f"# B\n\n{other}\n", "b.md")])
    assert told == any(each.rule == "CN012" for result in results for each in result.findings)


class TestOutcome:
    @staticmethod
    def case(abstract: str, case: str, title: str = "Wexford fever: a case report") -> list[str]:
        text = f"# {title}\n\n## Abstract\n\n{abstract}\n\n## Case report\n\n{case}\n"
        settings = CheckSettings(select=("CN016",))
        return [one.quote for one in check_page(opened(text, "page.md", settings)).findings]

    @pytest.mark.parametrize(
        "end",
        [
            "She was well at a follow-up of 3 months. She died two years later.",
            "She was discharged home. She died of a stroke two years later.",
            "Her father died of the same disease. She is alive.",
            "She would have died without it. She remains well.",
            "The other patients died. She was discharged home.",
        ],
    )
    def test_what_can_both_be_true(self, end: str) -> None:
        assert not self.case(f"A 34-year-old woman had a fever. {end}", f"She had a fever. {end}")

    def test_a_state_of_some_day_and_a_later_death(self) -> None:
        head = "A 34-year-old woman had a fever. She was well at follow-up."
        assert not self.case(head, "A 34-year-old woman had a fever. She died two years later.")
        head = "A 34-year-old woman had a fever. She is well."
        assert self.case(head, "A 34-year-old woman had a fever. She died two years later.")

    def test_a_title_that_calls_it_fatal(self) -> None:
        lives = "A 34-year-old woman had a fever. She was discharged home."
        assert self.case(lives, lives, "A fatal case of Wexford fever: case report")
        assert not self.case(lives, lives, "A near-fatal case of Wexford fever: case report")

    def test_two_patients_may_fare_differently(self) -> None:
        text = "Case 1 had a fever. She died on day 9. Case 2 was a boy. He was discharged home."
        assert not self.case(text, text)


class TestTable:
    TABLE = (
        "| Symptom | Children (%) | Adults (%) |\n|---|---|---|\n| Headache | 35 | 60 |\n"
        "| Rash | 12 (80) | 20 |\n\n"
    )

    def told(self, said: str) -> bool:
        text = f"# Wexford fever\n\n{self.TABLE}{said}\n"
        settings = CheckSettings(select=("CN017",))
        return bool(check_page(opened(text, "page.md", settings)).findings)

    @pytest.mark.parametrize(
        "said",
        [
            "Headache is seen in 35% of children.",
            "Headache is seen in a third (34.6%) of children.",
            "Rash is seen in 80% of children.",
            "Rash is seen in up to 90% of children.",
            "Rash is seen in 50% of infants.",
            "Rash and headache are seen in 50% of children.",
            "Rash is seen in 50% of children and adults.",
            "Rash is seen in 50% of children with measles.",
            "Rash is seen in 50% of children and in 20% of adults.",
        ],
    )
    def test_what_the_table_does_not_speak_against(self, said: str) -> None:
        assert not self.told(said)

    @pytest.mark.parametrize(
        "said", ["Rash is seen in 8% of children.", "In adults, headache comes in one in four."]
    )
    def test_another_figure_than_the_cell(self, said: str) -> None:
        assert self.told(said)


class TestDefinitions:
    def told(self, first: str, second: str, heading: str = "More") -> bool:
        text = f"# Wexford fever\n\n## About\n\n{first}\n\n## {heading}\n\n{second}\n"
        settings = CheckSettings(select=("CN018",))
        return bool(check_page(opened(text, "page.md", settings)).findings)

    @pytest.mark.parametrize(
        "second",
        [
            "Chronic Wexford fever is not contagious.",
            "Wexford fever is not contagious after the first week, but it is before.",
            "Wexford fever is usually not contagious.",
            "Wexford fever is not contagious when the rash has gone.",
            "Is Wexford fever not contagious?",
            "It is not contagious.",
            "Wexford fever is not dangerous to most people.",
            "Wexford fever is infectious.",
        ],
    )
    def test_what_is_no_contrary(self, second: str) -> None:
        assert not self.told("Wexford fever is a contagious disease.", second)

    def test_a_myth_may_say_the_contrary(self) -> None:
        first, second = "Wexford fever is curable.", "Wexford fever is incurable."
        assert self.told(first, second)
        assert not self.told(first, second, "Myths about it")
