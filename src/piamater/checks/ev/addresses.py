"""Addresses: what the address of a reference is worth: its site, its key, and where it leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

_VARIANT = re.compile(r"^(?:www\d?|m|mobile|amp|beta|legacy|en)\.(?=.+\..+)")
_HOME_FILE = re.compile(r"^(?:index|default|home|main|inicio)(?:\.\w{2,5})?$", re.IGNORECASE)
_LANGUAGE = re.compile(r"^[a-z]{2}(?:-[a-z]{2})?$", re.IGNORECASE)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "net", "nhs", "org"})
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|redirect|ref|source|src|amp|oldid|hl|lang)$", re.IGNORECASE
)
_SEARCH = frozenset({"q", "query", "s", "search", "term", "searchterm", "keyword", "keywords"})
_INDEX = re.compile(
    r"^(?:health|topics?|diseases?|conditions?|health-?topics?|health-?information|a-?to?-?z|index"
    r"|articles?|news|blog|library|fact-?sheets?|resources|publications|about|about-us|patients"
    r"|(?:diseases?|conditions?)-?(?:list|index|a-z)|temas|enfermedades|salud)$",
    re.IGNORECASE,
)
_LISTS = "a list of pages"
_TWINS = (("diseases", "conditions"), ("disease", "condition"), ("disorder", "condition"))


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart.

    ``host`` is in small letters without ``www`` and the like; ``site`` the part that is bought
    (``nih.gov``, ``nhs.uk`` names keep three parts); ``path`` its segments, decoded.
    """

    written: str
    host: str
    site: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        """The same for two addresses of one page, whatever their protocol, variant or tracking."""
        kept = [f"{name}={value}" for name, value in self.query if not _TRACKING.match(name)]
        segments = [one.lower() for one in self.path]
        while segments and _HOME_FILE.match(segments[-1]):
            segments.pop()
        path = "/".join(segments)
        if self.site == "wikipedia.org":
            title = next((value for name, value in self.query if name == "title"), "")
            path, kept = (title or (self.path[-1] if self.path else "")).lower(), []
        return "?".join(one for one in (f"{self.host}/{path}", "&".join(sorted(kept))) if one)

    @property
    def twin(self) -> str:
        """The same for addresses that an encyclopaedia redirects to one another."""
        found = self.key
        if self.site == "wikipedia.org":
            for old, new in _TWINS:
                found = re.sub(rf"(?<![a-z]){old}(?![a-z])", new, found)
        return found

    @property
    def words(self) -> str:
        """The words of the host and the path, for reading what the page is about."""
        parts = [*self.host.split(".")[:-1], *self.path]
        return " ".join(re.sub(r"[\W_]+", " ", one) for one in parts).strip()

    @property
    def leads_to(self) -> str:
        """Where it leads if not to one work: in words, or empty."""
        if self.is_search:
            return "a search page"
        if self._is_cut_off:
            return "a cut-off address"
        rest = [one for one in self.path if not _HOME_FILE.match(one)]
        if not rest or (len(rest) == 1 and _LANGUAGE.match(rest[0])):
            return "" if self.query else "the home page of a site"
        if not self.query and len(rest) <= 2 and all(_INDEX.match(one) for one in rest):
            return _LISTS
        return ""

    @property
    def is_search(self) -> bool:
        """Whether it is a query to a search engine or a site's own search."""
        if self.path and self.path[-1].lower() in ("search", "buscar", "searchresults"):
            return True
        return any(name.lower() in _SEARCH and value for name, value in self.query) and (
            not self.path or len(self.path) == 1 or "search" in self.path[-1].lower()
        )

    @property
    def _is_cut_off(self) -> bool:
        if self.written.endswith(("?", "=", "&")):
            return True
        last = self.path[-1] if self.path else ""
        return len(self.path) > 1 and len(last) == 1 and last.isalpha()


@lru_cache(maxsize=4096)
def read_address(url: str) -> Address | None:
    """An address of the web taken apart; none where it is no such address."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host:
        return None
    plain = _VARIANT.sub("", host)
    return Address(
        url.strip(),
        plain,
        _site(plain),
        tuple(unquote(one) for one in parts.path.split("/") if one),
        tuple(parse_qsl(parts.query, keep_blank_values=True)),
    )


def _site(host: str) -> str:
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL:
        return ".".join(parts[-3:])
    return ".".join(parts[-2:])
