"""The concept schemes in SKOS: one for each vocabulary, one for each kind whose things are concepts."""

from collections.abc import Iterator

from ontology.evidence import OF_CONCEPTS
from ontology.header import ONTOLOGY
from ontology.mapping import RdfMapping, concept, scheme
from ontology.model import Concept, Vocabulary
from ontology.turtle import Block, Iri, Object, Statements, Text, texts

COVERS, ENDS = (one.terms[0] for one in OF_CONCEPTS)


def schemes(mapping: RdfMapping) -> Iterator[Block]:
    """All schemes, each with its concepts; the concepts of a kind are things and stand in the data."""
    heading = "Concept schemes of vocabularies"
    for name, vocabulary in sorted(mapping.vocabularies.items()):
        yield Block(scheme(name), _scheme(vocabulary), heading)
        heading = ""
        yield from (_concept(vocabulary, one) for one in vocabulary.concepts.values())
    heading = "Concept schemes of kinds: their concepts are records"
    for kind in mapping.kinds.values():
        if kind.scheme:
            statements: Statements = {
                "rdf:type": "skos:ConceptScheme",
                "skos:prefLabel": texts(kind.kind.label),
                "skos:definition": Text(f"All records of the kind {kind.kind.name}.", "en"),
                "rdfs:isDefinedBy": Iri(ONTOLOGY),
            }
            yield Block(kind.scheme, statements, heading)
            heading = ""


def _scheme(vocabulary: Vocabulary) -> Statements:
    tops: list[Object] = [concept(vocabulary.name, key) for key in vocabulary.concepts]
    return {
        "rdf:type": "skos:ConceptScheme",
        "skos:prefLabel": texts(vocabulary.label),
        "skos:definition": Text(vocabulary.description, "en"),
        "skos:hasTopConcept": tops,
        "rdfs:isDefinedBy": Iri(ONTOLOGY),
    }


def _concept(vocabulary: Vocabulary, one: Concept) -> Block:
    statements: Statements = {
        "rdf:type": "skos:Concept",
        "skos:prefLabel": texts(one.label),
        "skos:definition": Text(one.description, "en"),
        "skos:notation": Text(one.key),
        "skos:inScheme": scheme(vocabulary.name),
        "skos:topConceptOf": scheme(vocabulary.name),
        "rdfs:isDefinedBy": Iri(ONTOLOGY),
    }
    if not all(other.covers for other in vocabulary.concepts.values()):
        statements[COVERS] = one.covers
    if one.ends:
        statements[ENDS] = Text(one.ends)
    return Block(concept(vocabulary.name, one.key), statements)
