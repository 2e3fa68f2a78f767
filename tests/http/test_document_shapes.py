"""A document about one thing or one link can be checked by the published shapes, alone."""

import httpx
import pytest
from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from ontology.namespaces import resolve
from ontology.publishing import published

THINGS = ("conclusion/CTO-2009-C6", "country/FRA", "meeting/CTO-2009", "study-group/SG13")


async def document(client: httpx.AsyncClient, identity: str) -> Graph:
    """What the Turtle document about something says."""
    answer = await client.get(f"/doc/{identity}.ttl")
    assert answer.status_code == 200
    return Graph().parse(data=answer.text, format="turtle")


def faults(graph: Graph) -> list[str]:
    """What the shapes find wrong."""
    _, found, _ = validate(graph, shacl_graph=Graph().parse(published("shapes.ttl")), inference="none")
    assert isinstance(found, Graph)
    return [
        f"{found.value(result, SH.focusNode)} {found.value(result, SH.resultPath)}"
        f" {found.value(result, SH.sourceConstraintComponent)}"
        for result in found.objects(None, SH.result)
    ]


@pytest.mark.parametrize("identity", THINGS)
async def test_a_document_about_a_thing_conforms(client: httpx.AsyncClient, identity: str) -> None:
    graph = await document(client, identity)
    assert len(graph) > 20
    assert faults(graph) == []


async def test_a_document_about_a_link_conforms(client: httpx.AsyncClient) -> None:
    about = await document(client, THINGS[0])
    link = min(map(str, about.subjects(iri("rdf:predicate"), iri("r68:addressedTo"))))
    graph = await document(client, link.partition("/id/")[2])
    assert faults(graph) == []


async def test_a_document_with_a_fault_does_not(client: httpx.AsyncClient) -> None:
    graph = await document(client, THINGS[0])
    graph.remove((None, iri("dcterms:description"), None))
    assert len(faults(graph)) == 1


def iri(term: str) -> URIRef:
    """The IRI of a term."""
    return URIRef(resolve(term))
