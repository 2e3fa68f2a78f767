"""How much is in the dataset, counted in its copy for SPARQL: the same numbers that a query gives."""

from dataclasses import dataclass
from typing import Any

import orjson

from ontology.linksets import LINKSETS
from ontology.namespaces import resolve
from res68.sparql.formats import SPARQL_JSON, Wanted
from res68.sparql.mirror import Copy
from res68.sparql.service import Limits, Sparql

LIMITS = Limits(seconds=60.0, rows=10_000, size=2**24)  # our own questions may take longer
TABLE = Wanted(SPARQL_JSON, SPARQL_JSON, None)
WHOLE = """SELECT (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
WHERE { ?s ?p ?o }"""
ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?entities) WHERE { ?s ?p ?o FILTER(!CONTAINS(STR(?s), '#')) }"
CLASSES = """SELECT ?class (COUNT(DISTINCT ?s) AS ?entities) (MIN(STR(?s)) AS ?example)
WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"""
PROPERTIES = """SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects)
(COUNT(DISTINCT ?o) AS ?objects) WHERE { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """The things of a class; `example` is one of them."""

    iri: str
    entities: int
    example: str


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """The triples of a property."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Counts:
    """All that is counted; `links` has the triples of each link set by its key."""

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: tuple[ClassCount, ...]
    properties: tuple[PropertyCount, ...]
    links: dict[str, int]


async def counts(sparql: Sparql, copy: Copy) -> Counts:
    """What is counted in a copy; a second time it is known."""
    found = copy.known.get("counts")
    if not isinstance(found, Counts):
        copy.known["counts"] = found = await _counted(sparql, copy)
    return found


async def _counted(sparql: Sparql, copy: Copy) -> Counts:
    (whole,) = await _rows(sparql, copy, WHOLE)
    (entities,) = await _rows(sparql, copy, ENTITIES)
    classes = [
        ClassCount(row["class"], int(row["entities"]), row["example"])
        for row in await _rows(sparql, copy, CLASSES)
    ]
    properties = [
        PropertyCount(row["property"], *(int(row[name]) for name in ("triples", "subjects", "objects")))
        for row in await _rows(sparql, copy, PROPERTIES)
    ]
    return Counts(
        int(whole["triples"]),
        int(entities["entities"]),
        int(whole["subjects"]),
        int(whole["objects"]),
        tuple(classes),
        tuple(properties),
        {one.key: await _links(sparql, copy, one.predicate, one.target) for one in LINKSETS},
    )


async def _links(sparql: Sparql, copy: Copy, predicate: str, target: str) -> int:
    query = f"""SELECT (COUNT(*) AS ?triples)
WHERE {{ ?s <{resolve(predicate)}> ?o FILTER(STRSTARTS(STR(?o), "{target}")) }}"""
    return int((await _rows(sparql, copy, query))[0]["triples"])


async def _rows(sparql: Sparql, copy: Copy, query: str) -> list[dict[str, Any]]:
    reply = await sparql.ask(copy, sparql.question(query, (), ()), TABLE, LIMITS)
    assert reply.head["outcome"] == "answered", reply.head
    bindings = orjson.loads(reply.body)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in bindings]
