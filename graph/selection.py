"""What is wanted of the graph, as plain data: fields of things and links, and conditions on them.

Nothing here knows GraphQL: a `key` is the name under which the caller wants a value back. Values that
change from one request to the next are `Parameter`s, so that two requests of one shape make one statement.
"""

from dataclasses import dataclass
from typing import Protocol

from ontology.model import LinkField


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is given when the statement runs, by its name."""

    name: str


class Read(Protocol):
    """Something that can be read of a thing or link as one value; graph.cypher and graph.shapes say how."""


class Condition(Protocol):
    """Something that holds of a thing or link, or does not; graph.conditions says how it is asked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A read and the key under which it is wanted; `only`: the kinds or link types that have it."""

    key: str
    read: Read
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ThingSelection:
    """What is wanted of each thing. Its id is always read, since the kind follows from it, unless the kind is
    known: then nothing stands in the place of the id."""

    fields: tuple[Wanted, ...] = ()
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class LinkSelection:
    """What is wanted of each link. Its id and its type are always read, unless the type is known."""

    fields: tuple[Wanted, ...] = ()
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored property as it is; `empty`: where it is absent, an empty list stands for it."""

    name: str
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """Stored JSON as records: `disputed`, a list of them, or `fieldSources`, a mapping from field to sources.

    `fields`: for each key that is wanted of a record, the name under which the record has it.
    """

    name: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A stored property that is true or absent, as true or false."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """A translated text: in the language asked for, else (with `fallback`) English, else the first known.

    With `which` it is the language that is served and not the text.
    """

    name: str
    language: str
    fallback: bool = True
    which: bool = False


@dataclass(frozen=True, slots=True)
class KindName:
    """The kind of a thing; it is read off its id."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """The relationship type of a link."""


@dataclass(frozen=True, slots=True)
class Iri:
    """The IRI of a thing or link: the base, and the id."""

    base: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A value that is withheld."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that a thing or a link names."""

    node: ThingSelection


@dataclass(frozen=True, slots=True)
class End:
    """The thing at one end of a link."""

    start: bool
    node: ThingSelection


@dataclass(frozen=True, slots=True)
class One:
    """The one thing that a link field leads to."""

    field: LinkField
    node: ThingSelection


@dataclass(frozen=True, slots=True)
class ById:
    """The thing or, with `start` and `link`, the link with this id; also a thing that is mentioned by it."""

    id: Parameter
    node: ThingSelection
    label: str = "Thing"
    start: Parameter | None = None
    link: LinkSelection | None = None


@dataclass(frozen=True, slots=True)
class ByIds:
    """The things and links with these ids, in their order, with nothing in the place of an unknown one."""

    ids: Parameter
    starts: Parameter
    node: ThingSelection
    link: LinkSelection


@dataclass(frozen=True, slots=True)
class Compare:
    """A stored property compared with a parameter by one of the operators of graph.conditions.

    `folded`: without regard to case; `member`: the parameter is one of the values of a list.
    """

    name: str
    operator: str
    value: Parameter
    folded: bool = False
    member: bool = False


@dataclass(frozen=True, slots=True)
class Absent:
    """A stored property that is not there; `absent=False`: that is."""

    name: str
    absent: bool = True


@dataclass(frozen=True, slots=True)
class OfKind:
    """A thing that has one of these labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """All of these hold; of none, true."""

    all: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds; of none, false."""

    any: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """This does not hold; what is not known to hold does not hold."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Linked:
    """A condition on the links of a field: `some`, `none` or `every` fulfils both conditions."""

    quantifier: str
    field: LinkField
    node: Condition | None = None
    link: Condition | None = None
