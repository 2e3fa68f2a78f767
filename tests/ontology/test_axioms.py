"""The ontology contradicts neither itself nor the vocabularies that it reuses, and keeps to OWL 2 RL."""

from functools import cache
from pathlib import Path

import pytest
from owlrl import OWLRL_Semantics
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.namespaces import R68, resolve
from ontology.publishing import published
from ontology.usage import RESOURCES, forms, uses
from tests.ontology.described import BASE, Described, iri

KNOWN = Path(__file__).with_name("known.ttl")
MAPPING = mapping_of(reference())
TEXTS = ("rdfs:label", "rdfs:comment", "skos:prefLabel", "skos:definition", "skos:note", "skos:altLabel")
CLASSES = "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty AllDisjointClasses"
CHARACTERISTICS = "AsymmetricProperty IrreflexiveProperty"
ALLOWED = {
    f"owl:{name}" for name in f"{CLASSES} {CHARACTERISTICS} members versionIRI versionInfo".split()
} | {
    f"rdfs:{name}"
    for name in "subClassOf subPropertyOf domain range label comment isDefinedBy seeAlso Literal".split()
}
DATATYPES = {"xsd:string", "xsd:integer", "xsd:boolean", "xsd:dateTime", "rdfs:Literal"}
OF_LITERALS = ("http://www.w3.org/2001/XMLSchema#", resolve("rdfs:Literal"))


@cache
def quads(path: Path) -> tuple[Quad, ...]:
    """What a Turtle file says."""
    return tuple(parse(path.read_bytes(), format=RdfFormat.TURTLE))


def said(path: Path, term: str) -> list[tuple[str, str]]:
    """The subjects and objects of a predicate in a file, where both are IRIs."""
    return [
        (quad.subject.value, quad.object.value)
        for quad in quads(path)
        if quad.predicate.value == resolve(term)
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
    ]


def test_only_what_is_planted_contradicts() -> None:
    described = Described(MAPPING, all_ends=True)
    described.right()
    graph = described.graph
    graph.parse(published("res68.ttl"))
    graph.parse(KNOWN)
    for term in TEXTS:
        graph.remove((None, iri(term), None))  # no axiom is about these, and the closure is quadratic
    planted = plant(graph)
    closure = OWLRL_Semantics(graph, False, False)
    closure.closure()
    found = {node for node in planted if any(f"{node}" in one for one in closure.error_messages)}
    assert found == planted
    strange = [one for one in closure.error_messages if not any(node in one for node in planted)]
    assert strange == []


def plant(graph: Graph) -> set[str]:
    """Contradictions, each at a node of its own."""
    names = ("two-kinds", "activity-and-entity", "collection-and-concept", "itself", "back", "link-and-thing")
    nodes = [URIRef(f"{BASE}/planted/{name}") for name in names]
    two, act, group, itself, back, link = nodes
    led_to = iri("r68:ledTo")
    graph += [
        (two, RDF.type, iri("r68:Conclusion")),
        (two, RDF.type, iri("r68:Action")),
        (act, RDF.type, iri("r68:Meeting")),
        (act, iri("prov:wasGeneratedBy"), act),
        (group, RDF.type, iri("r68:CountryGroup")),
        (group, iri("skos:topConceptOf"), iri("r68:topic-scheme")),
        (itself, led_to, itself),
        (back, led_to, URIRef(f"{BASE}/planted/forth")),
        (URIRef(f"{BASE}/planted/forth"), led_to, back),
        (link, RDF.type, iri("r68:Link")),
        (link, iri("r68:abbreviation"), iri("r68:Link")),
    ]
    return {str(node) for node in nodes}


def test_the_ontology_uses_only_what_owl_2_rl_has() -> None:
    used = {
        node.value
        for quad in quads(published("res68.ttl"))
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode)
        and node.value.startswith((resolve("owl:Class")[:-5], resolve("rdfs:label")[:-5]))
    }
    assert used <= {resolve(term) for term in ALLOWED}


def test_ranges_are_classes_or_datatypes_that_owl_2_rl_has() -> None:
    ontology = published("res68.ttl")
    classes = {one for one, sort in said(ontology, "rdf:type") if sort == resolve("owl:Class")}
    literal = {one for one, sort in said(ontology, "rdf:type") if sort == resolve("owl:DatatypeProperty")}
    for term, span in said(ontology, "rdfs:range"):
        allowed = {resolve(one) for one in DATATYPES} if term in literal else classes
        assert span in allowed, term


@pytest.mark.parametrize("axiom", ["rdfs:domain", "rdfs:range", "rdfs:subClassOf", "rdfs:subPropertyOf"])
def test_no_axiom_is_about_terms_of_others(axiom: str) -> None:
    strange = [one for one, _ in said(published("res68.ttl"), axiom) if not one.startswith(R68)]
    assert strange == []


def test_a_term_is_a_class_or_one_sort_of_property() -> None:
    characteristics = {resolve(f"owl:{name}") for name in CHARACTERISTICS.split()}
    sorts: dict[str, set[str]] = {}
    for one, sort in said(published("res68.ttl"), "rdf:type"):
        sorts.setdefault(one, set()).add(sort)
    assert [one for one, found in sorts.items() if len(found - characteristics) != 1] == []


def test_terms_of_others_lead_to_what_their_vocabularies_say() -> None:
    ranges = dict(said(KNOWN, "rdfs:range"))
    wrong = [
        term
        for term, used in uses(MAPPING).items()
        if (span := ranges.get(resolve(term))) and (forms(used) <= RESOURCES) == span.startswith(OF_LITERALS)
    ]
    assert wrong == []


def test_the_ontology_says_of_itself_what_a_reader_looks_for() -> None:
    here = R68.removesuffix("#")
    about = {
        quad.predicate.value for quad in quads(published("res68.ttl")) if quad.subject == NamedNode(here)
    }
    wanted = (
        "dcterms:title dcterms:description dcterms:creator dcterms:publisher dcterms:license dcterms:created "
        "dcterms:modified dcterms:bibliographicCitation owl:versionIRI owl:versionInfo "
        "vann:preferredNamespacePrefix vann:preferredNamespaceUri"
    )
    assert {resolve(term) for term in wanted.split()} <= about


def test_no_definition_only_repeats_a_label() -> None:
    labels, comments = english("rdfs:label"), english("rdfs:comment")
    assert comments
    assert [one for one, text in comments.items() if text.rstrip(".").lower() == labels[one].lower()] == []


def english(term: str) -> dict[str, str]:
    """The English texts of a predicate, by subject."""
    return {
        str(quad.subject): quad.object.value
        for quad in quads(published("res68.ttl"))
        if quad.predicate.value == resolve(term)
        and isinstance(quad.object, Literal)
        and quad.object.language == "en"
    }
