"""What SHACL asks of the values of one predicate, by the form of the fields that say it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ontology.evidence import Form, Written
from ontology.languages import LANGUAGES
from ontology.mapping import DISPUTE, FIELD_SOURCE, ORDER_CLASS, concept, written
from ontology.model import Kind, LinkField, Model, Property, Vocabulary
from ontology.turtle import Object, Statements, Text
from ontology.values import COUNTRY_CODE, IDENTIFIER

DATES = ("xsd:date", "xsd:gYearMonth", "xsd:gYear")
DATATYPES = {
    Form.TEXT: "xsd:string",
    Form.INTEGER: "xsd:integer",
    Form.BOOLEAN: "xsd:boolean",
    Form.INSTANT: "xsd:dateTime",
}
PATTERNS = {"identifier": IDENTIFIER.pattern, "country-code": COUNTRY_CODE.pattern}
NODES = {"disputed": DISPUTE, "fieldSources": FIELD_SOURCE, "order": ORDER_CLASS}
SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Field:
    """A field that says a predicate: what its values are, and how many there can be.

    `most` is None where there can be any number, or one for each language.
    """

    name: str
    description: str
    alternatives: tuple[Statements, ...]
    least: int = 0
    most: int | None = None
    by_language: bool = False


def property_field(prop: Property) -> Field:
    """A property of a kind or of a link; one that can be left out for persons' sake is never required."""
    field = written_field(written(prop), {prop.vocabulary.name: prop.vocabulary} if prop.vocabulary else {})
    pattern = PATTERNS.get(prop.type)
    alternatives = tuple({**one, "sh:pattern": Text(f"^(?:{pattern})$")} for one in field.alternatives)
    return replace(
        field,
        alternatives=alternatives if pattern else field.alternatives,
        least=int(prop.required and not prop.personal),
    )


def link_field(field: LinkField, model: Model, *, counted: bool) -> Field:
    """A link field from its start; `counted`: its links are the only ones that say the predicate there."""
    most = field.max if counted else None
    return Field(
        field.name, field.description, (things(field.ends, model),), field.min if counted else 0, most
    )


def written_field(one: Written, vocabularies: dict[str, Vocabulary], least: int = 0) -> Field:
    """A field of things or links as such."""
    by_language = one.form is Form.LANGUAGE
    most = None if one.many or by_language else 1
    return Field(one.name, one.description, _alternatives(one, vocabularies), least, most, by_language)


def constraints(fields: Sequence[Field]) -> Statements:
    """What the predicate that these fields say must hold."""
    alternatives: list[Statements] = []
    for field in fields:
        alternatives += [one for one in field.alternatives if one not in alternatives]
    found: Statements = dict(alternatives[0]) if len(alternatives) == 1 else {"sh:or": tuple(alternatives)}
    if least := max(field.least for field in fields):
        found["sh:minCount"] = least
    limits = [field.most for field in fields]
    if len(fields) == 1 and limits[0] is not None:
        found["sh:maxCount"] = limits[0]
    if any(field.by_language for field in fields) and len(fields) == 1:
        found["sh:uniqueLang"] = True
    return found


def things(kinds: Iterable[str], model: Model) -> Statements:
    """Things of these kinds, told by their IRIs: the description of one thing can be checked alone."""
    keys = sorted({model.kinds[name].key for kind in kinds for name in model.kinds[kind].concrete})
    return named(f"/id/(?:{'|'.join(keys)})/")


def own_iri(kind: Kind) -> Statements:
    """The IRI of a thing of a kind."""
    return named(f"/id/{kind.key}/[A-Za-z0-9._~/-]+$")


def named(pattern: str) -> Statements:
    """An IRI of a pattern."""
    return {"sh:nodeKind": "sh:IRI", "sh:pattern": Text(pattern)}


def _alternatives(one: Written, vocabularies: dict[str, Vocabulary]) -> tuple[Statements, ...]:
    match one.form:
        case Form.DATE:
            return tuple({"sh:datatype": datatype} for datatype in DATES)
        case Form.LANGUAGE:
            languages: tuple[Object, ...] = tuple(Text(language) for language in LANGUAGES)
            return ({"sh:datatype": "rdf:langString", "sh:languageIn": languages},)
        case Form.CONCEPT:
            vocabulary = vocabularies[str(one.vocabulary)]
            return ({"sh:in": tuple(concept(vocabulary.name, key) for key in vocabulary.concepts)},)
        case Form.ADDRESS:
            return (named("^https?://"),)
        case Form.THING:
            return (named(f"/id/{SOURCE}/" if one.name == "sources" else "/id/"),)
        case Form.NODE:
            return ({"sh:class": NODES[one.name]},)
        case Form.ANY:
            return ({"sh:nodeKind": "sh:IRIOrLiteral"},)
        case _:
            return ({"sh:datatype": DATATYPES[one.form]},)
