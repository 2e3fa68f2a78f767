"""Traces: from the arguments and fields of one to what is wanted of the graph."""

from collections.abc import Mapping
from typing import Any

from graph import path_shapes, paths
from graph.path_ends import Endings
from graph.selection import Parameter, Read
from graph.trace import EndField, Ends, Follow, PathField, Paths, Reached, StepField, Trace, TraceFrom
from ontology.identity import ID
from resolvers.arguments import Argument
from resolvers.errors import BadUserInput
from resolvers.pages import shortened
from resolvers.planner import Asked, Planner

# What a trace costs is taken as this many things for each path looked for.
THINGS_A_PATH = 3
READERS = (paths, path_shapes)  # importing them teaches the statements and shapes what a trace is


def plan_trace(planner: Planner, asked: Asked) -> Read:
    """The trace from the thing that has the field."""
    follow = following(planner, asked)
    with planner.level(asked, 1):
        return trace(planner, asked, follow)


def plan_root_trace(planner: Planner, asked: Asked) -> Read:
    """The trace from the thing with an id."""
    origin = asked.arguments.parameter("from", thing_check(planner))
    assert origin is not None
    return TraceFrom(origin, trace(planner, asked, following(planner, asked)))


def thing_check(planner: Planner) -> Any:
    """That an id is the id of a thing."""
    from resolvers.roots import id_check  # the roots plan traces

    check = id_check(planner.model, None)

    def thing(value: Any, bound: Mapping[str, Any]) -> str:
        if str(value).startswith("link/"):
            raise BadUserInput(f"{shortened(value)} is the id of a link: a trace starts at a thing")
        return str(check(value, bound))

    return thing


def following(planner: Planner, asked: Asked) -> Follow:
    """Which links to follow, how far."""
    arguments, model, limits = asked.arguments, planner.model, planner.limits
    depth = arguments.value("maxDepth", limits.trace_default_depth)
    if not 1 <= depth <= limits.trace_depth:
        raise BadUserInput(f"maxDepth: {depth} is not between 1 and {limits.trace_depth}")
    via = tuple(arguments.value("via") or model.trace_types)
    if wrong := [one for one in via if one not in model.trace_types]:
        followed = ", ".join(model.trace_types)
        raise BadUserInput(f"via: a trace does not follow {wrong[0]}; it follows {followed}")
    direction = arguments.value("direction", "DOWNSTREAM")
    return Follow(
        types=tuple(sorted(set(via))),
        every=model.trace_types,
        depth=depth,
        down=direction != "UPSTREAM",
        up=direction != "DOWNSTREAM",
        strengths=arguments.parameter("strength"),
        to=tuple(arguments.value("to") or ()),
        body=arguments.parameter("body", body_check(planner)),
    )


def body_check(planner: Planner) -> Any:
    """That an id is the id of a body."""

    def body(value: Any, _: Mapping[str, Any]) -> str:
        found = ID.fullmatch(value)
        kind = planner.model.by_key.get(found["kind"]) if found else None
        if kind is None or "Body" not in kind.ancestors:
            raise BadUserInput(f"body: {shortened(value)} is no id of a body, such as study-group/SG13")
        return str(value)

    return body


def trace(planner: Planner, asked: Asked, follow: Follow) -> Trace:
    """What is asked of the trace."""
    fields = planner.fields("Trace", asked.nodes)
    sizes = [size_of(planner, one) for one in fields if one.name == "paths"]
    whole = any(one.name == "ends" for one in fields) or not sizes
    limit = planner.bind(Argument(planner.limits.paths), budget(sizes, whole=whole))
    with planner.level(asked, limit, THINGS_A_PATH * 100.0, links=0):
        return Trace(
            follow=follow,
            limit=limit,
            reach=planner.constant(planner.limits.paths + 1),
            endings=Endings.of(planner.model),
            origins=tuple((one.key, planner.thing("Thing", one.nodes)) for one in named(fields, "origin")),
            paths=tuple(
                paths_of(planner, one, size) for one, size in zip(named(fields, "paths"), sizes, strict=True)
            ),
            reached=tuple(reached_of(planner, one) for one in named(fields, "reached")),
            ends=tuple(ends_of(planner, one) for one in named(fields, "ends")),
            truncated=tuple(one.key for one in named(fields, "truncated")),
        )


def named(fields: list[Asked], name: str) -> list[Asked]:
    """The fields of this name."""
    return [one for one in fields if one.name == name]


def size_of(planner: Planner, asked: Asked) -> Parameter:
    """The number of paths to show, which is not sent to the store."""
    most = planner.limits.paths
    given = asked.arguments.get("first") or Argument(100)

    def check(value: Any, _: Mapping[str, Any]) -> int:
        if not 0 <= value <= most:
            raise BadUserInput(f"paths.first: {value} is not between 0 and {most}")
        return int(value)

    return planner.bind(given, check, local=True)


def budget(sizes: list[Parameter], *, whole: bool) -> Any:
    """One more than the number of paths to look for: those to show, or with `whole` as many as allowed."""

    def most(value: Any, bound: Mapping[str, Any]) -> int:
        return int(value if whole else max(bound[size.name] for size in sizes)) + 1

    return most


def paths_of(planner: Planner, asked: Asked, size: Parameter) -> Paths:
    """What is asked of each path."""
    return Paths(
        asked.key, size, tuple(path_field(planner, one) for one in planner.fields("Path", asked.nodes))
    )


def path_field(planner: Planner, asked: Asked) -> PathField:
    """One field of a path."""
    if asked.name == "end":
        return PathField(asked.key, asked.name, planner.thing("Thing", asked.nodes))
    if asked.name != "steps":
        return PathField(asked.key, asked.name)
    steps = tuple(step_field(planner, one) for one in planner.fields("Step", asked.nodes))
    return PathField(asked.key, asked.name, steps=steps)


def step_field(planner: Planner, asked: Asked) -> StepField:
    """One field of a step."""
    if asked.name == "link":
        return StepField(asked.key, asked.name, link=planner.link("Link", asked.nodes))
    kinds = {"thing": "Thing", "takenBy": "Body", "takenAt": "Event"}
    return StepField(asked.key, asked.name, planner.thing(kinds[asked.name], asked.nodes))


def reached_of(planner: Planner, asked: Asked) -> Reached:
    """What is asked of the things that are reached."""
    kinds = tuple(asked.arguments.value("kind") or ())
    return Reached(asked.key, planner.thing("Thing", asked.nodes), kinds)


def ends_of(planner: Planner, asked: Asked) -> Ends:
    """What is asked of the ends."""
    fields = [
        EndField(one.key, one.name, planner.thing("Thing", one.nodes))
        if one.name == "at"
        else EndField(one.key, one.name)
        for one in planner.fields("TraceEnd", asked.nodes)
    ]
    return Ends(asked.key, tuple(fields))
