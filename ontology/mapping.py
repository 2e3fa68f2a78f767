"""What the model means in RDF: the classes of every kind, the predicates of every property and link."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Self

from ontology.evidence import STRENGTH, Form, Written
from ontology.linksets import Linkset, linksets_of
from ontology.model import Kind, LinkType, Model, Property, Vocabulary
from ontology.namespaces import R68

THING = "Thing"
FORMS = {
    "translated": Form.LANGUAGE,
    "integer": Form.INTEGER,
    "boolean": Form.BOOLEAN,
    "date": Form.DATE,
    "url": Form.ADDRESS,
}  # every other type of value is a text
LINK = "r68:Link"
DISPUTE = "r68:Dispute"
FIELD_SOURCE = "r68:FieldSource"
ORDER_CLASS = "rdf:Seq"


@dataclass(frozen=True, slots=True)
class KindMapping:
    """A kind in RDF.

    `types`: the classes of its things, its own first; `properties` in the order of the declaration;
    `links`: the types of the links that start at its things; `scheme`: the concept scheme that its things
    are concepts of, if they are concepts; `broader`: the link types that lead to a broader concept of it;
    `linksets`: the links to other datasets that follow from its properties.
    """

    kind: Kind
    types: tuple[str, ...]
    properties: tuple[Written, ...]
    links: tuple["LinkMapping", ...]
    scheme: str | None
    broader: tuple[str, ...]
    linksets: tuple[Linkset, ...]


@dataclass(frozen=True, slots=True)
class LinkMapping:
    """A link type in RDF: the terms that tie its two ends, and its own properties."""

    type: LinkType
    terms: tuple[str, ...]
    properties: tuple[Written, ...]


@dataclass(frozen=True, eq=False)
class RdfMapping:
    """All that the model means in RDF; terms are written prefix:name."""

    model: Model
    kinds: Mapping[str, KindMapping]
    link_types: Mapping[str, LinkMapping]

    @classmethod
    def of(cls, model: Model) -> Self:
        """The mapping of a model."""
        links = {name: _link(one) for name, one in model.link_types.items()}
        kinds = {kind.name: _kind(kind, model, links) for kind in model.concrete}
        return cls(model, kinds, links)

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The model's vocabularies and that of strengths."""
        return {**self.model.vocabularies, STRENGTH.name: STRENGTH}


@cache
def mapping_of(model: Model) -> RdfMapping:
    """The mapping of a model, made once."""
    return RdfMapping.of(model)


def own_class(kind: Kind) -> str:
    """The class of a kind."""
    return f"r68:{kind.name}"


def types(kind: Kind, model: Model) -> tuple[str, ...]:
    """The classes of the things of a kind, its own first, each once; what every thing is goes unsaid."""
    above = [model.kinds[name] for name in reversed(kind.ancestors) if name != THING]
    own = [own_class(one) for one in (kind, *above)]
    return tuple(dict.fromkeys([*own, *kind.rdf, *(term for one in above for term in one.rdf)]))


def scheme(name: str) -> str:
    """The concept scheme of a vocabulary, or of a kind (by its key) whose things are concepts."""
    return f"r68:{name}-scheme"


def concept(vocabulary: str, key: str) -> str:
    """A concept of a vocabulary."""
    return f"r68:{vocabulary}-{key}"


def concepts_in(vocabulary: str) -> str:
    """What the IRI of every concept of a vocabulary begins with."""
    return f"{R68}{vocabulary}-"


def written(prop: Property) -> Written:
    """A property as RDF has it."""
    vocabulary = prop.vocabulary.name if prop.vocabulary else None
    return Written(
        prop.name,
        prop.rdf,
        Form.CONCEPT if vocabulary else FORMS.get(prop.type, Form.TEXT),
        prop.description,
        vocabulary,
        prop.list,
        prop.list,
        prop.personal,
    )


def _link(link_type: LinkType) -> LinkMapping:
    return LinkMapping(link_type, link_type.rdf, tuple(written(one) for one in link_type.properties.values()))


def _kind(kind: Kind, model: Model, links: Mapping[str, LinkMapping]) -> KindMapping:
    starting = {field.type.name: field for field in kind.links.values() if field.outgoing}
    is_concept = "skos:Concept" in kind.rdf
    broader = (
        name
        for name, field in starting.items()
        if "skos:broader" in field.type.rdf
        and any(kind.name in model.kinds[end].concrete for end in field.ends)
    )
    return KindMapping(
        kind,
        types(kind, model),
        tuple(written(prop) for prop in kind.properties.values()),
        tuple(links[name] for name in sorted(starting)),
        scheme(kind.key) if is_concept else None,
        tuple(broader),
        linksets_of(kind),
    )
