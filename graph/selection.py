"""What is wanted of the graph, as plain data: fields of things and links, pages of them, conditions on them.

Nothing here knows GraphQL: a `key` is the name under which the caller wants a value back. Values that
change from one request to the next are `Parameter`s, so that two requests of one shape make one statement.
"""

from dataclasses import dataclass, field
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
class Order:
    """The stored key by which a page is ordered: `id`, or a sort key that ends in the id."""

    key: str = "id"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of at most `size` rows after or before a position, from the first or from the last on.

    A position is the pair of parameters (key, link id); the link id is None where things are paged.
    """

    size: Parameter
    backward: bool = False
    after: tuple[Parameter, Parameter] | None = None
    before: tuple[Parameter, Parameter] | None = None


@dataclass(frozen=True, slots=True)
class Hop:
    """The step from a thing along one link field."""

    field: LinkField


@dataclass(frozen=True, slots=True)
class AnyHop:
    """The step from a thing along links of several types (none named: all), in one direction or in both."""

    types: tuple[str, ...]
    outgoing: bool
    incoming: bool
    strengths: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Everything:
    """All things with a label, as the start of a page."""

    label: str


@dataclass(frozen=True, slots=True)
class EdgePart:
    """What is wanted of each row of a page under one key.

    `form` is `edges` or `nodes`. `own` maps the keys wanted of the edge itself to `cursor`, `node` or `link`;
    `link` and `node` are what is wanted of the two.
    """

    key: str
    form: str
    own: tuple[tuple[str, str], ...] = ()
    node: tuple[tuple[str, ThingSelection], ...] = ()
    link: LinkSelection = field(default_factory=LinkSelection)
    whole_links: tuple[tuple[str, LinkSelection], ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of things or links, with what is wanted of the page itself.

    `totals`: the keys under which the number of all rows is wanted; `info`: for each key of a page info,
    the keys wanted of it and which of its four fields each is; `scope`: holds what its cursors are bound to.
    """

    origin: Hop | AnyHop | Everything
    page: Page
    scope: Parameter
    order: Order = Order()
    where: Condition | None = None
    parts: tuple[EdgePart, ...] = ()
    totals: tuple[str, ...] = ()
    info: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    @property
    def cursors(self) -> bool:
        """Whether the positions of rows are wanted, of all of them or of the first and the last."""
        of_rows = any(field == "cursor" for part in self.parts for _, field in part.own)
        return of_rows or self.wants("startCursor") or self.wants("endCursor")

    def wants(self, name: str) -> bool:
        """Whether one of the four fields of the page info is wanted."""
        return any(field == name for _, fields in self.info for _, field in fields)


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
