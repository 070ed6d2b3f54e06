"""Search: finding passages, by one contract for every engine."""

from piamater.search.contract import Entry, Hit, Query, SearchIndex, Wording
from piamater.search.retrieve import Found, Retriever, build_query
from piamater.search.tantivy_index import TantivyIndex
from piamater.search.update import behind, bring_dense_up_to_date, bring_up_to_date

__all__ = [
    "Entry",
    "Found",
    "Hit",
    "Query",
    "Retriever",
    "SearchIndex",
    "TantivyIndex",
    "Wording",
    "behind",
    "bring_dense_up_to_date",
    "bring_up_to_date",
    "build_query",
]
