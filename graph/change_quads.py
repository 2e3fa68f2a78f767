"""The history as a Linked Data Event Stream: each change is a member, and what the record says from then on
is in a graph of the member's name.

What follows from records (labels, dates taken over a link, prior work that the dates show, top concepts) is
not in it: that changes with the neighbours of a thing, not with the thing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import orjson

from graph.derived import stored_value
from graph.history import Change, Page
from graph.rows import Row, columns, stored
from graph.syntaxes import N_TRIPLES
from graph.triples import Literal, Name, Object, Triple, of_link, triples
from ontology.evidence import LABEL
from ontology.mapping import KindMapping, LinkMapping, RdfMapping
from ontology.namespaces import resolve

ACTIVITIES = {"create": "as:Create", "change": "as:Update", "remove": "as:Delete"}
DERIVED = {LABEL.terms[0], "skos:topConceptOf"}


class Feed:
    """The addresses of the stream and how its members are written.

    `persons`: whether properties that name persons are written.
    """

    def __init__(self, mapping: RdfMapping, base: str, *, persons: bool = True) -> None:
        self.mapping = mapping
        self.base = base
        self.persons = persons

    @property
    def stream(self) -> str:
        """The stream."""
        return f"{self.base}/changes#stream"

    def address(self, page: Page) -> str:
        """The document of a page."""
        return f"{self.base}/changes/{page.key}"

    def root(self, pages: Sequence[Page]) -> Iterator[str]:
        """The quads of the document that leads to all pages."""
        root = f"{self.base}/changes"
        yield from self.about_the_stream(root)
        for page in pages:
            relation = f"{root}#to-{page.key}"
            yield quad(root, "tree:relation", iri(relation))
            yield quad(relation, "rdf:type", term("tree:GreaterThanOrEqualToRelation"))
            yield quad(relation, "tree:node", iri(self.address(page)))
            yield quad(relation, "tree:path", term("dcterms:issued"))
            yield quad(relation, "tree:value", instant(page.at))

    def page(self, page: Page, changes: Iterable[Change]) -> Iterator[str]:
        """The quads of a page."""
        here = self.address(page)
        yield from self.about_the_stream(here)
        for number, change in enumerate(changes, start=1):
            member = f"{here}#{number}"
            yield quad(self.stream, "tree:member", iri(member))
            yield quad(member, "rdf:type", term(ACTIVITIES[change.op]))
            yield quad(member, "dcterms:isVersionOf", iri(f"{self.base}/id/{change.id}"))
            yield quad(member, "dcterms:issued", instant(page.at))
            yield quad(member, "r68:datasetVersion", N_TRIPLES.object(self.base, Literal(page.version)))
            if change.after is not None:
                said = self.said(change.after, page.at)
                yield from (self.quad_of(triple, member) for triple in said)

    def about_the_stream(self, node: str) -> Iterator[str]:
        """What every document of the stream says of it."""
        yield quad(self.stream, "rdf:type", term("ldes:EventStream"))
        yield quad(self.stream, "tree:view", iri(f"{self.base}/changes"))
        yield quad(self.stream, "tree:shape", iri(f"{self.base}/shapes"))
        yield quad(self.stream, "ldes:versionOfPath", term("dcterms:isVersionOf"))
        yield quad(self.stream, "ldes:timestampPath", term("dcterms:issued"))
        for name, activity in (("Create", "Create"), ("Update", "Update"), ("Delete", "Delete")):
            yield quad(self.stream, f"ldes:version{name}Object", term(f"as:{activity}"))
        yield quad(node, "rdf:type", term("tree:Node"))

    def said(self, record: Mapping[str, Any], at: str) -> Iterator[Triple]:
        """The triples of a record that was made at this time."""
        kind = self.mapping.model.kind_of(record["id"])
        if kind is not None:
            yield from of_thing(self.mapping.kinds[kind.name], record, at, persons=self.persons)
        elif (link := self.mapping.link_types.get(record.get("type", ""))) is not None:
            yield from of_record(link, record, at)

    def quad_of(self, triple: Triple, graph: str) -> str:
        """A triple in a graph."""
        subject, predicate, value = triple
        return quad(f"{self.base}/id/{subject}", predicate, self.object(value), graph)

    def object(self, value: Object) -> str:
        """An object."""
        return N_TRIPLES.object(self.base, value)


def of_thing(kind: KindMapping, record: Mapping[str, Any], at: str, *, persons: bool) -> Iterator[Triple]:
    """What a record says of a thing, without its links."""
    wanted = columns(kind, persons=persons)
    values: dict[str, Any] = {"id": record["id"], "recordedAt": at}
    for name, prop in kind.kind.properties.items():
        if name in record:
            values |= stored_value(name, record[name], prop)
    values |= {name: record.get(name) for name in ("sources", "unverified", "mentions")}
    values |= {name: as_text(record.get(name)) for name in ("disputed", "fieldSources")}
    row: Row = [*(values.get(name) for name in wanted.names), []]
    return (triple for triple in triples(wanted, row) if triple[1] not in DERIVED)


def of_record(link: LinkMapping, record: Mapping[str, Any], at: str) -> Iterator[Triple]:
    """What a record says of a link."""
    values: dict[str, Any] = {name: record.get(name) for name in record if name not in ("from", "type")}
    for name, prop in link.type.properties.items():
        values |= stored_value(name, record[name], prop) if name in record else {}
    values |= {"recordedAt": at, "priorWorkDeclared": True if "priorWork" in record else None}
    names = ("strength", "sources", "note", "date", "unverified", "priorWork")
    absent = dict.fromkeys((*names, *(one for prop in link.properties for one in stored(prop))))
    return of_link(link, {**absent, **values}, record["from"])


def as_text(value: object) -> str | None:
    """A mapping or a list as the store has it."""
    return orjson.dumps(value).decode() if value else None


def quad(subject: str, predicate: str, value: str, graph: str | None = None) -> str:
    """A line of N-Quads."""
    where = f" <{graph}>" if graph else ""
    return f"<{subject}> <{resolve(predicate)}> {value}{where} .\n"


def iri(address: str) -> str:
    """An address as an object."""
    return f"<{address}>"


def term(name: str) -> str:
    """A term of a vocabulary as an object."""
    return N_TRIPLES.object("", Name(name))


def instant(at: str) -> str:
    """A time as an object."""
    return N_TRIPLES.object("", Literal(at, "xsd:dateTime"))
