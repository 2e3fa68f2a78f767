"""What a list is narrowed and sorted by: read from the query of an address, derived from the model.

A property with a vocabulary and a link are asked for under their own names, a date as `date.from` and
`date.to` in years, a text as `q`, doubts as `evidence`, the order as `sort` and `order`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ontology.identity import ID
from ontology.model import Kind, LinkField, Property
from res68.pages.labels import enum_name
from res68.pages.orders import main_order
from res68.pages.reader import Reader
from res68.refusals import Refused

LONGEST = 200
YEAR = re.compile(r"[0-9]{4}")
FROM, TO = ".from", ".to"
DOUBTS = {"disputed": "with_disputes", "unverified": "with_unverified"}
DIRECTIONS = {"asc": "ascending", "desc": "descending"}


@dataclass(frozen=True, slots=True)
class Filtered:
    """What is asked of a list: the filter and the order as the API takes them, and the query as it was."""

    given: Mapping[str, str]
    filter: Mapping[str, Any]
    sort: str
    descending: bool

    @property
    def order(self) -> dict[str, str]:
        """The order as the API takes it, but for its language."""
        return {"field": enum_name(self.sort), "direction": "DESC" if self.descending else "ASC"}

    @property
    def direction(self) -> str:
        """The direction as the address has it."""
        return "desc" if self.descending else "asc"


def filtered(kind: Kind, query: Mapping[str, str], reader: Reader) -> Filtered:
    """Read the query of an address; a Refused where it asks for what there is not."""
    known = {*names(kind), "sort", "order"}
    given = {name: value.strip() for name, value in query.items() if name in known and value.strip()}
    sort, direction = given.get("sort") or default_sort(kind), given.get("order")
    _one_of("sort", sort, sortable(kind))
    if direction:
        _one_of("order", direction, tuple(DIRECTIONS))
    descending = direction == "desc" if direction else sort == main_order(kind)
    conditions = dict(pair for name, value in given.items() for pair in _condition(kind, name, value, reader))
    bounds = dict(_bounds(kind, given))
    return Filtered(given, {**conditions, **bounds}, sort, descending)


def names(kind: Kind) -> Iterator[str]:
    """All that a list of this kind can be narrowed by."""
    yield from ("q", "evidence")
    yield from (one.name for one in vocabularies(kind))
    yield from (one.name + end for one in dates(kind) for end in (FROM, TO))
    yield from (one.name for one in links(kind))
    if kind.abstract:
        yield "kind"


def vocabularies(kind: Kind) -> list[Property]:
    """The properties with a closed list of values."""
    return [one for one in kind.properties.values() if one.vocabulary and not one.list and not one.personal]


def dates(kind: Kind) -> list[Property]:
    """The date that orders the things of the kind, else the first one that they have."""
    main = main_order(kind)
    found = [one for one in kind.properties.values() if one.type == "date"]
    return [kind.properties[main]] if main else found[:1]


def links(kind: Kind) -> list[LinkField]:
    """The links that say something of the thing itself: those to one thing first, then those from it."""
    ones = [field for field in kind.links.values() if not field.many]
    more = [
        one for one in kind.links.values() if one.many and one.outgoing and not one.type.trace and one.inverse
    ]
    return ones + more


def texts(kind: Kind) -> list[Property]:
    """The properties in whose texts one looks."""
    words = [
        one
        for one in kind.properties.values()
        if one.type in ("text", "translated") and not one.list and not one.personal
    ]
    chosen = [one for one in words if one.search or one.printed or one.sort]
    return chosen or words


def sortable(kind: Kind) -> tuple[str, ...]:
    """What a list can be sorted by."""
    return (*(one.name for one in kind.properties.values() if one.sort), "id")


def default_sort(kind: Kind) -> str:
    """The date where there is one, else a name or number."""
    return main_order(kind) or sortable(kind)[0]


def _condition(kind: Kind, name: str, value: str, reader: Reader) -> Iterator[tuple[str, Any]]:
    """What one part of the query asks of a thing."""
    if name == "q":
        if len(value) > LONGEST:
            raise Refused(400, f"q has {len(value)} characters: write {LONGEST} at most.")
        yield "or", list(_mentions(kind, value, reader))
    elif name == "evidence":
        _one_of(name, value, tuple(DOUBTS))
        yield value, {"isNull": False}
    elif name == "kind":
        keys = {enum_name(one): one for one in kind.concrete}
        _one_of(name, enum_name(value), tuple(keys))
        yield "kind", {"eq": enum_name(value)}
    elif name in kind.links:
        if not ID.fullmatch(value):
            raise Refused(400, f"{name}={value[:60]!r} is no id: an id is a kind and a key.")
        yield name, {"some": {"node": {"id": {"eq": value}}}}
    elif name in kind.properties:
        vocabulary = kind.properties[name].vocabulary
        _one_of(name, value, tuple(vocabulary.concepts) if vocabulary else ())
        yield name, {"eq": enum_name(value)}


def _mentions(kind: Kind, text: str, reader: Reader) -> Iterator[dict[str, Any]]:
    """That a text is in one of the thing's texts, in the reader's language or in English, or is an alias."""
    for declared in texts(kind):
        if declared.type == "translated":
            for language in dict.fromkeys((reader.code, "EN")):
                yield {declared.name: {"language": language, "contains": text}}
        else:
            yield {declared.name: {"contains": text}}
    yield {"aliases": {"has": text}}


def _bounds(kind: Kind, given: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """From which year to which a date can lie."""
    for declared in dates(kind):
        asked = {"gte": given.get(declared.name + FROM), "lte": given.get(declared.name + TO)}
        years = {operator: year for operator, year in asked.items() if year}
        for year in years.values():
            if not YEAR.fullmatch(year):
                raise Refused(400, f"{declared.name}: {year[:60]!r} is no year: write four digits.")
        if years:
            yield declared.name, {"possibly": years}


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise Refused(400, f"{name}={value[:60]!r} is not known here: use one of {', '.join(allowed)}.")
