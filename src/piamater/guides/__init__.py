"""Guides: reviewed topics as typed blocks, in several languages and views, and their editions."""

from piamater.guides.differences import BlockChange, Change, differences
from piamater.guides.editions import Edition, EditionStore, Evidence
from piamater.guides.figures import Figure, figures
from piamater.guides.folder import GuideFolder, GuideSet
from piamater.guides.kinds import BlockKind, block_kinds, treatment_categories
from piamater.guides.lint import Finding, lint_guide
from piamater.guides.model import (
    LANGUAGES,
    Audience,
    Block,
    Cite,
    Guide,
    GuideType,
    Part,
    Statement,
)
from piamater.guides.parse import parse_guide, pin
from piamater.guides.publishing import Published, publish, publish_again
from piamater.guides.review import Reason, Review, Reviews, review_of
from piamater.guides.sources import library_texts
from piamater.guides.statements import statements

__all__ = [
    "LANGUAGES",
    "Audience",
    "Block",
    "BlockChange",
    "BlockKind",
    "Change",
    "Cite",
    "Edition",
    "EditionStore",
    "Evidence",
    "Figure",
    "Finding",
    "Guide",
    "GuideFolder",
    "GuideSet",
    "GuideType",
    "Part",
    "Published",
    "Reason",
    "Review",
    "Reviews",
    "Statement",
    "block_kinds",
    "differences",
    "figures",
    "library_texts",
    "lint_guide",
    "parse_guide",
    "pin",
    "publish",
    "publish_again",
    "review_of",
    "statements",
    "treatment_categories",
]
