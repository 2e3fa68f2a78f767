"""The shapes of links, and of the nodes for what is disputed, which source gives a field, and the order."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ontology.constraints import Field, named, property_field, written_field
from ontology.evidence import (
    FIELD,
    OF_DISPUTES,
    OF_FIELD_SOURCES,
    OF_LINKS,
    OF_ORDERS,
    ORDER,
    PRIMARY_SOURCES,
    RECORDED,
    STRENGTH,
    VALUE,
    Written,
)
from ontology.mapping import DISPUTE, FIELD_SOURCE, LINK, ORDER_CLASS, RdfMapping, concept
from ontology.property_shapes import bare_shape, local, property_shape
from ontology.turtle import Block, Statements, Text

REQUIRED = frozenset({FIELD, VALUE, RECORDED, *OF_LINKS[:3]})
VOCABULARIES = {STRENGTH.name: STRENGTH}
STATED, UNVERIFIED, PREDICATE = "r68:strength", "r68:unverified", "rdf:predicate"
SOURCES, NOTE = PRIMARY_SOURCES.terms[0], "skos:note"
STRENGTH_STATED = concept(STRENGTH.name, "stated")


def evidence_shapes(mapping: RdfMapping) -> Iterator[Block]:
    """All of them, each followed by the shapes of its predicates."""
    yield from _link(mapping)
    yield from _own_properties(mapping)
    yield from _rules(mapping)
    yield from _closed("Dispute", DISPUTE, "/id/[^#]+#", _paths(OF_DISPUTES))
    yield from _closed("FieldSource", FIELD_SOURCE, "/id/[^#]+#", _paths(OF_FIELD_SOURCES))
    yield from _order()


def _link(mapping: RdfMapping) -> Iterator[Block]:
    """A link: its two ends, one of the properties that can tie them, and a strength or the mark of memory."""
    fields = _fields((*OF_LINKS, ORDER))
    for link in mapping.link_types.values():
        for prop in link.type.properties.values():
            for term in prop.rdf:
                fields[term].append(property_field(prop))
    predicates = tuple(sorted(link.terms[0] for link in mapping.link_types.values()))
    fields[PREDICATE] = [replace(fields[PREDICATE][0], alternatives=({"sh:in": predicates},))]
    node, *properties = _closed(
        "Link", LINK, "/id/link/", {path: property_shape(path, fields[path]) for path in fields}
    )
    either: Statements = {
        "sh:xone": (
            {"sh:path": STATED, "sh:minCount": 1},
            {"sh:path": UNVERIFIED, "sh:hasValue": True},
        )
    }
    yield replace(node, statements={**node.statements, **either})
    yield from properties


def _own_properties(mapping: RdfMapping) -> Iterator[Block]:
    """A property that only links of some types have is on no others."""
    holders: dict[str, list[str]] = defaultdict(list)
    for link in mapping.link_types.values():
        for prop in link.type.properties.values():
            for term in prop.rdf:
                holders[term].append(link.terms[0])
    for path in sorted(holders):
        unless: Statements = {"sh:path": PREDICATE, "sh:in": tuple(sorted(set(holders[path])))}
        statements: Statements = {
            "rdf:type": "sh:NodeShape",
            "sh:targetClass": LINK,
            "sh:or": ({"sh:path": path, "sh:maxCount": 0}, unless),
        }
        yield Block(f"shapes:LinkWith-{local(path)}", statements)


def _rules(mapping: RdfMapping) -> Iterator[Block]:
    """What a link must name for what it claims: each rule says what may be instead."""
    untraced = [link.terms[0] for link in mapping.link_types.values() if not link.type.trace]
    sourced: Statements = {"sh:path": SOURCES, "sh:minCount": 1}
    unsourced: Statements = {"sh:path": SOURCES, "sh:maxCount": 0}
    rules: dict[str, tuple[str, tuple[Statements, ...]]] = {
        "inferred": (
            "A link that is inferred says what the inference rests on.",
            ({"sh:path": STATED, "sh:in": (STRENGTH_STATED,)}, {"sh:path": NOTE, "sh:minCount": 1}),
        ),
        "traced": (
            "A link that a trace follows names its sources, unless it rests on memory.",
            (
                {"sh:path": PREDICATE, "sh:in": tuple(sorted(untraced))},
                {"sh:path": STATED, "sh:maxCount": 0},
                sourced,
            ),
        ),
        "from-memory": (
            "A link that rests on memory alone names no sources.",
            ({"sh:path": UNVERIFIED, "sh:maxCount": 0}, unsourced),
        ),
    }
    for name, (description, instead) in rules.items():
        statements: Statements = {
            "rdf:type": "sh:NodeShape",
            "rdfs:comment": Text(description, "en"),
            "sh:targetClass": LINK,
            "sh:or": instead,
        }
        yield Block(f"shapes:LinkRule-{name}", statements)


def _order() -> Iterator[Block]:
    """A container has at least two members: the order of one value says nothing."""
    members = (f"rdf:_{number}" for number in (1, 2))
    counted: Statements = {"sh:minCount": 1, "sh:maxCount": 1}
    paths = _paths(OF_ORDERS) | {path: bare_shape(path) | counted for path in members}
    statements: Statements = {
        "rdf:type": "sh:NodeShape",
        "sh:targetObjectsOf": ORDER.terms[0],
        "sh:class": ORDER_CLASS,
        **named("/id/[^#]+#"),
        "sh:property": [f"shapes:Order-{local(path)}" for path in paths],
    }
    yield Block("shapes:Order", statements)
    yield from (Block(f"shapes:Order-{local(path)}", shape) for path, shape in paths.items())


def _closed(name: str, owner: str, pattern: str, paths: Mapping[str, Statements]) -> Iterator[Block]:
    """The shape of a class of evidence, closed, and those of its predicates."""
    every = {"rdf:type": bare_shape("rdf:type") | {"sh:in": (owner,)}, **paths}
    statements: Statements = {
        "rdf:type": "sh:NodeShape",
        "sh:targetClass": owner,
        **named(pattern),
        "sh:closed": True,
        "sh:property": [f"shapes:{name}-{local(path)}" for path in every],
    }
    yield Block(f"shapes:{name}", statements)
    yield from (Block(f"shapes:{name}-{local(path)}", shape) for path, shape in every.items())


def _paths(written: Sequence[Written]) -> dict[str, Statements]:
    return {path: property_shape(path, fields) for path, fields in _fields(written).items()}


def _fields(written: Sequence[Written]) -> dict[str, list[Field]]:
    found: dict[str, list[Field]] = defaultdict(list)
    for one in written:
        found[one.terms[0]].append(written_field(one, VOCABULARIES, least=int(one in REQUIRED)))
    return found
