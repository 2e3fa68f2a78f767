"""The model: kinds, properties, links and vocabularies, as the declarations say, ready to be derived from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

from ontology.identity import ID, kebab
from ontology.values import ValueType

ONTOLOGY = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class Property:
    """A property of a kind or of a link.

    `search`: part of the full text. `sort`: things can be ordered by it. `printed`: a name under which
    sources print the thing, found before the full text. `personal`: names persons, and one setting leaves
    it out of every output. `label`: what it is called, by language, where that is more than its name in
    words. `derived`: not given in records but taken over a link (`meeting.startDate`).
    """

    name: str
    value: ValueType
    description: str
    rdf: tuple[str, ...]
    vocabulary: "Vocabulary | None" = None
    required: bool = False
    list: bool = False
    search: bool = False
    sort: bool = False
    unique: bool = False
    printed: bool = False
    personal: bool = False
    derived: str | None = None
    since: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The name of the value type, or of the vocabulary."""
        return self.value.name


@dataclass(frozen=True, slots=True)
class Concept:
    """A value of a vocabulary.

    `covers`: whether an act of this type counts as coverage of a conclusion; `ends`: the reason that a
    trace gives when it stops at such an act.
    """

    key: str
    label: Mapping[str, str]
    description: str
    covers: bool = True
    ends: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """A concept scheme: the closed list of values of a property."""

    name: str
    label: Mapping[str, str]
    description: str
    concepts: Mapping[str, Concept]


@dataclass(frozen=True, slots=True, eq=False)
class LinkType:
    """A relationship type. `trace`: a trace follows it. `qualifiers`: own properties that tell two links
    of this type between the same two ends apart."""

    name: str
    description: str
    rdf: tuple[str, ...]
    trace: bool
    acyclic: bool
    qualifiers: tuple[str, ...]
    properties: Mapping[str, Property]
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class LinkField:
    """A field of a kind that leads along links of one type, from either end.

    `ends`: the kinds declared for the far end, abstract ones among them; `target`: the kind that covers
    them all, which is the type of the field; `inverse`: the field that leads back, by its name there.
    """

    name: str
    type: LinkType
    outgoing: bool
    ends: tuple[str, ...]
    target: str
    description: str
    inverse: str | None
    min: int
    max: int | None
    label: Mapping[str, str] = field(default_factory=dict)

    @property
    def many(self) -> bool:
        """Whether the field can lead to more than one thing."""
        return self.max != 1


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of thing, with all properties and link fields that it has, the inherited ones first.

    `ancestors`: the abstract kinds above it, the widest first; `concrete`: the kinds without abstract
    ones that are of this kind; `period`: the two properties that bound it in time.
    """

    name: str
    plural: str
    abstract: bool
    ancestors: tuple[str, ...]
    concrete: tuple[str, ...]
    label: Mapping[str, str]
    description: str
    caption: tuple[str, ...]
    rdf: tuple[str, ...]
    period: tuple[str, str] | None
    properties: Mapping[str, Property]
    links: Mapping[str, LinkField]

    @property
    def key(self) -> str:
        """The kind in kebab case, which opens the ids of its things."""
        return kebab(self.name)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its nodes, the widest first."""
        return (*self.ancestors, self.name)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """All that is declared. `version` changes with any declaration."""

    version: str
    kinds: Mapping[str, Kind]
    link_types: Mapping[str, LinkType]
    vocabularies: Mapping[str, Vocabulary]
    by_key: Mapping[str, Kind]

    @classmethod
    def load(cls, *folders: Path) -> Self:
        """Read the declarations in kinds/, links/ and vocabularies/ of these folders (default: our own).

        Raises a ModelError with all faults, each with its file, line and key.
        """
        from ontology.building import build  # the builder makes these classes, so it imports this module

        return build(cls, folders or (ONTOLOGY,))

    @property
    def concrete(self) -> tuple[Kind, ...]:
        """The kinds that things are of, by name."""
        return tuple(kind for kind in self.kinds.values() if not kind.abstract)

    @property
    def trace_types(self) -> tuple[str, ...]:
        """The relationship types that a trace follows, by name."""
        return tuple(name for name, link_type in self.link_types.items() if link_type.trace)

    def kind_of(self, thing: str) -> Kind | None:
        """The kind of the thing with this id, or None where the form is wrong or the kind unknown."""
        found = ID.fullmatch(thing)
        return self.by_key.get(found["kind"]) if found else None


@cache
def reference() -> Model:
    """Our own model, read once."""
    return Model.load()
