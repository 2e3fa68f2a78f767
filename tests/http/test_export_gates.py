"""The export keeps to the vocabularies, the shapes and the ontology, and hangs together."""

from pathlib import Path

import httpx
import pyoxigraph
import pytest
from owlrl import OWLRL_Semantics
from pyoxigraph import Literal, NamedNode, Triple
from pyshacl import validate
from rdflib import Graph

from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.namespaces import R68, namespaces, resolve
from ontology.publishing import published
from res68.running import Running
from tests.http.sampled import sampled
from tests.ontology.skos_checks import CHECKS, found

ROOT = Path(__file__).parents[2]
KNOWN = ROOT / "tests" / "ontology" / "known.ttl"
EVIDENCE = ("r68:disputed", "r68:fieldSource", "r68:order")


@pytest.fixture(scope="module")
async def export(client: httpx.AsyncClient) -> bytes:
    """The export of the reference dataset as N-Triples."""
    response = await client.get("/export/all.nt")
    assert response.status_code == 200
    return response.content


@pytest.fixture(scope="module")
def triples(export: bytes) -> list[Triple]:
    """Its triples."""
    return [quad.triple for quad in pyoxigraph.parse(export, format=pyoxigraph.RdfFormat.N_TRIPLES)]


@pytest.fixture(scope="module")
def store(triples: list[Triple]) -> pyoxigraph.Store:
    """The export and the ontology, to ask."""
    store = pyoxigraph.Store()
    store.extend(pyoxigraph.Quad(*triple) for triple in triples)
    store.load(published("res68.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    return store


def shapes() -> Graph:
    """The published shapes."""
    return Graph().parse(published("shapes.ttl"))


def parsed(triples: list[Triple]) -> Graph:
    """Triples as a graph of rdflib."""
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return Graph().parse(text, format="nt")


def test_every_term_is_one_of_its_vocabulary(triples: list[Triple]) -> None:
    classes = {triple.object for triple in triples if triple.predicate.value == resolve("rdf:type")}
    datatypes = {triple.object.datatype for triple in triples if isinstance(triple.object, Literal)}
    used = {node.value for node in (*classes, *datatypes, *(triple.predicate for triple in triples))
            if isinstance(node, NamedNode)}  # fmt: skip
    known = tuple(namespaces().values())
    assert {iri for iri in used if not iri.startswith(known)} == set()
    for iri in used:
        resolve(
            next(f"{name}:{iri.removeprefix(at)}" for name, at in namespaces().items() if iri.startswith(at))
        )


def test_every_term_of_ours_is_in_the_ontology(triples: list[Triple]) -> None:
    ontology = pyoxigraph.parse(published("res68.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    declared = {quad.subject.value for quad in ontology if isinstance(quad.subject, NamedNode)}
    used = {node.value for triple in triples for node in triple if isinstance(node, NamedNode)}
    assert {iri for iri in used if iri.startswith(R68)} - declared == set()


def test_every_part_of_the_dataset_that_is_named_is_described(triples: list[Triple], here: Running) -> None:
    described = {triple.subject for triple in triples if triple.predicate.value == resolve("rdf:type")}
    named = {triple.object for triple in triples if isinstance(triple.object, NamedNode)}
    parts = {node for node in named if node.value.startswith(f"{here.settings.base}/")}
    assert parts
    assert parts - described == set()
    assert {triple.subject for triple in triples} - described == set()


def test_links_and_triples_tell_the_same(triples: list[Triple]) -> None:
    parts = [objects(triples, f"rdf:{part}") for part in ("subject", "predicate", "object")]
    links = {tuple(part[link] for part in parts) for link in parts[0]}
    ties = {NamedNode(resolve(link.terms[0])) for link in mapping_of(reference()).link_types.values()}
    assert links
    assert links == {(one.subject, one.predicate, one.object) for one in triples if one.predicate in ties}


def test_every_node_of_evidence_belongs_to_something(triples: list[Triple]) -> None:
    fragments = {
        one.subject for one in triples if isinstance(one.subject, NamedNode) and "#" in one.subject.value
    }
    leading = {resolve(term) for term in EVIDENCE}
    assert fragments
    assert fragments == {one.object for one in triples if one.predicate.value in leading}


def objects(triples: list[Triple], term: str) -> dict[object, object]:
    """The one object of a predicate, by subject."""
    return {one.subject: one.object for one in triples if one.predicate.value == resolve(term)}


@pytest.mark.parametrize("name", CHECKS)
def test_the_concept_schemes_are_sound(store: pyoxigraph.Store, name: str) -> None:
    assert found(store, name) == []


def test_the_sample_has_every_kind_and_type_of_link_that_the_export_has(triples: list[Triple]) -> None:
    part = sampled(triples)
    for predicate in ("rdf:type", "rdf:predicate"):
        every, some = (
            {one.object for one in found if one.predicate.value == resolve(predicate)}
            for found in (triples, part)
        )
        assert some == every
    assert len(part) < len(triples) / 5


def test_a_sample_of_the_export_conforms_to_the_shapes(triples: list[Triple]) -> None:
    conforms, _, text = validate(parsed(sampled(triples)), shacl_graph=shapes(), inference="none")
    assert conforms, text


@pytest.mark.slow
def test_the_whole_export_conforms_to_the_shapes(triples: list[Triple]) -> None:
    conforms, _, text = validate(parsed(triples), shacl_graph=shapes(), inference="none")
    assert conforms, text


@pytest.mark.slow
def test_a_sample_of_the_export_contradicts_no_axiom(triples: list[Triple]) -> None:
    graph = parsed([triple for triple in sampled(triples) if isinstance(triple.object, NamedNode)])
    graph.parse(published("res68.ttl"))
    graph.parse(KNOWN)
    closure = OWLRL_Semantics(graph, False, False)
    closure.closure()
    assert closure.error_messages == []
