"""Relay connections: from the arguments and fields of one to a page of the graph."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.connection import AnyHop, Connection, EdgePart, Everything, Hop, Order, Page
from graph.selection import Condition, LinkSelection, Parameter, Wanted
from ontology.model import Kind
from resolvers.arguments import Argument, Transform
from resolvers.errors import BadUserInput
from resolvers.filters import Filters, both
from resolvers.pages import fingerprint, page_size, read_cursor
from resolvers.planner import Asked, Planner


def connection(
    planner: Planner,
    asked: Asked,
    origin: Hop | AnyHop | Everything,
    holder: str,
    *,
    where: Condition | None = None,
    order: Order | None = None,
    mean: float | None = None,
    beside: Sequence[Argument] = (),
) -> Connection:
    """The page that a field asks for. `where` holds beside its own filter, `order` where it asks for none.

    `beside`: the arguments that `where` comes from, to which the cursors are bound like to the filter.
    """
    arguments = asked.arguments
    kind = target(planner, origin)
    conditions = [where] if where is not None else []
    if (given := arguments.get("filter")) is not None and kind is not None:
        conditions.append(Filters(planner.model, planner.bind, planner.costs).thing(kind, given))
    ordered = ordering(kind, arguments.get("orderBy"), order or Order())
    place = f"{holder}.{asked.name}:{ordered.key}:{ordered.descending}"
    scope = scope_parameter(planner, place, given, *beside)
    page = page_of(planner, asked, scope)
    links = 0 if isinstance(origin, Everything) else 1
    with planner.level(asked, page.size, mean, links):
        parts, totals, info = rows(planner, asked, holder, origin)
    return Connection(
        origin, page, scope, ordered, both(conditions) if conditions else None, parts, totals, info
    )


def target(planner: Planner, origin: Hop | AnyHop | Everything) -> Kind | None:
    """The kind of the rows; links have none."""
    if isinstance(origin, AnyHop):
        return None
    return planner.model.kinds[origin.label if isinstance(origin, Everything) else origin.field.target]


def ordering(kind: Kind | None, given: Argument | None, default: Order) -> Order:
    """The stored key to order by."""
    if given is None or kind is None:
        return default
    chosen = given.resolve({}) if given.variable is None else Argument(given.value).resolve({})
    name, descending = chosen["field"], chosen.get("direction") == "DESC"
    if name == "id":
        return Order("id", descending)
    key = f"{'kd' if descending else 'k'}_{name}"
    if kind.properties[name].type == "translated":
        key = f"{key}_{chosen.get('language') or 'en'}"
    return Order(key, descending)


def scope_parameter(planner: Planner, scope: str, given: Argument | None, *more: Argument) -> Parameter:
    """What the cursors of the page are bound to, the values of the filter among it."""
    found = planner.bind(given or Argument(None), lambda value, _: fingerprint(scope, value), local=True)
    for one in more:
        found = planner.bind(one, fingerprint_after(found), local=True)
    return found


def fingerprint_after(before: Parameter) -> Transform:
    """A fingerprint that goes on from an earlier one."""
    return lambda value, bound: fingerprint(bound[before.name], value)


def page_of(planner: Planner, asked: Asked, scope: Parameter) -> Page:
    """The page that first, last, after and before ask for."""
    arguments = asked.arguments
    if "first" in arguments and "last" in arguments:
        raise BadUserInput(f"{asked.name}: first and last exclude each other: give one of them")
    backward = "last" in arguments
    name = "last" if backward else "first"
    size = arguments.get(name) or Argument(planner.limits.default_page)
    limits = planner.limits
    return Page(
        planner.bind(size, lambda value, _: page_size(value, limits, f"{asked.name}.{name}") + 1),
        backward,
        position(planner, arguments.get("after"), scope),
        position(planner, arguments.get("before"), scope),
    )


def position(
    planner: Planner, given: Argument | None, scope: Parameter
) -> tuple[Parameter, Parameter] | None:
    """The two parameters of a cursor."""
    if given is None:
        return None
    return planner.bind(given, cursor_part(scope, 0)), planner.bind(given, cursor_part(scope, 1))


def cursor_part(scope: Parameter, part: int) -> Callable[[Any, Mapping[str, Any]], Any]:
    """The key or the link that a cursor of this scope names."""
    return lambda value, bound: read_cursor(value, bound[scope.name])[part]


def rows(
    planner: Planner, asked: Asked, holder: str, origin: Hop | AnyHop | Everything
) -> tuple[tuple[EdgePart, ...], tuple[str, ...], tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """What is asked of the rows, of their number, and of the page."""
    page_type = planner.type_of(holder, asked.name)
    parts: list[EdgePart] = []
    totals: list[str] = []
    info = []
    for one in planner.fields(page_type, asked.nodes):
        if one.name == "totalCount":
            totals.append(one.key)
        elif one.name == "pageInfo":
            fields = tuple((each.key, each.name) for each in planner.fields("PageInfo", one.nodes))
            info.append((one.key, fields))
        elif one.name == "nodes":
            parts.append(nodes_part(planner, one, planner.type_of(page_type, "nodes"), origin))
        else:
            parts.append(edges_part(planner, one, planner.type_of(page_type, "edges"), origin))
    return tuple(parts), tuple(totals), tuple(info)


def nodes_part(planner: Planner, asked: Asked, node_type: str, origin: Hop | AnyHop | Everything) -> EdgePart:
    """The rows as things or links alone."""
    if isinstance(origin, AnyHop):
        return EdgePart(asked.key, "nodes", whole_links=((asked.key, planner.link(node_type, asked.nodes)),))
    return EdgePart(asked.key, "nodes", node=((asked.key, planner.thing(node_type, asked.nodes)),))


def edges_part(planner: Planner, asked: Asked, edge_type: str, origin: Hop | AnyHop | Everything) -> EdgePart:
    """The rows as edges: cursor, node, and what the link says."""
    from resolvers.things import link_read  # links plan the things at their ends with the planner

    own, node, whole, link = [], [], [], []
    for one in planner.fields(edge_type, asked.nodes):
        if one.name == "cursor":
            own.append((one.key, one.name))
        elif one.name == "link" or (one.name == "node" and isinstance(origin, AnyHop)):
            whole.append((one.key, planner.link(planner.type_of(edge_type, one.name), one.nodes)))
        elif one.name == "node":
            node.append((one.key, planner.thing(planner.type_of(edge_type, "node"), one.nodes)))
        elif isinstance(origin, Hop):
            link.append(Wanted(one.key, link_read(planner, origin.field.type, one)))
    known = origin.field.type.name if isinstance(origin, Hop) else None
    said = LinkSelection(tuple(link), known)
    return EdgePart(asked.key, "edges", tuple(own), tuple(node), said, tuple(whole))
