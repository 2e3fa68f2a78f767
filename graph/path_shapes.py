"""From the lists of a trace back to paths, steps, things reached and ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.path_ends import EndFacts, explanation
from graph.shapes import Decode, Shapes, shape
from graph.trace import EndField, PathField, Paths, StepField, Trace, TraceFrom
from ontology.dates import PartialDate

WEAKEST = ("inferred", "stated")
# The kinds from which a link tells whether what follows was prior work.
JUDGED_FROM = ("conclusion/", "meeting/")
# From the rows of a link and of the thing to which it leads, and the parameters, to a field of the step.
StepDecode = Callable[[Any, Any, Mapping[str, Any]], Any]


@shape.register
def _(read: TraceFrom, shapes: Shapes) -> Decode:
    return shapes.of(read.trace)


@shape.register
def _(read: Trace, shapes: Shapes) -> Decode:
    return TraceShape(read, shapes)


class Walked(NamedTuple):
    """One path: the ids of its links and things from the origin on, whether it leads upstream, and whether
    links lead further that the depth leaves out."""

    links: list[str]
    things: list[str]
    up: bool
    further: bool

    @property
    def end(self) -> str:
        """The id of the thing at its end."""
        return self.things[-1]


@dataclass(frozen=True, slots=True)
class Tables:
    """The rows of the things and of the links of a trace, by id."""

    things: Mapping[str, Any]
    links: Mapping[str, Any]


class TraceShape:
    """The shape of a trace."""

    def __init__(self, read: Trace, shapes: Shapes) -> None:
        self.read = read
        self.shapes = shapes
        self.origins = [(key, shapes.thing(selection)) for key, selection in read.origins]
        self.reached = [(one.key, shapes.thing(one.node)) for one in read.reached]
        self.things: dict[int, tuple[int, Decode]] = {}
        self.links: dict[int, tuple[int, Decode]] = {}
        self._place()
        self.steps = {
            id(one): [(step.key, self.step_field(step)) for step in one.steps]
            for paths in read.paths
            for one in paths.fields
        }

    def _place(self) -> None:
        """Find out in which column of a table each field stands: by the identity of what is wanted."""
        fields: list[Any] = [one for one in self.read.step_fields if one.name == "thing"]
        fields += [one for paths in self.read.paths for one in paths.fields if one.name == "end"]
        fields += [one for ends in self.read.ends for one in ends.fields if one.name == "at"]
        fields += self.read.acts
        for column, one in enumerate(fields, 3):
            self.things[id(one)] = column, self.shapes.thing(one.node)
        for column, step in enumerate((one for one in self.read.step_fields if one.name == "link"), 5):
            self.links[id(step)] = column, self.shapes.link(step.link)

    def __call__(self, value: Any, parameters: Mapping[str, Any]) -> Any:
        if value is None:
            return None
        origins, walk, reached = value
        found: dict[str, Any] = {
            key: decode(row, parameters) for (key, decode), row in zip(self.origins, origins, strict=True)
        }
        most = parameters[self.read.reach.name] - 1
        all_reached = [unique(rows) for rows in reached]
        for (key, decode), rows in zip(self.reached, all_reached, strict=True):
            found[key] = [decode(row, parameters) for row in rows[:most]]
        if self.read.walks:
            found |= self.walked(walk, parameters, cut=any(len(rows) > most for rows in all_reached))
        return found

    def walked(self, walk: Any, parameters: Mapping[str, Any], *, cut: bool) -> dict[str, Any]:
        """What is wanted of the paths; `cut`: things reached were left out."""
        rows, more, things, links = walk
        tables = Tables({row[0]: row for row in things}, {row[0]: row for row in links})
        paths = sorted(
            (Walked(*row) for row in rows), key=lambda path: (len(path.links), path.up, path.links)
        )
        cut = cut or bool(more) or any(len(paths) > parameters[one.size.name] for one in self.read.paths)
        found: dict[str, Any] = dict.fromkeys(self.read.truncated, cut)
        for one in self.read.paths:
            shown = paths[: parameters[one.size.name]]
            found[one.key] = [self.path(one, path, tables, parameters) for path in shown]
        for ends in self.read.ends:
            found[ends.key] = [
                {field.key: self.end_field(field, facts, tables, parameters) for field in ends.fields}
                for facts in self.ends(paths, things[0][0])
            ]
        return found

    def path(self, wanted: Paths, path: Walked, tables: Tables, parameters: Mapping[str, Any]) -> Any:
        """One path."""
        return {one.key: self.path_field(one, path, tables, parameters) for one in wanted.fields}

    def path_field(self, one: PathField, path: Walked, tables: Tables, parameters: Mapping[str, Any]) -> Any:
        """One field of a path."""
        if one.name == "steps":
            return self.stepwise(self.steps[id(one)], path, tables, parameters)
        links = [tables.links[name] for name in path.links]
        match one.name:
            case "end":
                return self.of_thing(one, path.end, tables, parameters)
            case "strength":
                return weakest([row[2] for row in links])
            case "unverified":
                return any(row[2] is None for row in links)
            case "length":
                return len(links)
            case "direction":
                return "UPSTREAM" if path.up else "DOWNSTREAM"
            case "priorWork":
                return prior_work(links)
            case _:
                dates = [row[4] for row in links] + [tables.things[name][1] for name in path.things[1:]]
                return first_or_last(dates, last=one.name == "lastDate")

    def stepwise(
        self,
        fields: list[tuple[str, StepDecode]],
        path: Walked,
        tables: Tables,
        parameters: Mapping[str, Any],
    ) -> list[Any]:
        """The steps of a path: each is a link and the thing to which it leads."""
        links, things = tables.links, tables.things
        return [
            {key: decode(links[link], things[thing], parameters) for key, decode in fields}
            for link, thing in zip(path.links, path.things[1:], strict=True)
        ]

    def step_field(self, one: StepField) -> StepDecode:
        """The shape of one field of a step."""
        if one.name == "link":
            column, decode = self.links[id(one)]
            return lambda link, thing, parameters: decode(link[column], parameters)
        column, decode = self.things[id(one)]
        if one.name == "thing":
            return lambda link, thing, parameters: decode(thing[column], parameters)
        return lambda link, thing, parameters: [decode(row, parameters) for row in thing[column]]

    def of_thing(self, wanted: object, thing: str, tables: Tables, parameters: Mapping[str, Any]) -> Any:
        """A thing of the table as it is wanted here."""
        column, decode = self.things[id(wanted)]
        return decode(tables.things[thing][column], parameters)

    def ends(self, paths: list[Walked], origin: str) -> list["End"]:
        """The things at which paths end, each once in each direction; where it has no path, the origin."""
        found = {(path.up, path.end): path.further for path in paths}
        ends = [End(up, thing, further, True) for (up, thing), further in sorted(found.items())]
        bare = [up for up in self.read.follow.directions if not any(end.up == up for end in ends)]
        return [*ends, *(End(up, origin, False, False) for up in bare)]

    def end_field(self, one: EndField, end: "End", tables: Tables, parameters: Mapping[str, Any]) -> Any:
        """One field of an end."""
        if one.name == "at":
            return self.of_thing(one, end.thing, tables, parameters)
        if one.name == "direction":
            return "UPSTREAM" if end.up else "DOWNSTREAM"
        reason = self.reason(end, tables)
        return reason if one.name == "reason" else explanation(reason, self.read.follow.depth)

    def reason(self, end: "End", tables: Tables) -> str:
        """Why the trace ends here."""
        act, addressed, *more = tables.things[end.thing][2]
        facts = EndFacts(
            kind=self.shapes.kind(end.thing),
            up=end.up,
            further=end.further,
            more=more[end.up],
            whole=end.whole,
            act=act,
            addressed=addressed,
        )
        return self.read.endings.reason(facts, targeted=bool(self.read.follow.to))


@dataclass(frozen=True, slots=True)
class End:
    """A thing at which paths end. `further`: only the depth stops them; `whole`: a path ends here, it is not
    the origin of a trace without any."""

    up: bool
    thing: str
    further: bool
    whole: bool


def unique(rows: list[Any]) -> list[Any]:
    """The rows without a second one of the same thing, by id."""
    return sorted({row[0]: row for row in rows}.values(), key=lambda row: str(row[0]))


def weakest(strengths: list[str | None]) -> str | None:
    """The strength of the weakest link; none where a link has none."""
    return min(strengths, key=WEAKEST.index) if None not in strengths else None


def prior_work(links: list[Any]) -> bool | None:
    """Whether a path leads to work that began before: what its links say, else what its first LED_TO says."""
    if any(row[3] for row in links):
        return True
    judged = [row[3] for row in links if row[1] == "LED_TO" and judged_link(row[0])]
    return judged[0] if judged else None


def judged_link(identity: str) -> bool:
    """Whether a link starts at a conclusion or a meeting, so that it is known what came before."""
    return identity.removeprefix("link/").startswith(JUDGED_FROM)


def first_or_last(dates: list[str | None], *, last: bool) -> str | None:
    """The earliest or the latest of these dates by the days that they can mean."""
    known = [PartialDate.parse(date) for date in dates if date]
    if not known:
        return None
    key: Callable[[PartialDate], Any] = (lambda date: date.last) if last else (lambda date: date.first)
    return (max if last else min)(known, key=key).text
