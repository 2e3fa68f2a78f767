"""Made-up descriptions of one record of every kind and type of link, right or broken in one way."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from ontology.evidence import (
    OF_DISPUTES,
    OF_FIELD_SOURCES,
    OF_LINKS,
    OF_ORDERS,
    OF_THINGS,
    ORDER,
    Form,
    Written,
)
from ontology.identity import kebab
from ontology.mapping import (
    DISPUTE,
    FIELD_SOURCE,
    LINK,
    ORDER_CLASS,
    LinkMapping,
    RdfMapping,
    concept,
    own_class,
)
from ontology.model import Kind, LinkField
from ontology.namespaces import resolve

BASE = "https://example.org"
Statements = dict[str, list[Node]]
Break = Callable[[str, list[Node]], list[Node]]
LEADING = {"several": 3, "nothing": 0}  # how many links lead to a thing that is broken so
LITERALS: Mapping[Form, Node] = {
    Form.TEXT: Literal("AB"),
    Form.LANGUAGE: Literal("name", lang="en"),
    Form.DATE: Literal("2016-10", datatype=XSD.gYearMonth, normalize=False),
    Form.INSTANT: Literal("2026-11-28T04:00:00Z", datatype=XSD.dateTime, normalize=False),
    Form.INTEGER: Literal(7),
    Form.BOOLEAN: Literal(True),
    Form.ADDRESS: URIRef("https://example.org/page"),
    Form.ANY: Literal("AB"),
}


def iri(term: str) -> URIRef:
    """The IRI of a term."""
    return URIRef(resolve(term))


def other_sort(_: str, values: list[Node]) -> list[Node]:
    """Literals for resources and resources for literals."""
    return [URIRef("urn:x-wrong:1") if isinstance(value, Literal) else Literal(5) for value in values]


def other_form(_: str, values: list[Node]) -> list[Node]:
    """Literals and IRIs of the right sort that break every pattern."""
    return [Literal("§ §") if isinstance(value, Literal) else URIRef("urn:x-wrong:2") for value in values]


def another_language(_: str, values: list[Node]) -> list[Node]:
    """Texts in languages that nothing here has, each twice."""
    return [
        text
        for value in values
        if isinstance(value, Literal)
        for text in (Literal("a", lang="de"), Literal("b", lang="de"))
    ]


def several(_: str, values: list[Node]) -> list[Node]:
    """Two values more of the same sort."""
    more: list[Node] = []
    for value in values:
        if isinstance(value, Literal):
            more += [value, Literal("1999", datatype=XSD.gYear, normalize=False), Literal(8)]
        else:
            more += [value, URIRef(f"{value}2"), URIRef(f"{value}3")]
    return more


def nothing(_: str, values: list[Node]) -> list[Node]:
    """No value."""
    return []


BREAKS: tuple[Break, ...] = (other_sort, other_form, another_language, several, nothing)


class Described:
    """Descriptions in one graph.

    `all_ends`: every link leads to a thing of each kind that can be its end, not to one of the first.
    """

    def __init__(self, mapping: RdfMapping, *, all_ends: bool = False) -> None:
        self.mapping = mapping
        self.all_ends = all_ends
        self.graph = Graph()

    def right(self) -> None:
        """A right record of every kind and every type of link."""
        for kind in self.mapping.model.concrete:
            here = URIRef(f"{BASE}/id/{kind.key}/right")
            self.put(here, self.of_kind(kind))
            self.lead_to(here, kind, 1)
        for link in self.mapping.link_types.values():
            self.put(URIRef(f"{BASE}/id/link/{kebab(link.type.name)}"), self.of_link(link))

    def broken(self) -> None:
        """Records of every class, each broken in one way in all its predicates at once."""
        for number, way in enumerate(BREAKS):
            for kind in self.mapping.model.concrete:
                here = URIRef(f"{BASE}/id/{kind.key}/broken-{number}")
                self.put(here, {term: way(term, values) for term, values in self.of_kind(kind).items()})
                self.graph.add((here, RDF.type, iri(f"r68:{kind.name}")))
                self.lead_to(here, kind, LEADING.get(way.__name__, 1))
            for name, statements in self.nodes():
                here = URIRef(f"{BASE}/id/{name}-broken-{number}")
                self.put(here, {term: way(term, values) for term, values in statements.items()})
                self.put(here, {"rdf:type": statements["rdf:type"], "r68:nothing": [here]})
                self.graph.add((URIRef(f"{BASE}/id/x/z"), iri(ORDER.terms[0]), here))
        for name, statements in self.unfounded():
            self.put(URIRef(f"{BASE}/id/link/{name}"), statements)
        for number, name in enumerate((LINK, DISPUTE, FIELD_SOURCE, *map(own_class, self.kinds))):
            for strange in (BNode(), URIRef(f"{BASE}/elsewhere/{number}")):
                others: Statements = {
                    "r68:nothing": [strange],
                    "r68:order": [strange],
                    "rdf:value": [BNode()],
                }
                self.put(strange, {"rdf:type": [iri(name), iri("owl:Class")], **others})

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """All kinds, the abstract ones too."""
        return tuple(self.mapping.model.kinds.values())

    def put(self, here: Node, statements: Statements) -> None:
        """Say all this of a subject."""
        for term, values in statements.items():
            for value in values:
                self.graph.add((here, iri(term), value))

    def lead_to(self, here: URIRef, kind: Kind, number: int) -> None:
        """As many links to a thing as its kind asks for."""
        for field in kind.links.values():
            if not field.outgoing and (field.min or field.max is not None):
                for count in range(number):
                    start = URIRef(f"{BASE}/id/elsewhere/{field.name}-{count}")
                    self.graph.add((start, iri(field.type.rdf[0]), here))

    def nodes(self) -> Iterator[tuple[str, Statements]]:
        """The statements of links and of the other nodes of evidence."""
        for link in self.mapping.link_types.values():
            if link.properties:
                memory: Statements = {"r68:unverified": [LITERALS[Form.BOOLEAN]]}
                yield f"link/{kebab(link.type.name)}", {**self.of_link(link), **memory}
        yield "x/y#disputed", self.of_node(DISPUTE, OF_DISPUTES)
        yield "x/y#source-of", self.of_node(FIELD_SOURCE, OF_FIELD_SOURCES)
        yield "x/y#order-of", self.of_order()

    def unfounded(self) -> Iterator[tuple[str, Statements]]:
        """Links that claim more than they say the grounds of."""
        right = self.of_link(self.mapping.link_types["LED_TO"])
        yield "unsourced", {**right, "prov:hadPrimarySource": []}
        yield "guessed", {**right, "r68:strength": [iri("r68:strength-inferred")], "skos:note": []}
        yield "remembered", {**right, "r68:strength": [], "r68:unverified": [LITERALS[Form.BOOLEAN]]}

    def of_kind(self, kind: Kind) -> Statements:
        """The statements of a right thing of a kind."""
        mapped = self.mapping.kinds[kind.name]
        found: Statements = defaultdict(list, {"rdf:type": [iri(name) for name in mapped.types]})
        linked = (one.written for one in mapped.linksets)
        for one in (*OF_THINGS, *mapped.properties, *linked):
            for term in one.terms:
                found[term].append(self.value(one))
        for field in kind.links.values():
            if field.outgoing:
                for term in field.type.rdf:
                    found[term] += self.ends(kind, field)
        if mapped.scheme:
            found |= {"skos:inScheme": [iri(mapped.scheme)], "skos:topConceptOf": [iri(mapped.scheme)]}
        return {term: list(dict.fromkeys(values)) for term, values in found.items()}

    def ends(self, kind: Kind, field: LinkField) -> list[Node]:
        """Where the links of a field lead: not to the thing itself."""
        kinds = self.mapping.model.kinds
        keys = [kinds[name].key for end in field.ends for name in kinds[end].concrete if name != kind.name]
        if self.all_ends and keys:
            return [URIRef(f"{BASE}/id/{key}/right") for key in keys]
        return [URIRef(f"{BASE}/id/{(keys or [kind.key])[0]}/somewhere")]

    def of_link(self, link: LinkMapping) -> Statements:
        """The statements of a right link of a type."""
        stated = [one for one in OF_LINKS if one.name != "unverified"]
        found = self.of_node(LINK, (*stated, *link.properties))
        return {**found, "rdf:predicate": [iri(link.terms[0])]}

    def of_order(self) -> Statements:
        """The statements of a container."""
        members: Statements = {"rdf:_1": [Literal("one")], "rdf:_2": [Literal("two")]}
        return {**self.of_node(ORDER_CLASS, OF_ORDERS), **members}

    def of_node(self, owner: str, written: tuple[Written, ...]) -> Statements:
        """The statements of a right node of evidence."""
        found: Statements = {term: [self.value(one)] for one in written for term in one.terms}
        return {"rdf:type": [iri(owner)], **found}

    def value(self, one: Written) -> Node:
        """A right value of a field; a node that belongs to the thing is described at once."""
        if one.form is Form.CONCEPT:
            vocabulary = self.mapping.vocabularies[str(one.vocabulary)]
            return iri(concept(vocabulary.name, next(iter(vocabulary.concepts))))
        if one.form is Form.THING:
            return URIRef(f"{BASE}/id/source/example.org/1")
        if one.form is Form.NODE:
            node = URIRef(f"{BASE}/id/x/y#{one.name}")
            described = {
                "disputed": self.of_node(DISPUTE, OF_DISPUTES),
                "fieldSources": self.of_node(FIELD_SOURCE, OF_FIELD_SOURCES),
                "order": self.of_order(),
            }
            self.put(node, described[one.name])
            return node
        return LITERALS[one.form]
