"""The published files are what the model gives, with no term that its vocabulary does not have."""

import json
from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.namespaces import R68, namespaces, resolve
from ontology.publishing import FILES, made, published
from ontology.usage import uses
from tests.ontology.declaring import added
from tests.ontology.test_model import PILOT

TURTLE = [name for name in FILES if name.endswith(".ttl")]


@cache
def quads(name: str) -> tuple[Quad, ...]:
    """What a published Turtle file says."""
    return tuple(parse(published(name).read_bytes(), format=RdfFormat.TURTLE))


def nodes(name: str) -> set[str]:
    """Every IRI in a file that stands as a subject, predicate, object or datatype."""
    found: set[str] = set()
    for quad in quads(name):
        for node in (quad.subject, quad.predicate, quad.object):
            if isinstance(node, NamedNode):
                found.add(node.value)
            elif isinstance(node, Literal):
                found.add(node.datatype.value)
    return found


def shortened(iri: str) -> str | None:
    """An IRI as prefix:name, if a vocabulary that we know can have it."""
    fitting = [name for name, at in namespaces().items() if iri.startswith(at) and iri != at]
    return f"{fitting[0]}:{iri.removeprefix(namespaces()[fitting[0]])}" if fitting else None


@pytest.mark.parametrize("name", FILES)
def test_a_published_file_is_what_the_model_gives(name: str) -> None:
    text = published(name).read_text(encoding="utf-8")
    assert text == made(name, reference()), "run `make docs` and look at the difference"


@pytest.mark.parametrize("name", TURTLE)
def test_every_term_is_one_of_its_vocabulary(name: str) -> None:
    for term in filter(None, map(shortened, nodes(name))):
        resolve(term)


@pytest.mark.parametrize("name", TURTLE)
def test_every_predicate_and_class_is_of_a_known_vocabulary(name: str) -> None:
    kinds = {quad.object for quad in quads(name) if quad.predicate.value == resolve("rdf:type")}
    used = {quad.predicate.value for quad in quads(name)} | {str(kind)[1:-1] for kind in kinds}
    assert {iri for iri in used if shortened(iri) is None} == set()


def test_every_term_of_the_context_is_one_of_its_vocabulary() -> None:
    terms = json.loads(published("context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {
        key: value for key, value in terms.items() if key not in namespaces() and not key.startswith("@")
    }
    for key, value in named.items():
        term = value.get("@id", key) if isinstance(value, dict) else value
        if not term.startswith("@"):
            resolve(term)


def test_every_term_of_ours_is_declared_labelled_and_defined() -> None:
    about: dict[str, set[str]] = {}
    for quad in quads("res68.ttl"):
        if isinstance(quad.subject, NamedNode):
            about.setdefault(quad.subject.value, set()).add(quad.predicate.value)
    used = nodes("res68.ttl") | nodes("shapes.ttl") | set(map(resolve, uses(mapping_of(reference()))))
    ours = {iri for iri in used if iri.startswith(R68) and iri != R68}
    labels, definitions = names("rdfs:label", "skos:prefLabel"), names("rdfs:comment", "skos:definition")
    defined = resolve("rdfs:isDefinedBy")
    for iri in sorted(ours):
        said = about.get(iri, set())
        assert said & labels, f"{iri} has no label"
        assert said & definitions, f"{iri} has no definition"
        assert defined in said, f"{iri} does not say who defines it"


def test_a_property_has_the_names_that_are_declared_for_it() -> None:
    labels = {
        quad.object.language: quad.object.value
        for quad in quads("res68.ttl")
        if quad.predicate.value == resolve("rdfs:label")
        and quad.subject == NamedNode(resolve("r68:ledTo"))
        and isinstance(quad.object, Literal)
    }
    assert labels == {"en": "led to", **reference().link_types["LED_TO"].label}


def test_a_new_kind_gets_its_class_its_shape_and_its_names(tmp_path: Path) -> None:
    model = added(tmp_path, pilot=PILOT)
    ontology, shapes = made("res68.ttl", model), made("shapes.ttl", model)
    assert "\nr68:Pilot\n    a owl:Class ;" in ontology
    assert "\nr68:tries\n    a owl:ObjectProperty ;" in ontology
    assert "rdfs:domain r68:Pilot ;\n    rdfs:range r68:Conclusion ." in ontology
    assert "\nshapes:Pilot\n    a sh:NodeShape ;" in shapes
    assert '/id/(?:conclusion)/"' in shapes.partition("\nshapes:Pilot-r68.tries\n")[2].partition("\n\n")[0]
    terms = json.loads(made("context.jsonld", model))["@context"]
    assert terms["Pilot"] == "r68:Pilot"
    assert terms["tries"] == {"@id": "r68:tries", "@type": "@id", "@container": "@set"}


def test_blank_nodes_stand_for_lists_and_for_parts_of_shapes_alone() -> None:
    blank = {str(quad.subject) for quad in quads("res68.ttl") if isinstance(quad.subject, BlankNode)}
    lists = {str(quad.subject) for quad in quads("res68.ttl") if quad.predicate.value == resolve("rdf:first")}
    assert len(blank - lists) == 1  # that no thing is of two kinds


def names(*terms: str) -> set[str]:
    """The IRIs of terms."""
    return {resolve(term) for term in terms}
