"""Media types: what a client accepts, what it sends, and which of ours answers it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"
QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")


@dataclass(frozen=True, slots=True)
class Range:
    """One entry of an Accept header: a type, `type/*` or `*/*`, and how much it is wanted."""

    type: str
    subtype: str
    quality: float

    def matches(self, media_type: str) -> int:
        """How exactly this names a media type: 3 by name, 2 by its first half, 1 as any, 0 not at all."""
        kind, _, rest = media_type.partition("/")
        if (self.type, self.subtype) == (kind, rest):
            return 3
        if self.subtype == "*" and self.type in (kind, "*"):
            return 1 if self.type == "*" else 2
        return 0


@dataclass(frozen=True, slots=True)
class ContentType:
    """The media type of a body and its character set, both in lower case."""

    media_type: str
    charset: str | None


def best(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered type that the client wants most, or None when it wants none of them.

    Where several are wanted equally, one that is named goes before one that a wildcard covers, then the
    order of the offer decides. A client that says nothing gets the last resort, which is offered last.
    """
    if accept is None or not accept.strip():
        return offered[-1]
    ranges = list(ranges_of(accept))
    wanted = [(*_wish(ranges, media_type), media_type) for media_type in offered]
    quality = max(quality for quality, _, _ in wanted)
    if quality <= 0:
        return None
    candidates = [(exact, media_type) for found, exact, media_type in wanted if found == quality]
    named = [media_type for exact, media_type in candidates if exact == 3]
    return named[0] if named else candidates[-1][1]


def ranges_of(accept: str) -> Iterator[Range]:
    """The entries of an Accept header; what cannot be read counts for nothing."""
    for entry in accept.split(","):
        name, *parameters = (part.strip() for part in entry.lower().split(";"))
        kind, slash, rest = name.partition("/")
        if slash and kind and rest:
            yield Range(kind, rest, _quality(parameters))


def content_type(header: str | None) -> ContentType | None:
    """What a Content-Type header says, or None without one."""
    if not header or not header.strip():
        return None
    name, *parameters = (part.strip() for part in header.lower().split(";"))
    pairs = dict(pair.partition("=")[::2] for pair in parameters)
    return ContentType(name, pairs.get("charset", "").strip('" ') or None)


def _wish(ranges: Sequence[Range], media_type: str) -> tuple[float, int]:
    """How much the most exact range for a type wants it, and how exact that range is."""
    found = [(entry.matches(media_type), entry.quality) for entry in ranges]
    exact, quality = max(found, default=(0, 0.0))
    return (quality, exact) if exact else (0.0, 0)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            return float(value) if QUALITY.fullmatch(value.strip()) else 0.0
    return 1.0
