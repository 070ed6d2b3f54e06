"""Exchange: how others read us. Citations for reference managers and structured data for search."""

from piamater.exchange.cite import CiteFormat, citation_text, cite_formats, csl_item
from piamater.exchange.structured import structured_data

__all__ = ["CiteFormat", "citation_text", "cite_formats", "csl_item", "structured_data"]
