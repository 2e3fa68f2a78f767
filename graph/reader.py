"""What the readers of a record's parts share: its place, its values, the ids and field names in it."""

from __future__ import annotations  # Value is an alias that only a checker can take apart

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from sys import intern
from typing import TypeAlias

from graph.files import Given, RawRecord
from graph.problems import Place, Problems
from ontology.identity import ID, MAX_ID
from ontology.model import Kind, Model, Property
from ontology.values import Value

BUILT_IN = ("id", "sources", "unverified", "disputed", "fieldSources", "mentions")
SOURCES = ("Source",)

Item: TypeAlias = tuple[object, int]  # a value and its line


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that a record names, and where; `kinds` are those that the thing may be of."""

    place: Place
    field: str
    id: str
    kinds: tuple[str, ...]


class RecordReader:
    """Reads one record field by field; what is wrong goes to `problems` and not into the result."""

    def __init__(self, raw: RawRecord, kind: Kind, model: Model, problems: Problems) -> None:
        self.raw = raw
        self.kind = kind
        self.model = model
        self.problems = problems
        self.id = intern(str(raw.fields["id"].value))  # an id is named in many records, and kept once
        self.place = Place(raw.file, raw.line, self.id)
        self.references: list[Reference] = []

    def items(self, field: str, shape: str) -> list[Item]:
        """The items of a field that must be a list; `shape` says how to write it."""
        given = self.raw.fields.get(field)
        if given is None:
            return []
        if not isinstance(given.value, list):
            self.wrong(field, f"{given.value!r} is no list", shape)
            return []
        return [(item, given.line_of(number)) for number, item in enumerate(given.value)]

    def at(self, line: int) -> Place:
        """The place of a line of the record."""
        return self.place if line == self.place.line else Place(self.raw.file, line, self.id)

    def line(self, field: str) -> int:
        """The line of a field."""
        return self.raw.fields[field].line if field in self.raw.fields else self.raw.line

    def wrong(self, field: str, message: str, remedy: str, line: int = 0) -> None:
        """Take note of a violation in a field."""
        self.problems.add(self.at(line or self.line(field)), field, clipped(message), remedy)

    def value(self, prop: Property, given: Given, field: str) -> Value | None:
        """A value or a list of values; None where it is wrong."""
        if given.value is None:
            self.wrong(field, "the field is empty", "Leave it out where nothing is known.", given.line)
            return None
        if not prop.list:
            return self.parsed(prop, given.value, field, given.line)
        if not isinstance(given.value, list) or not given.value:
            message = f"{given.value!r} is no list of values"
            self.wrong(field, message, "Write a list, or leave it out.", given.line)
            return None
        numbered = enumerate(given.value)
        items = [self.parsed(prop, item, field, given.line_of(number)) for number, item in numbered]
        return [item for item in items if item is not None]

    def parsed(self, prop: Property, value: object, field: str, line: int) -> Value | None:
        """One value in canonical form."""
        try:
            return prop.value.parse(value)
        except (ValueError, TypeError) as error:
            self.wrong(field, str(error), f"{prop.name} is of the type {prop.type}: {prop.description}", line)
            return None

    def ids(self, items: Iterable[Item], field: str, kinds: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """The ids that are well formed, each once, in their order; with `kinds` they must exist."""
        found: dict[str, None] = {}
        for value, line in items:
            if message := id_fault(value):
                self.wrong(field, message, "Write an id such as source/itu.int/k3q7m2xw9abd.", line)
                continue
            name = intern(str(value))
            found[name] = None
            if kinds is not None:
                self.references.append(Reference(self.at(line), field, name, kinds))
        return tuple(found)

    def field_names(self, items: Iterable[Item], field: str) -> tuple[str, ...]:
        """Names of fields of the kind, each once; one that the record does not give is worth a warning."""
        known = (*self.kind.properties, *self.kind.links)
        found: dict[str, None] = {}
        for value, line in items:
            name = str(value)
            if name not in known:
                self.wrong(field, f"{self.kind.name} has no field {name!r}", nearest(name, known), line)
                continue
            found[name] = None
            if name in self.kind.properties and name not in self.raw.fields:
                message = f"the record does not give the field {name}"
                self.problems.warn(self.at(line), field, message, "Give it, or leave its name out here.")
        return tuple(found)


def id_fault(value: object) -> str | None:
    """What is wrong with an id; None if it has the right form."""
    if not isinstance(value, str) or not ID.fullmatch(value):
        return f"{clipped(ascii(value))} is no id"
    return f"the id has {len(value)} characters, more than {MAX_ID}" if len(value) > MAX_ID else None


def nearest(name: str, known: Iterable[str]) -> str:
    """The remedy for a name that is not known: the nearest one, else all of them."""
    names = list(known)
    close = get_close_matches(name, names, 1)
    return f"Did you mean {close[0]}?" if close else f"Use one of {', '.join(names)}."


def clipped(message: str) -> str:
    """A message of a length that can be read: what is cut out is in the middle."""
    return message if len(message) <= 300 else f"{message[:150]} … {message[-140:]}"
