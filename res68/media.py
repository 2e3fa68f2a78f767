"""Media types: what a client accepts, what it sends, and which of ours answers it (RFC 9110, section 12)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.datastructures import Headers

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
CSV = "text/csv"
PLAIN = "text/plain"
PROBLEM = "application/problem+json"
TURTLE = "text/turtle"
N_TRIPLES = "application/n-triples"
JSON_LD = "application/ld+json"
RDF_XML = "application/rdf+xml"

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
TYPE = re.compile(rf"({TOKEN})/({TOKEN})")
VALUE = re.compile(rf'{TOKEN}|"(?:\\.|[^"\\])*"', re.DOTALL)
NAME = re.compile(TOKEN)
QUALITY = re.compile(r"0?\.[0-9]+|0\.?|1(\.0*)?")  # a little wider than the grammar: old Java sends q=.2
PIECES = {sign: re.compile(rf'(?:[^{sign}"]|"(?:\\.|[^"])*"?)+', re.DOTALL) for sign in ",;"}
MOST = 100  # entries of a header that are read
EXACT = 3  # how exactly a range must name a type to go before those that a wildcard covers


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type with its parameters, which matter to the choice except for `charset=utf-8`."""

    type: str
    subtype: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Without parameters."""
        return f"{self.type}/{self.subtype}"


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an Accept header: a type, `type/*` or `*/*`, and how much it is wanted."""

    media: MediaType
    quality: float

    def matches(self, offered: MediaType) -> int:
        """How exactly this names a type: 5 with parameters, 4 by name, 3 by name without a profile that we
        do not have, 2 by its first half, 1 as any, 0 not at all."""
        if self.media.name == "*/*":
            return 0 if self.media.parameters else 1
        if self.media.type != offered.type:
            return 0
        if self.media.subtype == "*":
            return 0 if self.media.parameters else 2
        return _by_name(self.media, offered) if self.media.subtype == offered.subtype else 0


@dataclass(frozen=True, slots=True)
class ContentType:
    """The media type of a body and its character set, both in lower case."""

    media_type: str
    charset: str | None


def accepted(headers: Headers, name: str = "accept") -> str | None:
    """All that a client accepts: a header that is sent several times counts as one list."""
    values = headers.getlist(name)
    return ", ".join(values) if values else None


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that the client wants most, or None when it wants none of them.

    Where several are wanted equally, one that is named goes before one that a wildcard covers, then the
    order of the offer decides. A client that says nothing gets the last resort, which is offered last; an
    entry that cannot be read counts for nothing.
    """
    if accept is None or not accept.strip(", \t"):
        return offered[-1]
    return (_best_kept if len(accept) <= LONGEST_KEPT else _best)(accept, tuple(offered))


def _best(accept: str, offered: Sequence[str]) -> str | None:
    """The same of a header that says something."""
    ranges = list(ranges_of(accept))
    wanted = [(*_wish(ranges, _offer(media_type)), media_type) for media_type in offered]
    quality = max(quality for quality, _, _ in wanted)
    if quality <= 0:
        return None
    candidates = [(exact, media_type) for found, exact, media_type in wanted if found == quality]
    exact, named = max(candidates, key=lambda pair: pair[0])
    return named if exact >= EXACT else candidates[-1][1]


# Clients of one sort send the same header again and again.
LONGEST_KEPT = 300
_best_kept = lru_cache(maxsize=256)(_best)


def best_coding(accept_encoding: str | None, offered: Sequence[str]) -> str | None:
    """The first content coding of an offer that is wanted no less than the plain form, or None for that."""
    wishes = {}
    for entry in _pieces(accept_encoding or "", ",")[:MOST]:
        name, *parameters = _pieces(entry, ";")
        quality = _quality(_pairs(parameters))
        if quality is not None:
            wishes[name.strip().lower()] = quality
    plain = wishes.get("identity", 0.0)
    for coding in offered:
        wish = wishes.get(coding, wishes.get("*", 0.0))
        if wish > 0 and wish >= plain:
            return coding
    return None


def ranges_of(accept: str) -> Iterator[Range]:
    """The entries of an Accept header that can be read."""
    for entry in _pieces(accept, ",")[:MOST]:
        name, *parameters = _pieces(entry, ";")
        media, pairs = _media_type("*/*" if name.strip() == "*" else name, parameters), _pairs(parameters)
        quality = _quality(pairs)
        if media is not None and quality is not None:
            yield Range(media, quality)


def content_type(header: str | None) -> ContentType | None:
    """What a Content-Type header says, or None without one."""
    if not header or not header.strip():
        return None
    return (_content_type_kept if len(header) <= LONGEST_KEPT else _content_type)(header)


def _content_type(header: str) -> ContentType:
    """The same of a header that says something."""
    name, *parameters = (part.strip() for part in header.lower().split(";"))
    pairs = dict(pair.partition("=")[::2] for pair in parameters)
    return ContentType(name, pairs.get("charset", "").strip('" ') or None)


_content_type_kept = lru_cache(maxsize=256)(_content_type)


def _by_name(wanted: MediaType, offered: MediaType) -> int:
    """How exactly a range that names the type has its parameters too."""
    asked = dict(wanted.parameters)
    profiles = set(asked.pop("profile", "").split())
    if any(offered.parameters.get(name) != value for name, value in asked.items()):
        return 0
    if profiles:  # one that we do not have is ignored, as JSON-LD 1.1 wants it
        return 5 if profiles & set(offered.parameters.get("profile", "").split()) else 3
    return 5 if asked else 4


def _wish(ranges: Sequence[Range], offered: MediaType) -> tuple[float, int]:
    """How much the most exact range for a type wants it, and how exact that range is."""
    found = [(entry.matches(offered), entry.quality) for entry in ranges]
    exact, quality = max(found, default=(0, 0.0))
    return (quality, exact) if exact else (0.0, 0)


@lru_cache(maxsize=64)
def _offer(media_type: str) -> MediaType:
    """A media type of ours, which can be read."""
    name, *parameters = _pieces(media_type, ";")
    found = _media_type(name, parameters)
    assert found is not None, media_type
    return found


def _media_type(name: str, parameters: Sequence[str]) -> MediaType | None:
    found = TYPE.fullmatch(name.strip())
    pairs = _pairs(parameters)
    if found is None or pairs is None:
        return None
    kind, rest = found[1].lower(), found[2].lower()
    kept = {name: value for name, value in pairs.items() if name != "q"}
    if kept.get("charset", "").lower() in ("utf-8", "utf8"):
        del kept["charset"]
    return None if kind == "*" and rest != "*" else MediaType(kind, rest, kept)


def _pairs(parameters: Sequence[str]) -> dict[str, str] | None:
    """Parameters by their names, None where one of them cannot be read."""
    pairs = {}
    for parameter in filter(str.strip, parameters):
        name, equals, value = (part.strip() for part in parameter.partition("="))
        if not equals or not NAME.fullmatch(name) or not VALUE.fullmatch(value):
            return None
        pairs[name.lower()] = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
    return pairs


def _quality(pairs: Mapping[str, str] | None) -> float | None:
    """How much something is wanted, None where that cannot be read."""
    value = "" if pairs is None else pairs.get("q", "1")
    return float(value) if QUALITY.fullmatch(value) else None


def _pieces(text: str, sign: str) -> list[str]:
    """The parts of a header between commas or semicolons that are not quoted; empty ones are left out."""
    return PIECES[sign].findall(text) or [""]
