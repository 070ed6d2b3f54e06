"""Watch: the literature under published guides; what is new since somebody last looked at it."""

from piamater.guides.review import VERDICTS
from piamater.watch.candidate import WHYS, Candidate, Place, Why
from piamater.watch.decide import decide
from piamater.watch.moved import Moved, watch
from piamater.watch.since import Since, since_asked

__all__ = [
    "VERDICTS",
    "WHYS",
    "Candidate",
    "Moved",
    "Place",
    "Since",
    "Why",
    "decide",
    "since_asked",
    "watch",
]
