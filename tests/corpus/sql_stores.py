from __future__ import annotations

from piamater.corpus.rows import record_from_json
from piamater.corpus.sql_store import SqlCorpus
from piamater.testing.corpus_store import deposit, reading


class SqlStores:
    """What the two stores that keep tables promise of those."""

    def test_a_former_record_is_kept_aside(self, store: SqlCorpus) -> None:
        for title in ("First", "Second", "Third"):
            store.deposit([deposit(reading(title=title))])
        kept = list(store._run("SELECT source, version, record FROM former_records"))
        assert [record_from_json(record).title for *_, record in kept] == ["First", "Second"]
        assert {(source, version) for source, version, _ in kept} == {
            ("pmid:1", store.version("pmid:1").version)
        }

    def test_no_row_of_a_renewed_version_stays(self, store: SqlCorpus) -> None:
        store.deposit([deposit(reading(title=title)) for title in ("First", "Second")])
        store.deposit([deposit(reading(title="Third"))])
        document = reading().document
        for table, rows in (("sections", document.sections), ("passages", document.passages)):
            assert list(store._run(f"SELECT count(*) FROM {table}")) == [(len(rows),)]

    def test_a_text_is_kept_once(self, store: SqlCorpus) -> None:
        store.deposit([deposit(reading(source=f"pmid:{n}")) for n in range(3)])
        assert list(store._run("SELECT count(*) FROM texts")) == [(1,)]
