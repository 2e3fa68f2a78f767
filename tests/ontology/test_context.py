"""The JSON-LD context names every term of the mapping, and says how its values are written."""

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.context import Shape, context, entries, entry
from ontology.mapping import mapping_of
from ontology.model import Model, reference
from ontology.namespaces import namespaces, resolve
from tests.ontology.declaring import copied

MAPPING = mapping_of(reference())
EXAMPLES: dict[str, object] = {
    "ledTo": ["https://example.org/id/action/A1"],
    "strength": "r68:strength-stated",
    "priorWork": True,
    "ordinal": 7,
    "dcterms:modified": "2026-11-28T04:00:00Z",
    "dcterms:date": [{"@value": "2016-10", "@type": "xsd:gYearMonth"}],
    "rdfs:label": {"en": "Name", "ar": "اسم"},
    "dcterms:title": [{"@value": "Title", "@language": "en"}, "Titel"],
    "rdf:_1": {"@id": "https://example.org/"},
}


def parsed(document: dict[str, object]) -> list[tuple[str, object]]:
    """The predicates, as prefix:name, and objects of a document in our context."""
    whole = {**context(MAPPING), "id": "https://example.org/id/x/1", **document}
    quads = parse(json.dumps(whole), format=RdfFormat.JSON_LD)
    return [(shortened(quad.predicate.value), quad.object) for quad in quads]


def test_examples_mean_what_the_mapping_says() -> None:
    assert set(parsed({"type": ["Conclusion", "prov:Entity", "Link"], **EXAMPLES})) == {
        ("rdf:type", iri("r68:Conclusion")),
        ("rdf:type", iri("prov:Entity")),
        ("rdf:type", iri("r68:Link")),
        ("r68:ledTo", NamedNode("https://example.org/id/action/A1")),
        ("r68:strength", iri("r68:strength-stated")),
        ("r68:priorWork", Literal(True)),
        ("r68:ordinal", Literal(7)),
        ("dcterms:modified", Literal("2026-11-28T04:00:00Z", datatype=iri("xsd:dateTime"))),
        ("dcterms:date", Literal("2016-10", datatype=iri("xsd:gYearMonth"))),
        ("rdfs:label", Literal("Name", language="en")),
        ("rdfs:label", Literal("اسم", language="ar")),
        ("dcterms:title", Literal("Title", language="en")),
        ("dcterms:title", Literal("Titel")),
        ("rdf:_1", NamedNode("https://example.org/")),
    }


@pytest.mark.parametrize("term", sorted(entries(MAPPING)))
def test_every_predicate_is_read_back_under_its_own_name(term: str) -> None:
    one = entry(MAPPING, term)
    values: dict[Shape, object] = {
        Shape.ID: "https://example.org/id/x/2",
        Shape.LANGUAGE: {"fr": "mot"},
        Shape.PLAIN: "2026-11-28T04:00:00Z",
        Shape.VALUE: {"@value": "mot", "@language": "fr"},
    }
    value = values[one.shape]
    assert [key for key, _ in parsed({one.key: [value] if one.many else value})] == [term]


@pytest.mark.parametrize("kind", sorted(reference().kinds))
def test_every_kind_is_called_by_its_name(kind: str) -> None:
    assert parsed({"type": kind}) == [("rdf:type", iri(f"r68:{kind}"))]


def test_a_predicate_that_is_not_of_the_model_takes_value_objects() -> None:
    assert (entry(MAPPING, "rdf:_12").key, entry(MAPPING, "rdf:_12").shape) == ("rdf:_12", Shape.VALUE)


def test_a_term_that_hides_a_prefix_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    topic = folder / "kinds" / "topic.yaml"
    topic.write_text(
        topic.read_text(encoding="utf-8").replace("skos:definition", "r68:time"), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="r68:time cannot be called time in JSON-LD"):
        context(mapping_of(Model.load(folder)))


def iri(term: str) -> NamedNode:
    """The IRI of a term."""
    return NamedNode(resolve(term))


def shortened(one: str) -> str:
    """An IRI as prefix:name."""
    return next(
        f"{prefix}:{one.removeprefix(at)}" for prefix, at in namespaces().items() if one.startswith(at)
    )
