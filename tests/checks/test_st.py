"""Rules on structure and disclosure: what their examples cannot show."""

from __future__ import annotations

import pytest

from piamater.checks import CheckSettings, check_page, page_from_text
from tests.checks.seeds import ON, found


def rules_of(text: str, name: str = "page.md") -> list[str]:
    page = page_from_text(text, name, CheckSettings(select=("ST",), today=ON))
    quiet = ("ST001", "ST002", "ST003", "ST004")
    return [one.rule for one in check_page(page).findings if one.rule not in quiet]


@pytest.mark.parametrize(
    "words", ["click here", "Read more", "here", "More…", "haga clic aquí", "আরও পড়ুন", "এখানে"]
)
def test_links_that_say_nothing_in_three_languages(words: str) -> None:
    assert "ST005" in rules_of(f"# Fever\n\nOn ticks see [{words}](https://example.org/a).\n")


@pytest.mark.parametrize("words", ["treatment of fever", "more on ticks", "here be dragons"])
def test_links_that_say_where_they_lead(words: str) -> None:
    assert "ST005" not in rules_of(f"# Fever\n\nOn ticks see [{words}](https://example.org/a).\n")


def test_headings_below_are_a_list_that_was_announced() -> None:
    text = (
        "# Fever\n\n## Treatment\n\nThree treatments are used:\n\n### Rest\n\nRest.\n\n"
        "### Drugs\n\nDoxycycline.\n"
    )
    assert rules_of(text) == []


def test_two_lead_ins_in_a_row_are_not_an_empty_list() -> None:
    text = "# Fever\n\n## Signs\n\nCall 112 if any of these is there:\n\nThe signs are:\n\n- rash\n"
    assert rules_of(text) == []


def test_plain_text_has_no_headings_that_could_be_empty() -> None:
    text = "Wexford fever\n\nTools\n\nRead and save\n\nUse these tools to read the page, or print it.\n"
    assert "ST008" not in rules_of(text, "page.txt")


def test_a_teaser_of_another_page_may_stop_in_dots() -> None:
    text = (
        "# Wexford fever\n\nWexford fever is mild.\n\n## Related articles\n\n### Tick fever\n\n"
        "Tick fever is a mild fever that affects…\n"
    )
    assert "ST012" not in rules_of(text)


def test_headings_that_come_under_different_headings_are_not_the_same() -> None:
    text = (
        "# Fever\n\n## Adults\n\n### Doses by weight\n\nOne a day.\n\n## Children\n\n"
        "### Doses by weight\n\nHalf of it.\n"
    )
    assert "ST010" not in rules_of(text)


def test_a_title_in_other_words_is_on_topic() -> None:
    text = "# Cancer in the fluid around the brain\n\n" + "".join(
        f"Leptomeningeal metastases can give {one}.\n\n"
        for one in ("headache", "vomiting", "seizures", "confusion", "weakness", "back pain")
    )
    assert "ST016" not in rules_of(text)


@pytest.mark.parametrize("name", ["page.md", "page.html", "page.txt"])
@pytest.mark.parametrize(
    "text", ["x", "#", "...", "১. ২. ৩.", "[](", "<a href=''></a>", "# \n## \n"]
)
def test_nothing_breaks_a_rule(text: str, name: str) -> None:
    for group in ("RV", "ST", "TX"):
        settings = CheckSettings(select=(group,), today=ON)
        check_page(page_from_text(f"{text}\n\nWexford fever is mild and short.\n", name, settings))


class TestSeeds:
    @pytest.mark.parametrize("number", ["001", "002"])
    def test_takeaways_that_take_nothing_away(self, number: str) -> None:
        assert len(found(number, "ST011")) == 4

    def test_summaries_that_were_cut(self) -> None:
        assert found("001", "ST012") == ["providing...", "In...", "granul"]
        assert found("002", "ST012") == ["break...", "from..."]

    def test_a_related_link_that_is_not_related(self) -> None:
        assert found("002", "ST006") == ["Levator veli palatini muscle cancer"]
        assert found("001", "ST006") == []

    def test_prevention_is_announced_and_absent(self) -> None:
        assert found("001", "ST007") == ["prevention", "prevention"]

    def test_the_lede_stands_there_again(self) -> None:
        assert len(found("001", "ST013")) == 1
        assert len(found("002", "ST013")) == 2

    def test_lists_with_a_number_and_a_letter(self) -> None:
        assert len(found("001", "ST015")) == 2

    def test_boxes_that_come_twice(self) -> None:
        assert found("001", "ST010") == found("002", "ST010") == ["Avoid these mistakes"]

    def test_links_of_one_name_to_several_places(self) -> None:
        assert set(found("001", "ST005")) == {"Explore this library"}


ASTHMA = (
    "# Asthma\n\nAsthma is a long-term disease of the lungs. It makes the airways narrow, so that it "
    "is hard to breathe out. Inhalers open the airways, and a preventer inhaler with a steroid keeps "
    "them calm. Smoke, cold air and dust can set off an attack of asthma.\n\n## Related\n\n"
)
TUMOUR = (
    "A brain tumour is a growth of cells in the brain. It can cause headache and seizures.\n\n"
    "## Symptoms\n\n- headache\n- seizures\n- vomiting\n- weakness\n\n## Treatment\n\nSurgery takes "
    "out as much of the tumour as it can. Radiotherapy and chemotherapy may follow.\n"
)


@pytest.mark.parametrize("link", ["Tax rebates", "Broken leg", "Levator palpebrae muscle cancer"])
def test_links_that_are_not_related(link: str) -> None:
    assert "ST006" in rules_of(f"{ASTHMA}- {link}\n- Smoking\n")


@pytest.mark.parametrize(
    "link", ["Asthma in children", "Smoking", "Contact us", "Chronic bronchitis", "Pneumonia"]
)
def test_links_that_may_be_related(link: str) -> None:
    assert "ST006" not in rules_of(f"{ASTHMA}- {link}\n")


def test_a_title_of_something_else() -> None:
    assert "ST016" in rules_of(f"# Flu vaccines\n\n{TUMOUR}")
    assert "ST016" not in rules_of(f"# Brain tumour\n\n{TUMOUR}")
    assert "ST016" not in rules_of("# What are flu vaccines?\n\n" + TUMOUR)
    short = "Progressive supranuclear palsy"
    assert "ST016" not in rules_of(f"# {short}\n\nPSP can come with falls.\n\n{TUMOUR}")


def test_takeaways_that_are_the_headings() -> None:
    parts = "## Causes of fever\n\nA tick.\n\n## Symptoms of fever\n\nA rash.\n"
    empty = "# Fever\n\n## Key takeaways\n\n- Causes of fever\n- Symptoms of fever\n\n"
    full = "# Fever\n\n## Key takeaways\n\n- A tick causes it.\n- Causes of fever\n\n"
    assert rules_of(empty + parts).count("ST011") == 2
    assert "ST011" not in rules_of(full + parts)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The table below shows the doses.\n\nTake care.\n", True),
        ("Look at the picture above.\n", True),
        ("নিচের ছক দেখুন।\n", True),
        ("The table below shows the doses.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", False),
        ("The picture below shows it.\n\n![A tick](tick.png)\n", False),
        ("The table below shows how often.\n\nRash 20%\n\nFever 30%\n", False),
        ("Put it on the table. Below it stands the lamp.\n", False),
    ],
)
def test_a_table_or_a_picture_that_is_not_there(text: str, absent: bool) -> None:
    assert ("ST007" in rules_of(f"# Fever\n\n{text}")) is absent
