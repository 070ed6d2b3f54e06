"""Exchange: how others read us. Machine forms, citations, structured data."""

from piamater.exchange.cite import CiteFormat, citation_text, cite_formats, csl_item
from piamater.exchange.exporters import EXPORTERS, Exporter, ExportReport, export
from piamater.exchange.shapes import guide_edition, guide_summary, source_record, source_summary
from piamater.exchange.structured import structured_data

__all__ = [
    "EXPORTERS",
    "CiteFormat",
    "ExportReport",
    "Exporter",
    "citation_text",
    "cite_formats",
    "csl_item",
    "export",
    "guide_edition",
    "guide_summary",
    "source_record",
    "source_summary",
    "structured_data",
]
