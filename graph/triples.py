"""The triples of a row one by one, as plain values: what every way to write RDF must agree with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from graph.rows import Columns, Row, stored
from ontology.evidence import (
    DISPUTED,
    FIELD,
    FIELD_SOURCES,
    LABEL,
    MENTIONS,
    OF_LINKS,
    ORDER,
    PRIMARY_SOURCES,
    RECORDED,
    SOURCES,
    UNVERIFIED,
    VALUE,
    Form,
    Written,
)
from ontology.languages import LANGUAGES
from ontology.mapping import (
    DISPUTE,
    FIELD_SOURCE,
    LINK,
    ORDER_CLASS,
    KindMapping,
    LinkMapping,
    concept,
    written,
)
from ontology.model import Property

DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal: its lexical form, and a datatype or a language where it has one."""

    text: str
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Here:
    """Something of the dataset by its id, perhaps with a fragment: the thing or link {base}/id/{id}."""

    id: str


@dataclass(frozen=True, slots=True)
class Name:
    """A term of a vocabulary, written prefix:name."""

    term: str


@dataclass(frozen=True, slots=True)
class Address:
    """An IRI as it is."""

    iri: str


Object: TypeAlias = Literal | Here | Name | Address
Triple: TypeAlias = tuple[str, str, Object]  # the id of the subject, the predicate as prefix:name
TYPE = "rdf:type"


def triples(columns: Columns, row: Row) -> Iterator[Triple]:
    """All triples of a row: of the thing, of the nodes that belong to it, and of its links."""
    values = dict(zip(columns.names, row, strict=False))
    links = sorted(row[-1], key=lambda link: str(link[0]))
    yield from _of_thing(columns.kind, values, [str(link[1]) for link in links])
    yield from _properties(values["id"], columns.properties, values)
    yield from _links_out(columns.kind, values)
    yield from asides(columns, values)
    by_type = {link.type.name: link for link in columns.kind.links}
    for link in links:
        one = dict(zip(columns.link_names, link, strict=True))
        if one["type"] in by_type:
            yield from of_link(by_type[one["type"]], one, values["id"])


def _of_thing(kind: KindMapping, values: dict[str, Any], links: Sequence[str]) -> Iterator[Triple]:
    """What is said of every thing."""
    here = str(values["id"])
    yield from ((here, TYPE, Name(name)) for name in kind.types)
    if kind.scheme:
        yield here, "skos:inScheme", Name(kind.scheme)
        if not any(name in kind.broader for name in links):
            yield here, "skos:topConceptOf", Name(kind.scheme)
    yield from _one(here, RECORDED, values["recordedAt"])
    for language in LANGUAGES:
        if (text := values[f"label_{language}"]) is not None:
            yield here, LABEL.terms[0], Literal(text, language=language)
    for one, name in ((SOURCES, "sources"), (UNVERIFIED, "unverified"), (MENTIONS, "mentions")):
        yield from _one(here, one, values[name])


def _properties(here: str, properties: Sequence[Written], values: dict[str, Any]) -> Iterator[Triple]:
    for prop in properties:
        if prop.form is Form.LANGUAGE:
            for name, language in zip(stored(prop), LANGUAGES, strict=True):
                if values[name] is not None:
                    yield from ((here, term, Literal(values[name], None, language)) for term in prop.terms)
        else:
            yield from _one(here, prop, values[prop.name])


def _links_out(kind: KindMapping, values: dict[str, Any]) -> Iterator[Triple]:
    """The links to other datasets that follow from the properties."""
    for one in kind.linksets:
        if (address := one.link(values[one.field])) is not None:
            yield values["id"], one.predicate, Address(address)


def _one(here: str, prop: Written, value: Any) -> Iterator[Triple]:
    """A property without languages, one value or a list of them."""
    if value is None:
        return
    for item in value if prop.many else (value,):
        yield from ((here, term, term_of(prop, item)) for term in prop.terms)


def term_of(prop: Written, value: Any) -> Object:
    """A value as an RDF term."""
    match prop.form:
        case Form.DATE:
            return Literal(value, DATATYPES[len(value)])
        case Form.INSTANT:
            return Literal(value, "xsd:dateTime")
        case Form.INTEGER:
            return Literal(str(value), "xsd:integer")
        case Form.BOOLEAN:
            return Literal("true" if value else "false", "xsd:boolean")
        case Form.ADDRESS:
            return Address(value)
        case Form.CONCEPT:
            return Name(concept(str(prop.vocabulary), value))
        case Form.THING:
            return Here(value)
        case _:
            return Literal(str(value))


def of_link(link: LinkMapping, values: dict[str, Any], start: str) -> Iterator[Triple]:
    """A link: the triples that tie its ends, and the node that carries its evidence."""
    here, end = str(values["id"]), Here(values["to"])
    yield from ((start, term, end) for term in link.terms)
    yield here, TYPE, Name(LINK)
    yield here, "rdf:subject", Here(start)
    yield here, "rdf:predicate", Name(link.terms[0])
    yield here, "rdf:object", end
    for one in OF_LINKS[3:]:
        yield from _one(here, one, values[one.name])
    yield from _properties(here, link.properties, values)
    yield from _orders(here, link.properties, values)


def asides(columns: Columns, values: dict[str, Any]) -> Iterator[Triple]:
    """Nodes that belong to a thing: what is disputed, which sources give a field, the order of values."""
    here = str(values["id"])
    if values["disputed"]:
        for number, dispute in enumerate(orjson.loads(values["disputed"]), start=1):
            node = f"{here}#disputed-{number}"
            yield here, DISPUTED.terms[0], Here(node)
            yield node, TYPE, Name(DISPUTE)
            yield node, FIELD.terms[0], Literal(dispute["field"])
            yield node, VALUE.terms[0], _disputed(columns.kind, dispute["field"], dispute["value"])
            yield from _one(node, PRIMARY_SOURCES, dispute.get("sources"))
    if values["fieldSources"]:
        for field, sources in orjson.loads(values["fieldSources"]).items():
            node = f"{here}#source-of-{field}"
            yield here, FIELD_SOURCES.terms[0], Here(node)
            yield node, TYPE, Name(FIELD_SOURCE)
            yield node, FIELD.terms[0], Literal(field)
            yield from _one(node, PRIMARY_SOURCES, sources)
    yield from _orders(here, columns.properties, values)


def _orders(here: str, properties: Sequence[Written], values: dict[str, Any]) -> Iterator[Triple]:
    """A container for each list of several values, with the values in their order."""
    for prop in properties:
        if prop.ordered and values[prop.name] is not None and len(values[prop.name]) > 1:
            node = f"{here}#order-of-{prop.name}"
            yield here, ORDER.terms[0], Here(node)
            yield node, TYPE, Name(ORDER_CLASS)
            yield node, FIELD.terms[0], Literal(prop.name)
            for number, value in enumerate(values[prop.name], start=1):
                yield node, f"rdf:_{number}", term_of(prop, value)


def _disputed(kind: KindMapping, field: str, value: Any) -> Object:
    """The other value of a field: an id where the field is a link, else as the property is written."""
    if field in kind.kind.links:
        return Here(value)
    prop: Property = kind.kind.properties[field]
    return term_of(written(prop), value)
