"""The ontology in OWL: a class for each kind, a property for each term of ours, weak axioms in OWL 2 RL."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ontology.evidence import DISPUTED, FIELD_SOURCES, OF_CONCEPTS, TRACED, Form
from ontology.header import ONTOLOGY, header
from ontology.mapping import DISPUTE, FIELD_SOURCE, LINK, THING, RdfMapping, own_class
from ontology.model import Kind, LinkType, Model, Property
from ontology.schemes import schemes
from ontology.turtle import Block, Iri, Object, Statements, Text, document, parted, texts
from ontology.usage import RESOURCES, Use, forms, nearest, uses

OPENING = "The Res68 ontology. Made from the declarations in ontology/ by `make docs`: do not edit."
RANGES = {
    Form.TEXT: "xsd:string",
    Form.INTEGER: "xsd:integer",
    Form.BOOLEAN: "xsd:boolean",
    Form.INSTANT: "xsd:dateTime",
    Form.CONCEPT: "skos:Concept",
    Form.LANGUAGE: "rdfs:Literal",
    Form.DATE: "rdfs:Literal",
}  # for a text with a language and for a date with a precision OWL 2 RL knows no one datatype
NODES = {DISPUTED.terms[0]: DISPUTE, FIELD_SOURCES.terms[0]: FIELD_SOURCE}
# In OWL these are annotations, which no property can be narrower than in OWL 2 RL.
ANNOTATIONS = frozenset({"rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:note", "skos:definition"})
EVIDENCE: dict[str, tuple[Mapping[str, str], str]] = {
    LINK: (
        {"en": "Link", "fr": "Lien", "es": "Vínculo", "ru": "Связь", "zh": "关联", "ar": "رابط"},
        "A link between two things with what it rests on: strength, sources, note, date.",
    ),
    DISPUTE: (
        {
            "en": "Disputed value", "fr": "Valeur contestée", "es": "Valor discutido",
            "ru": "Спорное значение", "zh": "有争议的值", "ar": "قيمة متنازع عليها",
        },
        "Another value of a field of a thing, given by other sources.",
    ),
    FIELD_SOURCE: (
        {
            "en": "Source of a field", "fr": "Source d'un champ", "es": "Fuente de un campo",
            "ru": "Источник поля", "zh": "字段来源", "ar": "مصدر حقل",
        },
        "Which of the sources of a thing give one of its fields.",
    ),
}  # fmt: skip
EVIDENCE_CLASS = "prov:Entity"


def ontology(mapping: RdfMapping) -> str:
    """The ontology as a Turtle document."""
    model = mapping.model
    properties = _properties(mapping)
    parts: dict[str, Iterable[Block]] = {
        "Classes": (_kind_class(kind, model) for kind in model.kinds.values()),
        "Classes of evidence": (_evidence_class(name) for name in EVIDENCE),
        "Nothing is of two kinds": [Block(None, _disjoint(model))],
        "Properties": properties,
        "What the classes and properties above are narrower than": _reused(model, properties),
    }
    return document(OPENING, [*header(), *parted(parts), *schemes(mapping)])


def tops(model: Model) -> list[str]:
    """The classes right below that of all things, but those that have a kind in common with another one."""
    concrete = {kind.name: set(kind.concrete) for kind in model.kinds.values() if kind.ancestors == (THING,)}
    return [
        f"r68:{name}"
        for name, own in concrete.items()
        if not any(own & other for another, other in concrete.items() if another != name)
    ]


def supers(mapping: RdfMapping, term: str) -> list[str]:
    """The terms of others that every field says beside this one: a property is safely narrower than those."""
    own = {(use.holder, use.field) for use in uses(mapping)[term]}
    return [
        other
        for other, used in uses(mapping).items()
        if not other.startswith("r68:")
        and other not in ANNOTATIONS
        and own <= {(use.holder, use.field) for use in used}
    ]


def _kind_class(kind: Kind, model: Model) -> Block:
    above = [
        name
        for name in kind.ancestors
        if not any(name in model.kinds[one].ancestors for one in kind.ancestors)
    ]
    broader: list[Object] = [*(f"r68:{name}" for name in above), *kind.rdf]
    return Block(own_class(kind), _class(kind.label, kind.description, broader))


def _evidence_class(name: str) -> Block:
    label, description = EVIDENCE[name]
    return Block(name, _class(label, description, [EVIDENCE_CLASS]))


def _class(label: Mapping[str, str], description: str, broader: list[Object]) -> Statements:
    return {
        "rdf:type": "owl:Class",
        "rdfs:label": texts(label),
        "rdfs:comment": Text(description, "en"),
        "rdfs:subClassOf": broader,
        "rdfs:isDefinedBy": Iri(ONTOLOGY),
    }


def _disjoint(model: Model) -> Statements:
    return {"rdf:type": "owl:AllDisjointClasses", "owl:members": (*tops(model), *EVIDENCE)}


def _properties(mapping: RdfMapping) -> list[Block]:
    """Every property of ours, by name."""
    by_term = {link.terms[0]: link.type for link in mapping.link_types.values()}
    own = {
        term: _property(mapping, term, used, by_term.get(term))
        for term, used in uses(mapping).items()
        if term.startswith("r68:")
    }
    for one in OF_CONCEPTS:
        description = _described("owl:DatatypeProperty", one.terms[0], one.description)
        ends: Statements = {"rdfs:domain": "skos:Concept", "rdfs:range": RANGES[one.form]}
        own[one.terms[0]] = description | ends
    traced = TRACED.terms[0]
    own[traced] = _described("owl:AnnotationProperty", traced, TRACED.description)
    return [Block(term, own[term]) for term in sorted(own)]


def _property(
    mapping: RdfMapping, term: str, used: tuple[Use, ...], link_type: LinkType | None
) -> Statements:
    sort = "owl:ObjectProperty" if forms(used) <= RESOURCES else "owl:DatatypeProperty"
    statements = _described(sort, term, _comment(mapping, used))
    statements["rdfs:label"] = texts({"en": words(term), **_label(mapping, term)})
    if link_type and link_type.acyclic:
        statements["rdf:type"] = [sort, "owl:AsymmetricProperty", "owl:IrreflexiveProperty"]
    if domain := _domain(mapping.model, used):
        statements["rdfs:domain"] = domain
    if span := _range(mapping.model, term, used):
        statements["rdfs:range"] = span
    if narrower := supers(mapping, term):
        statements["rdfs:subPropertyOf"] = [*narrower]
    if link_type and link_type.trace:
        statements[TRACED.terms[0]] = True
    return statements


def _described(sort: str, term: str, description: str) -> Statements:
    return {
        "rdf:type": sort,
        "rdfs:label": Text(words(term), "en"),
        "rdfs:comment": Text(description, "en"),
        "rdfs:isDefinedBy": Iri(ONTOLOGY),
    }


def _label(mapping: RdfMapping, term: str) -> Mapping[str, str]:
    """The name that is declared for the property, if all fields that it stands for have the same."""
    holders: tuple[Kind | LinkType, ...] = (*mapping.model.kinds.values(), *mapping.model.link_types.values())
    fields: list[Property | LinkType] = [one for holder in holders for one in holder.properties.values()]
    fields += mapping.model.link_types.values()
    declared = [one.label for one in fields if one.rdf[0] == term]
    return declared[0] if declared and all(one == declared[0] for one in declared) else {}


def words(term: str) -> str:
    """The name of a property in words: r68:addresseeAsPrinted is `addressee as printed`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", term.partition(":")[2]).lower()


def _comment(mapping: RdfMapping, used: tuple[Use, ...]) -> str:
    """What the property means; where several fields share it, what each of them means."""
    holders: dict[str, list[str]] = {}
    for use in used:
        link = mapping.link_types.get(use.holder)
        holder = f"Link by {link.terms[0]}" if link else use.holder
        holders.setdefault(use.description, []).append(holder)
    if len(holders) == 1:
        return used[0].description
    return " ".join(f"{', '.join(dict.fromkeys(found))}: {one}" for one, found in holders.items())


def _domain(model: Model, used: tuple[Use, ...]) -> str | None:
    """The one class that covers all subjects, if there is one narrower than that of all things."""
    owners = {use.owner for use in used}
    if len(owners) == 1 and f"r68:{THING}" not in owners:
        return owners.pop()
    names = {owner.removeprefix("r68:") for owner in owners}
    return _class_of(nearest(model, sorted(names))) if names <= set(model.kinds) else None


def _range(model: Model, term: str, used: tuple[Use, ...]) -> str | None:
    """The one class or datatype that covers all values, if there is one."""
    if term in NODES:
        return NODES[term]
    ends = {end for use in used for end in use.ends}
    if ends:
        return _class_of(nearest(model, sorted(ends)))
    found = {RANGES.get(form) for form in forms(used)}
    return found.pop() if len(found) == 1 else None


def _class_of(kind: str | None) -> str | None:
    return f"r68:{kind}" if kind else None


def _reused(model: Model, properties: Iterable[Block]) -> Iterator[Block]:
    """The classes and properties of others that ours are narrower than, each with its sort alone."""
    classes = {term for kind in model.kinds.values() for term in kind.rdf} | {EVIDENCE_CLASS, "skos:Concept"}
    for term in sorted(classes):
        yield Block(term, {"rdf:type": "owl:Class"})
    sorts: dict[str, Object] = {}
    for block in properties:
        for broader in _listed(block.statements.get("rdfs:subPropertyOf", [])):
            sorts[str(broader)] = _listed(block.statements["rdf:type"])[0]
    yield from (Block(term, {"rdf:type": sorts[term]}) for term in sorted(sorts))


def _listed(found: "Object | list[Object]") -> list[Object]:
    return found if isinstance(found, list) else [found]
