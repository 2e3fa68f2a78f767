"""The JSON-LD 1.1 context: how every predicate and class is called there, and how its values are written."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from ontology.evidence import Form
from ontology.mapping import DISPUTE, FIELD_SOURCE, LINK, RdfMapping
from ontology.namespaces import namespaces
from ontology.usage import RESOURCES, Use, forms, uses

ALIASES = {"id": "@id", "type": "@type"}
OWN_CLASSES = (LINK, DISPUTE, FIELD_SOURCE)
SKOS_LINKS = ("skos:inScheme", "skos:topConceptOf")


class Shape(Enum):
    """How the values of a predicate are written in JSON."""

    PLAIN = "as they are: a string, a number, true or false"
    ID = "the IRI alone, as a string"
    LANGUAGE = "an object from language to text"
    VALUE = "an object with @value and @type or @language, or with @id; a text without a language is a string"


@dataclass(frozen=True, slots=True)
class Entry:
    """A predicate in JSON.

    `many`: its values stand in a list, even one alone; a language with several texts takes a list too.
    """

    key: str
    shape: Shape
    many: bool = False


SHAPES = {
    frozenset({Form.TEXT}): Shape.PLAIN,
    frozenset({Form.INTEGER}): Shape.PLAIN,
    frozenset({Form.BOOLEAN}): Shape.PLAIN,
    frozenset({Form.INSTANT}): Shape.PLAIN,
    frozenset({Form.LANGUAGE}): Shape.LANGUAGE,
}  # what leads to resources alone is an ID, every other mixture is written as value objects


@cache
def entries(mapping: RdfMapping) -> Mapping[str, Entry]:
    """How every predicate is written, by its term; see `entry` for those that are not of the model."""
    found = {term: _entry(term, used) for term, used in uses(mapping).items()}
    found |= {term: Entry(term, Shape.ID) for term in SKOS_LINKS}
    return dict(sorted(found.items()))


def entry(mapping: RdfMapping, term: str) -> Entry:
    """How a predicate is written: one that the context does not name (rdf:_1) takes value objects."""
    return entries(mapping).get(term) or Entry(name(term), Shape.VALUE)


def name(term: str) -> str:
    """What a class or a predicate is called: our own by its local name, others as prefix:name."""
    return term.removeprefix("r68:")


def context(mapping: RdfMapping) -> dict[str, object]:
    """The document that a consumer fetches: {"@context": ...}.

    Values: instants are plain strings, as their type stands here; dates carry theirs, which tells the
    precision; IRIs of concepts and terms may be written prefix:name.
    """
    terms: dict[str, object] = {"@version": 1.1, **ALIASES, **namespaces()}
    classes = [*OWN_CLASSES, *(f"r68:{kind}" for kind in mapping.model.kinds)]
    named: dict[str, object] = {name(one): one for one in classes}
    for term, one in entries(mapping).items():
        definition = _definition(term, one, forms(uses(mapping).get(term, ())))
        if definition:
            named[one.key] = definition
    if taken := terms.keys() & named.keys():
        raise ValueError(f"r68:{min(taken)} cannot be called {min(taken)} in JSON-LD: rename it")
    return {"@context": terms | dict(sorted(named.items()))}


def _entry(term: str, used: tuple[Use, ...]) -> Entry:
    found = forms(used)
    shape = Shape.ID if found <= RESOURCES else SHAPES.get(found, Shape.VALUE)
    return Entry(name(term), shape, shape is not Shape.LANGUAGE and _several(used))


def _several(used: tuple[Use, ...]) -> bool:
    """Whether a subject can say the term several times: by one field, or by two of one holder."""
    holders = [use.holder for use in used]
    return any(use.many for use in used) or len(holders) > len(set(holders))


def _definition(term: str, one: Entry, found: frozenset[Form]) -> dict[str, object]:
    """The definition of a term; empty where the prefix says it all."""
    definition: dict[str, object] = {"@id": term} if one.key != term else {}
    if one.shape is Shape.ID:
        definition["@type"] = "@id"
    elif found == {Form.INSTANT}:
        definition["@type"] = "xsd:dateTime"
    if one.shape is Shape.LANGUAGE:
        definition["@container"] = "@language"
    elif one.many:
        definition["@container"] = "@set"
    return definition
