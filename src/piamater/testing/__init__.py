"""Conformance suites: what every back end must pass; inherit one and give it a back end.

class TestMyIndex(SearchIndexConformance):
    @pytest.fixture
    def index(self, tmp_path):
        return MyIndex(tmp_path)
"""

from piamater.testing.corpus_store import CorpusStoreConformance
from piamater.testing.search_index import SearchIndexConformance

__all__ = ["CorpusStoreConformance", "SearchIndexConformance"]
