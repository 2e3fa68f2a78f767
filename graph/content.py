"""What a dataset says, in one canonical form: things, links, their hashes, and the version of it all."""

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import orjson

from ontology.values import Value


@dataclass(frozen=True, slots=True)
class Dispute:
    """Another value of a field, and the sources that have it."""

    field: str
    value: str | int | bool
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as its record gives it, without its links; `values` are in canonical form."""

    id: str
    kind: str
    values: Mapping[str, Value]
    sources: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    disputed: tuple[Dispute, ...] = ()
    field_sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: tuple[str, ...] = ()

    @property
    def record(self) -> dict[str, object]:
        """The record in the interchange format, without links."""
        given: dict[str, object] = {
            "sources": list(self.sources),
            "fieldSources": {name: list(ids) for name, ids in self.field_sources.items()},
            "unverified": list(self.unverified),
            "disputed": [_without_empty(dispute_record(one)) for one in self.disputed],
            "mentions": list(self.mentions),
        }
        return {"id": self.id, **self.values, **_without_empty(given)}


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the records at its ends give it; `strength` is None where it rests on memory alone."""

    id: str
    type: str
    start: str
    end: str
    strength: str | None = "stated"
    sources: tuple[str, ...] = ()
    note: str | None = None
    date: str | None = None
    prior_work: bool | None = None
    values: Mapping[str, Value] = field(default_factory=dict)

    @property
    def unverified(self) -> bool:
        """Whether the link rests on memory alone."""
        return self.strength is None

    @property
    def record(self) -> dict[str, object]:
        """The link with both its ends, in the words of the interchange format."""
        given: dict[str, object] = {
            "strength": self.strength,
            "sources": list(self.sources),
            "note": self.note,
            "date": self.date,
            "unverified": self.unverified or None,
            "priorWork": self.prior_work,
        }
        ends = {"id": self.id, "type": self.type, "from": self.start, "to": self.end}
        return {**ends, **self.values, **_without_empty(given)}


def dispute_record(dispute: Dispute) -> dict[str, object]:
    """A dispute in the words of the interchange format."""
    return {"field": dispute.field, "value": dispute.value, "sources": list(dispute.sources)}


def _without_empty(given: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in given.items() if value is not None and value != [] and value != {}}


def content_hash(element: Thing | Link) -> str:
    """The same for the same content, whatever file, order or layout it came from."""
    return digest(element.record)


def digest(value: object) -> str:
    """A short hash of a value that can be written as JSON."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


@dataclass(frozen=True)
class Dataset:
    """The union of some dataset directories, found to be without violations."""

    things: Mapping[str, Thing]
    links: Mapping[str, Link]

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The content hash of every thing and link by its id."""
        elements: Iterable[Thing | Link] = (*self.things.values(), *self.links.values())
        return {element.id: content_hash(element) for element in elements}

    @cached_property
    def version(self) -> str:
        """The version: a hash over the content of everything, in no order but that of the ids."""
        whole = hashlib.sha256()
        for name, hashed in sorted(self.hashes.items()):
            whole.update(f"{name} {hashed}\n".encode())
        return b32encode(whole.digest()).decode()[:16].lower()
