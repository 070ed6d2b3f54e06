"""Sources: how a file or a service becomes a Document, by readers and connectors."""

from piamater.sources.reader import MAX_BYTES, Original, Reader
from piamater.sources.record import Kind, Marker, Notice, NoticeKind, Reading, Record, Reference
from piamater.sources.registry import READERS_REVISION, read_original, readers
from piamater.sources.walk import Refusal, walk

__all__ = [
    "MAX_BYTES",
    "READERS_REVISION",
    "Kind",
    "Marker",
    "Notice",
    "NoticeKind",
    "Original",
    "Reader",
    "Reading",
    "Record",
    "Reference",
    "Refusal",
    "read_original",
    "readers",
    "walk",
]
