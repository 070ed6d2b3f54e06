"""The evidence rules: what their examples cannot show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from piamater.checks import CheckSettings, Page, check_library, check_page, page_from_text
from piamater.checks.bibliography import known_work, source_named
from piamater.checks.ev.addresses import read_address
from piamater.checks.ev.cover import cites_by_name, covered
from piamater.checks.ev.papers import is_paper
from piamater.checks.ev.support import disagreement, supports
from piamater.checks.opening import open_page, page_from_answer, page_from_guide
from piamater.corpus import Library
from piamater.search import TantivyIndex, bring_up_to_date
from piamater.sources import Kind, Notice, NoticeKind
from piamater.testing.corpus_store import deposit, reading
from piamater.vocabulary import Vocabulary
from tests.checks.clean import guides

DENIES = re.compile(r"\b(?:no|not|never|without|cannot|nor|neither|none)\b", re.IGNORECASE)
LIST = "\n\n## References\n\n"


def seeds() -> Path | None:
    for parent in Path(__file__).resolve().parents:
        if (parent / "shared" / "seeds").is_dir():
            return parent / "shared" / "seeds"
    return None


def seed(number: str) -> Page:
    folder = seeds()
    if folder is None:
        pytest.skip("the seed pages are not here")
    return open_page(next(folder.glob(f"{number}_*.txt")))[0]


def page(body: str, *entries: str, title: str = "Bacterial meningitis") -> Page:
    listed = "\n".join(f"{number}. {one}" for number, one in enumerate(entries, 1))
    return page_from_text(f"# {title}\n\n{body}" + (f"{LIST}{listed}\n" if entries else "\n"))


def found(one: Page, *rules: str) -> list[tuple[str, str, str]]:
    """Rule, severity and quote of the findings."""
    settings = replace(one.settings, select=rules or ("EV",))
    findings = check_page(replace(one, settings=settings)).findings
    return [(each.rule, each.severity, each.quote) for each in findings]


def quoting(said: str, quote: str, number: int) -> Page:
    """An answer of one statement with its quote."""
    statement = {"text": said, "citations": [{"number": 1, "quote": quote}]}
    form = {
        "question": f"Question {number}?",
        "language": "en",
        "sections": [{"heading": "Answer", "statements": [statement]}],
        "gaps": [],
        "references": [{"number": 1, "title": "A work", "url": "", "source": "pmid:1"}],
        "notice": "",
        "review": {"state": "submitted", "on": "", "next_due": ""},
    }
    return page_from_answer(form)


def ids(one: Page, *rules: str) -> set[str]:
    return {rule for rule, _, _ in found(one, *rules)}


class TestClaims:
    def test_the_marker_of_a_paragraph_speaks_for_the_sentences_before_it(self) -> None:
        one = page(
            "Dexamethasone reduces deaths in meningitis. It lowers the risk of hearing loss.[1]\n\n"
            "Penicillin cures most people with meningitis in hospital.",
            "Archer B. Steroids. 2024.",
        )
        assert [quote for _, _, quote in found(one, "EV001")] == [
            "Penicillin cures most people with meningitis in hospital."
        ]

    def test_the_lead_of_a_list_speaks_for_its_items(self) -> None:
        one = page(
            "Meningitis can cause these in 10% of people:[1]\n\n"
            "- seizures in 5% of all children with it\n- hearing loss in 10% of all adults with it",
            "Archer B. Outlook. 2024.",
        )
        assert not found(one, "EV001")
        assert len(covered(one)) >= 3

    def test_a_case_tells_its_own_story(self) -> None:
        assert not [quote for _, _, quote in found(seed("004"), "EV001") if "34-year-old" in quote]

    def test_a_page_that_cites_by_name_and_year_cites(self) -> None:
        one = page(
            "Dexamethasone reduces deaths (Archer et al., 2019). Hearing loss is rarer (Moss and "
            "Lee, 2020). Rash is common (Quimby, 2021). Seizures are caused by it (Lee 2018).",
            "Archer B. Steroids. 2019.",
            "Moss K, Lee P. Hearing. 2020.",
            "Quimby Z. Rash. 2021.",
        )
        assert cites_by_name(one)
        assert not found(one, "EV001", "EV004")


class TestCitations:
    def test_a_seed_that_cites_and_lists_nothing(self) -> None:
        assert ids(seed("000"), "EV002", "EV003") == {"EV002", "EV003"}
        assert ids(seed("004"), "EV002", "EV003") == {"EV002"}

    def test_a_range_in_a_table_is_no_citation(self) -> None:
        one = page(
            "Fever is common.[1]\n\n| Measure | Median [range] |\n|---|---|\n| Age | 45 [26, 58] |",
            "Archer B. Fever. 2024.",
        )
        assert not found(one, "EV002")

    def test_a_label_beyond_the_list_is_an_error(self) -> None:
        one = page("Fever is common.[1] It is high.[7]", "Archer B. Fever. 2024.")
        assert found(one, "EV002") == [("EV002", "error", "[7]")]

    def test_the_seeds_lists_are_cited_nowhere(self) -> None:
        for number in ("001", "002"):
            assert ("EV004", "warning") in {each[:2] for each in found(seed(number), "EV004")}


class TestReferences:
    def test_the_seeds_list_skin_disease_under_the_nervous_system(self) -> None:
        quotes = {quote for _, _, quote in found(seed("002"), "EV005")}
        assert "https://www.skincancer.org/" in quotes
        assert "https://www.psoriasis.org/about-psoriasis/" in quotes
        assert not any("brain-tumor" in one or "pubmed" in one for one in quotes)

    def test_a_field_that_the_page_treats_is_its_own(self) -> None:
        reference = "https://www.aad.org/about/burden-of-skin-disease"
        body = "\n\n".join(f"The skin rash of meningitis has sign {n}.[1]" for n in "abcdef")
        assert not found(page(body, reference), "EV005")
        assert ids(page("It is an emergency.[1]", reference), "EV005")
        assert not found(page("It itches.[1]", reference, title="Skin cancer"), "EV005")

    def test_the_hospital_that_wrote_it_is_not_what_it_is_about(self) -> None:
        one = page(
            "Spinal cord compression is an emergency.[1]",
            "Royal National Orthopaedic Hospital. Spinal cord compression. "
            "https://www.rnoh.nhs.uk/services/spinal-cord-compression",
            title="Leg weakness",
        )
        assert not found(one, "EV005")

    def test_duplicates_of_the_seeds(self) -> None:
        quotes = [quote for _, _, quote in found(seed("001"), "EV006")]
        assert quotes == [
            "https://en.wikipedia.org/?title=List_of_skin_diseases&redirect=no",
            "https://www.nibib.nih.gov/",
            "https://www.nichd.nih.gov/",
            "https://beta.rarediseases.info.nih.gov/diseases",
        ]

    def test_the_same_label_in_two_lists_is_no_duplicate(self) -> None:
        one = page_from_text(
            "# Meningitis\n\n## Signs\n\nFever is common.[1]\n\n### References\n\n1. Archer B. Fever "
            "in meningitis and after. BMJ 2024.\n\n## Care\n\nRest helps.[1]\n\n### References\n\n"
            "1. Archer B. Fever in meningitis and after. BMJ 2024.\n"
        )
        assert {each.list for each in one.entries} == {0, 1}
        assert not found(one, "EV006")

    @pytest.mark.parametrize(
        ("url", "leads_to"),
        [
            ("https://oxfordtreatment.com/", "the home page of a site"),
            ("https://www.niehs.nih.gov", "the home page of a site"),
            ("https://www.who.int/es/", "the home page of a site"),
            ("https://books.google.com/books?", "a cut-off address"),
            ("https://consumer.ftc.gov/articles/w", "a cut-off address"),
            ("https://pubmed.ncbi.nlm.nih.gov/?term=meningitis", "a search page"),
            ("https://www.nia.nih.gov/health/topics", "a list of pages"),
            ("https://www.nhs.uk/conditions/meningitis/", ""),
            ("https://www.ncbi.nlm.nih.gov/books/NBK532297/", ""),
            ("https://example.org/?p=12", ""),
        ],
    )
    def test_where_an_address_leads(self, url: str, leads_to: str) -> None:
        address = read_address(url)
        assert address is not None
        assert address.leads_to == leads_to

    @pytest.mark.parametrize(
        "url", ["", "ftp://x.org/a", "https://[::1", "https://localhost/a", "x"]
    )
    def test_what_is_no_address_of_the_web(self, url: str) -> None:
        assert read_address(url) is None

    def test_an_identifier_is_enough_to_find_a_work(self) -> None:
        one = page(
            "Fever is common.[1]", "Archer B. Fever in children. https://doi.org/10.1000/182"
        )
        assert not found(one, "EV007", "EV009", "EV014")

    def test_a_home_page_under_a_title_is_told_mildly(self) -> None:
        one = page(
            "Fever is common.[1]", "WHO. Guide to meningitis control. 2024. https://who.int/"
        )
        assert found(one, "EV007") == [("EV007", "info", "https://who.int/")]

    def test_a_retraction_that_the_text_speaks_of(self) -> None:
        entry = "RETRACTED: Archer B. Cures for fever in a week. Lancet 2021."
        assert ids(page("Garlic cures fever.[1]", entry), "EV010")
        told = page("The study that praised garlic was retracted.[1]", entry)
        assert not found(told, "EV010")

    def test_old_evidence_may_be_allowed_for(self) -> None:
        entries = [f"Archer B. Fever, part {n}. Lancet 201{n}." for n in (1, 2, 3)]
        one = page("Fever is common.[1,2,3]", *entries)
        assert ids(one, "EV012")
        patient = CheckSettings(select=("EV012",), options={"EV012": {"years": 30}})
        assert not check_page(replace(one, settings=patient)).findings

    def test_a_paper_is_as_old_as_it_is(self) -> None:
        entries = [f"Archer B. Fever, part {n}. Lancet 198{n}." for n in (1, 2, 3)]
        one = page("## Methods\n\nWe asked.[1]\n\n## Results\n\nThey told.[2,3]", *entries)
        assert is_paper(one)
        assert not found(one, "EV012")


class TestAttribution:
    @pytest.mark.parametrize(
        "said",
        [
            "The studies have shown that steroids help in meningitis.",
            "If clinical trials show that a treatment of meningitis is better, it is used.",
            "Studies have shown in 2021 that steroids help in meningitis.",
            "A Cochrane review found that steroids help in meningitis.",
        ],
    )
    def test_named_and_supposed_studies_are_left_alone(self, said: str) -> None:
        assert not found(page(said), "EV013")

    def test_a_listed_source_is_a_name(self) -> None:
        said = "Several studies have shown that steroids help in meningitis.[1]"
        assert not found(page(said, "Archer B. Steroids in meningitis. 2024."), "EV013")
        assert found(page(said), "EV013")

    def test_the_seeds_three(self) -> None:
        quotes = [quote for _, _, quote in found(seed("000"), "EV013")]
        assert quotes == [
            "as reported in various studies",
            "as emphasized in recent guidelines",
            "as highlighted in the most recent study",
        ]


class TestQuotes:
    def test_the_starter_guides_agree_with_their_quotes(self) -> None:
        for versions in guides().values():
            for guide in versions.values():
                assert not found(page_from_guide(guide), "EV010", "EV011")

    def test_planted_denials_and_figures_in_guides_are_found(self) -> None:
        planted = caught = 0
        for versions in guides().values():
            one = page_from_guide(versions["en"])
            for number, entry in enumerate(one.entries):
                for old, new in (
                    (" is ", " is not "),
                    (" can ", " cannot "),
                    (" are ", " are not "),
                ):
                    if entry.quote.count(old) == 1 and not DENIES.search(entry.quote):
                        planted += 1
                        entries = (replace(entry, label="x"),)
                        said = entry.quote.replace(old, new)
                        caught += bool(found(quoting(said, entries[0].quote, number), "EV011"))
                if figure := re.search(r"\b\d\d%", entry.quote):
                    planted += 1
                    said = entry.quote.replace(figure[0], "97%" if figure[0] != "97%" else "13%")
                    caught += bool(found(quoting(said, entry.quote, number), "EV011"))
        assert planted > 200
        assert caught >= 0.95 * planted, f"{caught} of {planted}"

    @pytest.mark.parametrize(
        ("sentence", "quote"),
        [
            ("Steroids are not recommended in viral meningitis.",
             "Steroids are recommended in viral meningitis."),
            ("Doxycycline raises the risk of bleeding in older people.",
             "Doxycycline lowers the risk of bleeding in older people."),
            ("No se recomienda la dexametasona en la meningitis viral.",
             "Se recomienda la dexametasona en la meningitis viral."),
            ("ডেক্সামেথাসন শিশুদের মেনিনজাইটিসে দেওয়া হয় না।",
             "ডেক্সামেথাসন শিশুদের মেনিনজাইটিসে দেওয়া হয়।"),
            ("Tumours of the left side are common.", "Tumours of the right side are common."),
        ],
    )  # fmt: skip
    def test_the_contrary_of_a_quote(self, sentence: str, quote: str) -> None:
        assert disagreement(sentence, quote)
        assert supports(sentence, quote) != "supports" or "ডে" in sentence

    @pytest.mark.parametrize(
        ("sentence", "quote"),
        [
            ("Studies of MRI lacked a gold standard.", "The study of MRI had no gold standard."),
            ("Do not puncture with spreading purpura.",
             "Lumbar puncture is not done with spreading purpura."),
            ("Doses ranged from 3 to 7 mg/kg; this is no dosing advice.",
             "Doses of infliximab ranged from 3 to 7 mg/kg."),
            ("La meningitis bacteriana es una urgencia.", "Bacterial meningitis is an emergency."),
        ],
    )  # fmt: skip
    def test_other_words_for_the_same_are_no_disagreement(self, sentence: str, quote: str) -> None:
        assert not disagreement(sentence, quote)

    def test_support_tells_what_has_nothing_in_common(self) -> None:
        assert supports("Sleep matters for shift workers.", "Gold is a metal.") == "unrelated"


class TestLibrary:
    @pytest.fixture
    def library(self, tmp_path: Path) -> Iterator[Library]:
        library = Library.create(tmp_path / "library")
        fallen = Notice(NoticeKind.RETRACTION, "doi:10.1000/99", "2025-01-01")
        text = "Dexamethasone lowers deaths from 30% to 20% in adults with meningitis. " * 60
        with library.writing():
            library.corpus.deposit(
                [
                    deposit(reading(text, "pmid:77", "Steroids in adults with meningitis")),
                    deposit(reading("A notice.", "pmid:78", "A notice", (fallen,)), "/in/b", "b"),
                ]
            )
        yield library
        library.corpus.close()

    def with_library(self, one: Page, library: Library) -> Page:
        return replace(one, library=library)

    def test_a_work_known_by_its_retraction_alone(self, library: Library) -> None:
        one = page("Garlic helps.[1]", "Moss K. Garlic in fever. https://doi.org/10.1000/99")
        assert found(self.with_library(one, library), "EV010")[0][:2] == ("EV010", "error")
        assert not found(one, "EV010")

    def test_a_record_of_the_library_shows_a_wrong_identifier(self, library: Library) -> None:
        one = page("It works.[1]", "Quimby Z. Yellow fever vaccines in ports. 1998. PMID: 77")
        right = page("It works.[1]", "Lee P. Steroids in adults with meningitis. 1998. PMID: 77")
        one = replace(one, entries=tuple(replace(e, pmid="77") for e in one.entries))
        right = replace(right, entries=tuple(replace(e, pmid="77") for e in right.entries))
        assert ids(self.with_library(one, library), "EV015") == {"EV015"}
        assert not found(self.with_library(right, library), "EV015")
        assert source_named(library, "pmid:77") == "pmid:77"
        assert known_work(self.with_library(one, library), "pmid:1") is None

    def test_a_figure_that_the_cited_text_nowhere_has(self, library: Library) -> None:
        for said, wrong in (("Deaths fall to 20% with it.[1]", False),
                            ("Deaths fall to 12% with it.[1]", True)):  # fmt: skip
            one = page(said, "Lee P. Steroids in adults with meningitis. 1998. PMID: 77")
            one = replace(one, entries=tuple(replace(e, pmid="77") for e in one.entries))
            assert bool(found(self.with_library(one, library), "EV011")) is wrong


@pytest.mark.parametrize(
    "text",
    [
        "# x\n\ny\n",
        "১২৩ [১]\n",
        "[1]\n[2]\n[3]",
        "# A\n\n## References\n\n1. \n2. \n3. x\n",
        "\u200b# \n\nა",
    ],
)
def test_no_rule_crashes(text: str) -> None:
    found(page_from_text(text))


CONTRARIES = [
    ("Dexamethasone is recommended for bacterial meningitis.",
     "Dexamethasone is not recommended for bacterial meningitis."),
    ("Dexamethasone should be given for bacterial meningitis.",
     "Dexamethasone should be avoided for bacterial meningitis."),
    ("Dexamethasone reduces deaths from bacterial meningitis in Europe.",
     "Dexamethasone increases deaths from bacterial meningitis in Europe."),
    ("Methotrexate prevents seizures from meningitis in hospitals.",
     "Methotrexate does not prevent seizures from meningitis in hospitals."),
    ("Lumbar puncture is contraindicated for headache with fever.",
     "Lumbar puncture is indicated for headache with fever."),
    ("La dexametasona se recomienda para la meningitis bacteriana.",
     "La dexametasona no se recomienda para la meningitis bacteriana."),
]  # fmt: skip
AGREEING = [
    ("Dexamethasone is recommended for bacterial meningitis.",
     "Dexamethasone is not recommended for viral meningitis."),
    ("Dexamethasone is recommended for bacterial meningitis.",
     "Dexamethasone is not recommended for bacterial meningitis in children."),
    ("Dexamethasone is recommended for bacterial meningitis.",
     "Dexamethasone may not be recommended for bacterial meningitis."),
    ("Dexamethasone reduces deaths from bacterial meningitis.",
     "Infliximab increases deaths from bacterial meningitis."),
    ("Dexamethasone reduces deaths from bacterial meningitis.",
     "Dexamethasone reduces early deaths from bacterial meningitis."),
    ("Dexamethasone reduces deaths from bacterial meningitis.",
     "It is not known whether dexamethasone reduces deaths from bacterial meningitis."),
]  # fmt: skip


class TestNewerEvidence:
    """EV017, between pages checked together and against a library."""

    def dated(self, said: str, day: str, kind: str = "guideline") -> Page:
        front = f"---\ntitle: Steroids in meningitis\nkind: {kind}\npublished: {day}\n---\n"
        return page_from_text(
            f"{front}# Steroids in meningitis\n\n{said}\n",
            f"{day}.md",
            CheckSettings(select=("EV017",)),
        )

    def told(self, *pages: Page) -> list[tuple[str, str]]:
        results = check_library(pages)
        return [(one.page.name, each.quote) for one in results for each in one.findings]

    @pytest.mark.parametrize("turned", [False, True])
    @pytest.mark.parametrize("pair", CONTRARIES)
    def test_a_newer_page_says_the_contrary(self, pair: tuple[str, str], turned: bool) -> None:
        old, new = pair[::-1] if turned else pair
        assert self.told(self.dated(old, "2015"), self.dated(new, "2024")) == [("2015.md", old)]

    @pytest.mark.parametrize("pair", AGREEING)
    def test_what_is_no_contrary_for_certain(self, pair: tuple[str, str]) -> None:
        assert not self.told(self.dated(pair[0], "2015"), self.dated(pair[1], "2024"))

    def test_what_is_weaker_or_of_the_same_year_does_not_count(self) -> None:
        old, new = CONTRARIES[0]
        claim = self.dated(old, "2015")
        assert not self.told(claim, self.dated(new, "2024", "case-report"))
        assert not self.told(claim, self.dated(new, "2015-06"))
        assert self.told(self.dated(old, "2015", "case-report"), self.dated(new, "2024"))

    def test_a_claim_is_as_new_as_what_it_cites(self) -> None:
        old, new = CONTRARIES[0]
        cited = f"{old[:-1]}.[1]\n\n## References\n\n1. Archer B. Steroids in meningitis. {{}}."
        newer = self.dated(new, "2024")
        assert self.told(self.dated(cited.format(2012), "2015"), newer)
        assert not self.told(self.dated(cited.format(2025), "2015"), newer)

    @pytest.mark.parametrize("indexed", [True, False])
    def test_a_passage_of_the_library_says_the_contrary(
        self, indexed: bool, tmp_path: Path
    ) -> None:
        old, new = CONTRARIES[0]
        known = reading(new, "pmid:77", "Steroids in meningitis")
        record = replace(known.record, kind=Kind.GUIDELINE, published="2024-05")
        library = Library.create(tmp_path / "library")
        with library.writing():
            library.corpus.deposit([deposit(replace(known, record=record))])
            if indexed:
                vocabulary = Vocabulary.load(library.vocabulary_folder)
                index = TantivyIndex(library.index_folder, vocabulary.fingerprint)
                bring_up_to_date(library, index, vocabulary)
                index.close()
        page = replace(self.dated(old, "2015"), library=library)
        findings = check_page(page).findings
        assert [one.quote for one in findings] == ([old] if indexed else [])
        if indexed:
            assert f"“{new}” (Steroids in meningitis, pmid:77, 2024-05)" in findings[0].message
        assert not check_page(replace(self.dated(old, "2025"), library=library)).findings
        library.corpus.close()
