"""Citations of all usual forms, dates and credits of all usual forms, languages: with their twins."""

from __future__ import annotations

from datetime import date

import pytest

from piamater.checks import CheckSettings, Page, check_page, page_from_text
from piamater.checks.rv.calendar_days import impossible
from piamater.checks.rv.dates import told_dates
from piamater.checks.rv.people import credits_of
from tests.checks.seeds import ON

WEB = (
    "<html lang='en'><head><title>Asthma</title></head><body><h1>Asthma</h1><p>{}</p>"
    "<h2>References</h2><ol><li id='a'>Smith J, Lee P. Asthma in adults. Lancet. 2020;1:2-3.</li>"
    "<li id='b'>World Health Organization. Asthma. 2021.</li>"
    "<li id='c'>Brown T. Inhalers. BMJ. 2019;3:4.</li></ol></body></html>"
)
CREDITS = (
    "Written by Jane Smith, nurse. Reviewed by Dr Ali Khan. Last reviewed: 12 March 2026. "
    "Next review due: 12 March 2028. Funding: none. Competing interests: none."
)


def rules_of(text: str, *select: str, name: str = "page.html", on: date = ON) -> list[str]:
    settings = CheckSettings(select=select or ("EV", "RV", "ST001", "ST002", "ST003", "ST004"),
                             today=on)  # fmt: skip
    return [one.rule for one in check_page(page_from_text(text, name, settings)).findings]


def web(said: str) -> Page:
    return page_from_text(WEB.format(said), "page.html")


def labels(page: Page) -> list[tuple[str, ...]]:
    return [one.labels for one in page.citations]


class TestMarks:
    @pytest.mark.parametrize(
        ("said", "wanted"),
        [
            ('It is long.<sup><a href="#a">1</a></sup> It is.', [("1",)]),
            ('It is long.<sup><a href="#">[1]</a></sup> It is.', [("1",)]),
            ('It is long.<a href="#a"><sup>1</sup></a> It is.', [("1",)]),
            ("It affects people<sup>1</sup>. It is.", [("1",)]),
            ("It is long.<sup>1,2</sup> It is.", [("1", "2")]),
            ("It is long.<sup>1-3</sup> It is.", [("1", "2", "3")]),
            ("It is long (1). It is bad (1, 2).", [("1",), ("1", "2")]),
            ("It is long. (1) It is bad. (2)", [("1",), ("2",)]),
            ("It is long [1, p. 4]. It is bad [2].", [("1",), ("2",)]),
            ("It is long (Smith et al., 2020). It is.", [("1",)]),
            ("It is long (WHO, 2021). Brown (2019) agrees.", [("2",), ("3",)]),
            ("It is long (Smith and Lee, 2020; Brown, 2019).", [("1", "3")]),
        ],
    )
    def test_usual_forms(self, said: str, wanted: list[tuple[str, ...]]) -> None:
        assert labels(web(said)) == wanted

    @pytest.mark.parametrize(
        "said",
        [
            "There were 10<sup>9</sup> cells per m<sup>2</sup>, and CO<sup>2</sup> rose.",
            "The women (12) and the men (3). It began (in March 2020).",
            "There are three types (2).",
            "The trial (Jones et al., 2020) is in no list.",
            "Call: 1. Wait. 2. Go. 3. Rest.",
            "There were 3 women (1) two men.",
            "Do this. (1) Call. (2) Wait.",
        ],
    )
    def test_figures_and_counts_are_none(self, said: str) -> None:
        assert labels(web(said)) == []

    def test_a_page_that_cites_by_raised_links_is_a_cited_page(self) -> None:
        said = (
            'Asthma is a long-term disease of the lungs.<sup><a href="#a">1</a></sup> Inhaled '
            'steroids prevent asthma attacks.<sup><a href="#b">2</a></sup> They also help children '
            'with asthma.<sup><a href="#c">3</a></sup>'
        )
        cited = WEB.format(said).replace("</body>", f"<p>{CREDITS}</p></body>")
        assert rules_of(cited) == []
        bare = cited.replace("<sup>", "<!--").replace("</sup>", "-->")
        assert {"EV001", "EV004"} <= set(rules_of(bare, "EV"))

    def test_footnotes_of_markdown_are_a_list(self) -> None:
        text = (
            "# Asthma\n\nInhalers help.[^1] Steroids prevent attacks.[^b]\n\n"
            "[^1]: NHS. Asthma. 2025.\n[^b]: NICE. Asthma. 2024.\n"
        )
        page = page_from_text(text)
        assert [one.label for one in page.entries] == ["1", "b"]
        assert labels(page) == [("1",), ("b",)]
        assert rules_of(text, "EV001", "EV002", "EV004", name="page.md") == []
        assert rules_of(text.replace(".[^b]", ".[^c]"), "EV002", name="page.md") == ["EV002"]

    def test_a_raised_link_beyond_the_list_leads_nowhere(self) -> None:
        said = 'It is long.<sup><a href="#z">9</a></sup> It is.<sup><a href="#a">1</a></sup>'
        assert rules_of(WEB.format(said), "EV002") == ["EV002"]
        assert rules_of(WEB.format(said.replace("#z", "#b")), "EV002") == []

    def test_a_list_that_nothing_cites_is_told_as_what_it_is(self) -> None:
        page = page_from_text(
            WEB.format("Inhaled steroids prevent asthma attacks in most people."), "page.html",
            CheckSettings(select=("EV001",), today=ON),
        )  # fmt: skip
        (one,) = check_page(page).findings
        assert (one.start, one.end, one.severity) == (0, 0, "info")
        assert "no citation mark was recognised" in one.message
        assert "none of the" not in one.message

    def test_numbered_steps_cite_nothing(self) -> None:
        text = "# Choking\n\nThe four steps are: 1. Call. 2. Wait. 4. Treat.\n"
        assert rules_of(text, "EV002", name="page.md") == []
        text = "# Asthma\n\nInhalers help.[1] Steroids help.[2]\n"
        assert rules_of(text, "EV002", name="page.md") == ["EV002"]


class TestAttribution:
    @pytest.mark.parametrize(
        ("said", "vague"),
        [
            ("Sleep studies show when you stop breathing.", False),
            ("Imaging studies show a mass.", False),
            ("Your doctor may say that studies show a shadow.", False),
            ("Studies show that steroids prevent attacks.", True),
            ("Many recent studies show that sleep prevents attacks.", True),
        ],
    )
    def test_tests_of_a_patient_are_no_studies(self, said: str, vague: bool) -> None:
        found = rules_of(f"# Asthma\n\n{said}\n", "EV013", name="page.md")
        assert found == ["EV013"] * vague


def dates(said: str, name: str = "page.md") -> dict[str, str]:
    settings = CheckSettings(today=ON)
    page = page_from_text(f"# Asthma\n\nIt is long.\n\n{said}\n", name, settings)
    return {what: one.iso for what, one in told_dates(page).items()}


class TestDates:
    @pytest.mark.parametrize(
        ("said", "wanted"),
        [
            ("শেষ পর্যালোচনা: ৫ মার্চ ২০২৬", {"reviewed": "2026-03-05"}),
            ("সর্বশেষ পর্যালোচনা: ৫ই মার্চ ২০২৬। পরবর্তী পর্যালোচনা: মার্চ ২০২৮",
             {"reviewed": "2026-03-05", "review_due": "2028-03"}),
            ("Date of review: 2026-02-01", {"reviewed": "2026-02-01"}),
            ("Date of review: 2026-02-01. Next review: 2028",
             {"reviewed": "2026-02-01", "review_due": "2028"}),
            ("Date of next review: May 2028", {"review_due": "2028-05"}),
            ("Date of review: May 2028", {"review_due": "2028-05"}),
            ("Issue date: March 2023. Review date: March 2026",
             {"published": "2023-03", "review_due": "2026-03"}),
            ("Review date: March 2026", {"reviewed": "2026-03"}),
            ("| Last reviewed | Next review |\n|---|---|\n| 3 May 2026 | 3 May 2028 |",
             {"reviewed": "2026-05-03", "review_due": "2028-05-03"}),
            ("Page last reviewed: 3 May 2026\nNext review due: 3 May 2028",
             {"reviewed": "2026-05-03", "review_due": "2028-05-03"}),
            ("Reviewed by: Dr J Park, consultant\nLast reviewed: 3 May 2026",
             {"reviewed": "2026-05-03"}),
            ("Reviewed by Dr J Park, March 2026", {"reviewed": "2026-03"}),
            ("Clinically reviewed by Dr J Park in March 2026", {"reviewed": "2026-03"}),
            ("Revisado por la Dra. Ana Ruiz, pediatra, el 5 de mayo de 2026.",
             {"reviewed": "2026-05-05"}),
            ("Fecha de revisión: mayo de 2026", {"reviewed": "2026-05"}),
            ("Próxima revisión: mayo de 2028", {"review_due": "2028-05"}),
            ("Issue date: 3 March 2026", {"published": "2026-03-03"}),
            ("Produced: March 2026", {"published": "2026-03"}),
            ("Last edited 4 May 2026", {"updated": "2026-05-04"}),
            ("Medically reviewed by Jane Doe, MD on May 3, 2026", {"reviewed": "2026-05-03"}),
            ("This page was last reviewed in May 2026. The next review is due in May 2028.",
             {"reviewed": "2026-05", "review_due": "2028-05"}),
            ("We will review this page in May 2028.", {"review_due": "2028-05"}),
            ("Publication date 05/2026, Review date 05/2029",
             {"published": "2026-05", "review_due": "2029-05"}),
            ("Reviewed and updated: 3 May 2026", {"reviewed": "2026-05-03"}),
            ("Version 3, May 2026", {"published": "2026-05"}),
            ("Revisado en mayo de 2026. Se revisará en mayo de 2028.",
             {"reviewed": "2026-05", "review_due": "2028-05"}),
            ("প্রকাশের তারিখ: ৩ মে ২০২৬", {"published": "2026-05-03"}),
        ],
    )  # fmt: skip
    def test_usual_forms(self, said: str, wanted: dict[str, str]) -> None:
        assert dates(said) == wanted

    @pytest.mark.parametrize(
        "said",
        [
            "Reviewed by Dr Ali Khan. In March 2020 the guideline changed.",
            "The trial was reviewed by Dr Park in March 2020.",
            "Produced 3 million vaccines in 2021.",
            "People who last reviewed their plan in March 2020 did well.",
            "The table | shows | 3 May 2026 |",
            "We will review this treatment with 20 people in 2028.",
            "Version 3 of the score was tried in 40 people in May 2019.",
            "Review 5 May things.",
            "| Trial | Published |\n|---|---|\n| One | 3 May 1991 |",
        ],
    )
    def test_other_dates_are_not_the_page_s(self, said: str) -> None:
        assert dates(said) == {}

    def test_a_next_review_behind_a_name_is_no_review(self) -> None:
        assert dates("Reviewed by Dr Ali Khan. Next review: May 2028") == {"review_due": "2028-05"}

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ("Next review: 31 February 2024", True),
            ("Last reviewed: 13/25/2024", True),
            ("Last reviewed: 2026-02-30", True),
            ("Last reviewed: February 30, 2025", True),
            ("Última revisión: 31 de abril de 2025", True),
            ("Last updated: 29 February 2024", False),
            ("Last reviewed: 25/12/2024", False),
            ("Last reviewed: 12/25/2024", False),
            ("Next review: February 2027", False),
        ],
    )
    def test_days_that_no_calendar_has(self, said: str, wrong: bool) -> None:
        text = f"# Asthma\n\nIt is long.\n\n{said}\n"
        page = page_from_text(text, "page.md", CheckSettings(today=ON))
        assert bool(list(impossible(page))) is wrong
        assert ("RV007" in rules_of(text, "RV007", name="page.md")) is wrong


class TestCredits:
    @pytest.mark.parametrize(
        ("said", "roles"),
        [
            ("Reviewed by C White.", {"reviewer"}),
            ("Content owner: Respiratory team", {"author"}),
            ("Autora: Lucía Pérez, enfermera. Revisado por la Dra. Ana Ruiz.",
             {"author", "reviewer"}),
            ("Author: Maria Lopez, writer. Medical reviewer: Dr Sam Green.", {"author", "reviewer"}),
            ("Written by: Tom Hill, nurse\nReviewed by: Dr Priya Shah", {"author", "reviewer"}),
            ("লেখক: রহিমা খাতুন, নার্স। পর্যালোচনা করেছেন: ডা. করিম আহমেদ।",
             {"author", "reviewer"}),
            ("Escrito por Ana Gil, enfermera, y revisado por el Dr. Juan Sanz.",
             {"author", "reviewer"}),
            ("Leaflet produced by the Respiratory team. Approved by Dr Ann Lee.",
             {"author", "reviewer"}),
            ("Mucus is produced by the lungs. Approved by the agency, it helps.", set()),
            ("Scans were made and reviewed by two readers.", set()),
            ("The content of the team is reviewed.", set()),
            ("The owner of a dog: feed it.", set()),
        ],
    )  # fmt: skip
    def test_usual_forms(self, said: str, roles: set[str]) -> None:
        page = page_from_text(f"# Asthma\n\nIt is long.\n\n{said}\n")
        assert {one.role for one in credits_of(page)} == roles

    def test_a_reviewer_with_an_initial_is_a_person(self) -> None:
        text = "# Asthma\n\nIt is long.\n\nReviewed by {}.\n"
        assert rules_of(text.format("C White"), "RV006", name="page.md") == []
        assert rules_of(text.format("our board"), "RV006", name="page.md") == ["RV006"]

    @pytest.mark.parametrize(
        ("said", "silent"),
        [("Interests: none declared.", True), ("Intereses: ninguno.", True),
         ("Your interests are ours.", False)],
    )  # fmt: skip
    def test_a_statement_of_interests(self, said: str, silent: bool) -> None:
        assert rules_of(f"# Asthma\n\nIt is long.\n\n{said}\n", "ST004", name="page.md") == (
            [] if silent else ["ST004"]
        )


EN = "Asthma is a long-term disease of the lungs and it is treated with inhalers every day."
ES = "El asma es una enfermedad de los pulmones que se trata con inhaladores todos los días."
BN = "হাঁপানি ফুসফুসের একটি দীর্ঘমেয়াদি রোগ।"


class TestLanguages:
    def body(self, said: str, language: str = "en") -> list[str]:
        text = f"<html lang='{language}'><body><h1>Asthma</h1>{said}</body></html>"
        settings = CheckSettings(select=("LG001",), today=ON)
        found = check_page(page_from_text(text, "page.html", settings)).findings
        return [one.quote or one.message for one in found]

    def test_a_switch_of_languages_marks_nothing_but_itself(self) -> None:
        switch = '<nav><a lang="es" href="/es">Español</a></nav>'
        assert self.body(f"{switch}<p>{EN}</p><p>{ES}</p>") == [ES]

    def test_what_is_marked_is_marked(self) -> None:
        assert self.body(f'<p>{EN}</p><div lang="es"><p>{ES}</p></div>') == []
        assert self.body(f'<p>{EN}</p><div lang="es"><p>{ES}</p></div><p>{BN}</p>') == [BN]
        assert self.body(f'<p>{EN}</p><p lang="bn">{ES}</p>') == [ES]

    def test_the_page_s_language_is_what_it_says(self) -> None:
        assert self.body(f"<p>{ES}</p><p>{EN}</p>", "es") == [EN]
        assert self.body(f"<p>{ES}</p><p>{EN}</p>", "en") == [ES]

    def test_a_page_that_says_a_language_that_it_is_not_in(self) -> None:
        (found,) = self.body(f"<p>{ES}</p><p>{ES}</p>")
        assert found.startswith("the page is in Spanish")
        assert self.body(f"<p>{ES}</p><p>{ES}</p>", "es") == []

    def test_names_do_not_make_a_page_spanish(self) -> None:
        text = (
            "# Asthma\n\nAsthma is a long-term disease of the lungs.\n\n"
            "Bangla: হাঁপানি. El Niño. Señor José Núñez lives in Málaga.\n"
        )
        assert rules_of(text, "LG001", name="page.md") == []
