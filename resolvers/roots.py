"""The fields of Query: things by id, pages of each kind, and the fields planned by hand."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.connection import Everything
from graph.selection import ById, ByIds, Read
from ontology.identity import ID, MAX_ID
from ontology.model import Kind, Model
from resolvers.arguments import Transform
from resolvers.coverage import plan_coverage
from resolvers.dataset import plan_dataset
from resolvers.errors import BadUserInput, UnknownKind
from resolvers.pages import shortened
from resolvers.planner import Asked, Planner
from resolvers.search import plan_search
from resolvers.things import THING_READS
from resolvers.trace import plan_root_trace, plan_trace

RootPlan = Callable[[Planner, Asked], Read]

THING_READS["trace"] = plan_trace


def plan_root(planner: Planner, asked: Asked) -> Read:
    """What a field of Query wants."""
    if asked.name in ROOTS:
        return ROOTS[asked.name](planner, asked)
    kind, many = kind_fields(planner.model)[asked.name]
    if many:
        return planner.connection(asked, Everything(kind.name), "Query")
    identity = asked.arguments.parameter("id", id_check(planner.model, kind))
    assert identity is not None
    with planner.level(asked, 1, links=0):
        return ById(identity, planner.thing(kind.name, asked.nodes), kind.name)


def kind_fields(model: Model) -> dict[str, tuple[Kind, bool]]:
    """The fields of Query that the model gives: for each kind one thing by its id, and a page of them."""
    found = {}
    for kind in model.kinds.values():
        found[kind.name[0].lower() + kind.name[1:]] = (kind, False)
        found[kind.plural] = (kind, True)
    return found


def plan_node(planner: Planner, asked: Asked) -> Read:
    """A thing or a link by its id."""
    identity = asked.arguments.parameter("id", id_check(planner.model, None))
    start = asked.arguments.parameter("id", start_of)
    assert identity is not None
    with planner.level(asked, 1, links=0):
        node, link = planner.thing("Node", asked.nodes), planner.link("Node", asked.nodes)
    return ById(identity, node, "Thing", start, link)


def plan_nodes(planner: Planner, asked: Asked) -> Read:
    """Things and links by their ids, in the order of the ids."""
    limit = planner.limits.page

    def check(value: Any, bound: Mapping[str, Any]) -> list[str]:
        if len(value) > limit:
            raise BadUserInput(f"nodes: {len(value)} ids are more than the {limit} of a page: ask in parts")
        return [id_check(planner.model, None)(one, bound) for one in value]

    identities = asked.arguments.parameter("ids", check)
    starts = asked.arguments.parameter("ids", lambda value, bound: [start_of(one, bound) for one in value])
    assert identities is not None
    assert starts is not None
    with planner.level(asked, len(asked.arguments.value("ids")), links=0):
        node, link = planner.thing("Node", asked.nodes), planner.link("Node", asked.nodes)
    return ByIds(identities, starts, node, link)


def id_check(model: Model, kind: Kind | None) -> Transform:
    """That an id has the form of one and is of a kind that exists; with `kind`, of this one."""

    def check(value: Any, _: Mapping[str, Any]) -> str:
        found = ID.fullmatch(value) if len(value) <= MAX_ID else None
        if not found:
            example = f"{kind.key if kind and not kind.abstract else 'conclusion'}/CTO-2009-C3"
            raise BadUserInput(f"{shortened(value)} is no id: an id is a kind and a key, such as {example}")
        if found["kind"] == "link":
            return str(value)
        own = model.by_key.get(found["kind"])
        if own is None:
            known = ", ".join(sorted(model.by_key))
            raise UnknownKind(f"{shortened(value)} is of no kind that exists: the kinds are {known}")
        if kind is not None and own.name not in kind.concrete:
            field = own.name[0].lower() + own.name[1:]
            wrong = f"{shortened(value)} is the id of a thing of the kind {own.name}, not {kind.name}"
            raise BadUserInput(f"{wrong}: ask node or {field}")
        return str(value)

    return check


def start_of(value: Any, _: Mapping[str, Any]) -> str:
    """The id of the thing at which the link with this id starts; empty where it is no link's id."""
    parts = value.split("/")
    return "/".join(parts[1:-2]) if parts[0] == "link" and len(parts) > 4 else ""


ROOTS: dict[str, RootPlan] = {
    "node": plan_node,
    "nodes": plan_nodes,
    "trace": plan_root_trace,
    "coverage": plan_coverage,
    "search": plan_search,
    "dataset": plan_dataset,
}
