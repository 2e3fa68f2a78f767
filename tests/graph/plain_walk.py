"""Small graphs of trace links, written straight into a store, and a walk over them in plain Python."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import paths
from graph.cypher import statement
from graph.path_ends import Endings
from graph.path_shapes import TraceShape
from graph.selection import LinkSelection, Parameter, Stored, ThingSelection, Wanted
from graph.shapes import Shapes
from graph.statement import Statement
from graph.store import Store
from graph.trace import EndField, Ends, Follow, PathField, Paths, Reached, StepField, Trace, TraceFrom
from ontology.identity import link_id
from ontology.model import reference

VERSION = Statement("MATCH (d:Dataset {id: 'dataset'}) SET d.version = 'v' RETURN d.id")
NEW_VERSION = Statement("CREATE (d:Dataset {id: 'dataset', version: 'v'}) RETURN d.id")
READERS = (paths,)  # importing it teaches the statements what a trace is
STRENGTHS, BODY = Parameter("strengths"), Parameter("body")
ID = Wanted("id", Stored("id"))


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two things."""

    start: str
    end: str
    type: str = "LED_TO"
    strength: str | None = "stated"
    more: dict[str, Any] = field(default_factory=dict, hash=False)

    @property
    def id(self) -> str:
        """Its id."""
        return link_id(self.start, self.type, self.end)


def patient(store: Store) -> Store:
    """A store that gives a busy machine time to plan a new text."""
    return Store(store.engine, timeout=60)


async def write(store: Store, ties: Iterable[Tie], things: dict[str, dict[str, Any]] | None = None) -> None:
    """Put things and links into an empty store; things that only links name have no properties."""
    given = things or {}
    ties = list(ties)
    names = sorted({*given, *(tie.start for tie in ties), *(tie.end for tie in ties)})
    if not await store.rows(VERSION, write=True):
        await store.rows(NEW_VERSION, write=True)
    for labels in sorted({labels_of(name) for name in names}):
        rows = [{"id": name, **given.get(name, {})} for name in names if labels_of(name) == labels]
        await store.rows(
            Statement(f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": rows}), write=True
        )
    for link_type in sorted({tie.type for tie in ties}):
        await store.rows(create_links(link_type, ties), write=True)


def create_links(link_type: str, ties: Sequence[Tie]) -> Statement:
    """The statement that writes the links of one type."""
    rows = [
        {
            "from": tie.start,
            "to": tie.end,
            "own": {"id": tie.id, **({"strength": tie.strength} if tie.strength else {}), **tie.more},
        }
        for tie in ties
        if tie.type == link_type
    ]
    return Statement(
        "UNWIND $rows AS row MATCH (a:Thing {id: row.from}) MATCH (b:Thing {id: row.to}) "
        f"CREATE (a)-[r:{link_type}]->(b) SET r = row.own",
        {"rows": rows},
    )


def labels_of(thing: str) -> str:
    """The labels of a thing, as they stand in a statement."""
    kind = reference().kind_of(thing)
    assert kind is not None, thing
    return ":".join(kind.labels)


def follow(
    *,
    depth: int = 8,
    down: bool = True,
    up: bool = False,
    to: tuple[str, ...] = (),
    via: tuple[str, ...] = (),
    strengths: bool = False,
    body: bool = False,
) -> Follow:
    """What a trace follows: downstream along all links of a trace, if nothing else is said."""
    every = reference().trace_types
    return Follow(
        via or every, every, depth, down, up, STRENGTHS if strengths else None, to, BODY if body else None
    )


def read_of(wanted: Follow) -> TraceFrom:
    """Everything that can be wanted of a trace."""
    node, link = ThingSelection((ID,)), LinkSelection((ID,))
    steps = (
        StepField("link", "link", link=link),
        StepField("thing", "thing", node),
        StepField("takenBy", "takenBy", node),
        StepField("takenAt", "takenAt", node),
    )
    plain = ("strength", "unverified", "length", "direction", "firstDate", "lastDate", "priorWork")
    fields = (
        PathField("steps", "steps", steps=steps),
        PathField("end", "end", node),
        *(PathField(name, name) for name in plain),
    )
    ends = (EndField("at", "at", node), *(EndField(name, name) for name in ("reason", "explanation")))
    return TraceFrom(
        Parameter("from"),
        Trace(
            wanted,
            Parameter("limit"),
            Parameter("reach"),
            Endings.of(reference()),
            origins=(("origin", node),),
            paths=(Paths("paths", Parameter("size"), fields),),
            reached=(Reached("reached", node), Reached("acts", node, ("Action",))),
            ends=(Ends("ends", ends),),
            truncated=("truncated",),
        ),
    )


async def traced(
    store: Store,
    origin: str,
    wanted: Follow,
    *,
    first: int = 1000,
    strengths: tuple[str, ...] = ("stated",),
    body: str = "",
) -> Any:
    """The trace from a thing."""
    read = read_of(wanted)
    parameters: dict[str, Any] = {"from": origin, "limit": first + 1, "reach": 1001, "size": first}
    if wanted.strengths:
        parameters["strengths"] = list(strengths)
    if wanted.body:
        parameters["body"] = body
    reading = await patient(store).read(Statement(statement([read]), parameters))
    decode = TraceShape(read.trace, Shapes(reference(), lambda *_: ""))
    return decode(reading.row[0], parameters)


def way_of(path: Any) -> list[str]:
    """A path as the ids of its things after the origin."""
    return [step["thing"]["id"] for step in path["steps"]]


def ways(found: Any) -> list[list[str]]:
    """The paths of a trace, as they come."""
    return [way_of(path) for path in found["paths"]]


def ids(found: list[dict[str, Any]]) -> list[str]:
    """The ids of things."""
    return [one["id"] for one in found]


@dataclass(frozen=True, slots=True)
class Way:
    """A path as plain Python walks it: whether upstream, its links, the things from the origin on."""

    up: bool
    ties: tuple[Tie, ...]
    things: tuple[str, ...]


def walk(origin: str, ties: Sequence[Tie], wanted: Follow, strengths: Sequence[str]) -> list[Way]:
    """All paths along links that are followed, whatever they end at."""
    fitting = [
        tie
        for tie in ties
        if tie.type in wanted.types and (wanted.strengths is None or tie.strength in strengths)
    ]
    return [way for up in wanted.directions for way in onward(Way(up, (), (origin,)), fitting, wanted.depth)]


def onward(way: Way, ties: Sequence[Tie], depth: int) -> Iterator[Way]:
    """The paths that are longer than this one by one link or more."""
    for tie in ties if len(way.ties) < depth else ():
        near, far = (tie.end, tie.start) if way.up else (tie.start, tie.end)
        if near == way.things[-1] and tie not in way.ties:
            longer = Way(way.up, (*way.ties, tie), (*way.things, far))
            yield longer
            yield from onward(longer, ties, depth)


def expected(ways: Sequence[Way], wanted: Follow, deeds: frozenset[str]) -> list[Way]:
    """Of all paths those that a trace shows, in its order."""
    begun = {(way.up, way.ties[:-1]) for way in ways}
    shown = [
        way
        for way in ways
        if (of_kind(way.things[-1], wanted.to) if wanted.to else (way.up, way.ties) not in begun)
        and (wanted.body is None or deeds & {*way.things})
    ]
    return sorted(shown, key=lambda way: (len(way.ties), way.up, [tie.id for tie in way.ties]))


def expected_reached(ways: Sequence[Way], wanted: Follow, deeds: frozenset[str]) -> list[str]:
    """The things that are reached, by id."""
    found = {
        way.things[-1]
        for way in ways
        if (not wanted.to or of_kind(way.things[-1], wanted.to))
        and (wanted.body is None or deeds & {*way.things})
    }
    return sorted(found)


def of_kind(thing: str, labels: Sequence[str]) -> bool:
    """Whether a thing has one of these labels."""
    return bool({*labels_of(thing).split(":")} & {*labels})
