"""The page of the ontology: every class, property, link and concept, each under its local name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import pyoxigraph

from ontology.header import DESCRIPTION, ONTOLOGY, TITLE, VERSION
from ontology.languages import LANGUAGES
from ontology.mapping import KindMapping, mapping_of
from ontology.model import Model
from ontology.namespaces import R68, namespaces, resolve
from res68.pages.reader import Reader
from res68.pages.templates import page

LABELS = ("rdfs:label", "skos:prefLabel")
MEANINGS = ("rdfs:comment", "skos:definition")
APART = (*LABELS, *MEANINGS, "rdf:type", "rdfs:isDefinedBy", "skos:topConceptOf", "skos:hasTopConcept")
GROUPS = (
    ("classes", "Classes", "owl:Class"),
    ("links", "Links", "owl:ObjectProperty"),
    ("properties", "Properties", "owl:DatatypeProperty"),
    ("marks", "Marks on terms", "owl:AnnotationProperty"),
    ("schemes", "Concept schemes", "skos:ConceptScheme"),
)

Said: TypeAlias = Mapping[str, Sequence[pyoxigraph.NamedNode | pyoxigraph.Literal]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A value: its text, and where it leads if it does."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of ours: its local name, what it is called by language, what it means, what else is said of it,
    what its things have (for a class: name, terms, meaning), and its concepts (for a scheme)."""

    name: str
    labels: Sequence[tuple[str, str]]
    meaning: str
    facts: Sequence[tuple[str, Sequence[Reference]]]
    fields: Sequence[tuple[str, Sequence[Reference], str]] = ()
    concepts: Sequence["Term"] = ()


@lru_cache(maxsize=16)
def ontology_page(model: Model, turtle: str, reader: Reader) -> bytes:
    """The page of an ontology that is given as Turtle; `model` says what the things of each class have.

    What frames the page is in the reader's language, the terms are described in English alone.
    """
    subjects = _subjects(turtle)
    kinds = {f"{R68}{one.kind.name}": one for one in mapping_of(model).kinds.values()}
    groups = [
        (anchor, title, [_term(iri, subjects, kinds) for iri in _of_type(kind, subjects)])
        for anchor, title, kind in GROUPS
    ]
    shown = page(
        "ontology.html",
        200,
        reader,
        title=TITLE,
        about=DESCRIPTION,
        iri=ONTOLOGY,
        version=VERSION,
        groups=groups,
        namespaces=namespaces(),
    )
    return bytes(shown.body)


def _subjects(turtle: str) -> dict[str, Said]:
    """What the graph says of each of our terms, by predicate."""
    found: dict[str, dict[str, list[pyoxigraph.NamedNode | pyoxigraph.Literal]]] = {}
    for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
        match quad.subject, quad.object:
            case pyoxigraph.NamedNode(value=iri), pyoxigraph.NamedNode() | pyoxigraph.Literal() as value:
                found.setdefault(iri, defaultdict(list))[_short(quad.predicate.value)].append(value)
    return {iri: said for iri, said in found.items() if iri.startswith(R68)}


def _of_type(kind: str, subjects: Mapping[str, Said]) -> Iterator[str]:
    """Our terms of a type, by name."""
    wanted = resolve(kind)
    yield from sorted(
        iri for iri, said in subjects.items() if any(one.value == wanted for one in said["rdf:type"])
    )


def _term(iri: str, subjects: Mapping[str, Said], kinds: Mapping[str, KindMapping]) -> Term:
    said = subjects[iri]
    kind = kinds.get(iri)
    concepts = (one.value for one in said.get("skos:hasTopConcept", ()))
    return Term(
        iri.removeprefix(R68),
        _labels(said),
        next((one.value for name in MEANINGS for one in said.get(name, ())), ""),
        [
            (name, [_reference(one, subjects) for one in values])
            for name, values in sorted(said.items())
            if name not in APART
        ],
        list(_fields(kind, subjects)) if kind else (),
        [_term(one, subjects, kinds) for one in concepts],
    )


def _labels(said: Said) -> list[tuple[str, str]]:
    """What a term is called, with the language, in the order of our languages."""
    found = {
        one.language or "": one.value
        for name in LABELS
        for one in said.get(name, ())
        if isinstance(one, pyoxigraph.Literal)
    }
    return [(language, found[language]) for language in LANGUAGES if language in found]


def _fields(
    kind: KindMapping, subjects: Mapping[str, Said]
) -> Iterator[tuple[str, Sequence[Reference], str]]:
    """What the things of a kind have: properties, then the links that start at them."""
    for prop in kind.properties:
        yield prop.name, _terms(prop.terms, subjects), prop.description
    for field in kind.kind.links.values():
        if field.outgoing:
            yield field.name, _terms(field.type.rdf, subjects), field.description


def _terms(terms: Iterable[str], subjects: Mapping[str, Said]) -> list[Reference]:
    return [_reference(pyoxigraph.NamedNode(resolve(term)), subjects) for term in terms]


def _reference(value: pyoxigraph.NamedNode | pyoxigraph.Literal, subjects: Mapping[str, Said]) -> Reference:
    if isinstance(value, pyoxigraph.Literal):
        return Reference(value.value)
    here = value.value in subjects
    return Reference(_short(value.value), f"#{value.value.removeprefix(R68)}" if here else value.value)


def _short(iri: str) -> str:
    """An IRI as prefix:name, where one of our prefixes fits."""
    fitting = ((name, space) for name, space in namespaces().items() if iri.startswith(space))
    return next((f"{name}:{iri.removeprefix(space)}" for name, space in fitting), iri)
