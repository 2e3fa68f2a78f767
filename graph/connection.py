"""A page of things or links, as plain data: where its rows come from, their order, what is wanted of them."""

from dataclasses import dataclass, field

from graph.selection import Condition, LinkSelection, Parameter, ThingSelection
from ontology.model import LinkField


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
