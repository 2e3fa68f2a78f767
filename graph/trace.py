"""What is wanted of a trace, as plain data: which links it follows, and what of its paths and ends."""

from dataclasses import dataclass, field

from graph.path_ends import Endings
from graph.selection import LinkSelection, Parameter, ThingSelection


@dataclass(frozen=True, slots=True)
class Follow:
    """Which links a trace follows from its origin, and how far.

    `types` are relationship types, and `every` all those that a trace may follow. A link whose strength is
    not among `strengths` is not followed. With `to`, paths end at things with one of these labels; without,
    where no link leads further, or at the depth. With `body`, only paths over something that this body did
    or is responsible for; what a study group did in one study period is the group's.
    """

    types: tuple[str, ...]
    every: tuple[str, ...]
    depth: int
    down: bool = True
    up: bool = False
    strengths: Parameter | None = None
    to: tuple[str, ...] = ()
    body: Parameter | None = None

    @property
    def directions(self) -> tuple[bool, ...]:
        """The ways to go: for each, whether it leads upstream."""
        return (False,) * self.down + (True,) * self.up

    @property
    def narrowed(self) -> bool:
        """Whether links or paths are left out that a trace would have by itself."""
        return bool(self.strengths or self.to or self.body or set(self.types) != set(self.every))


@dataclass(frozen=True, slots=True)
class StepField:
    """What is wanted of each step under one key: `link`, `thing`, `takenBy` or `takenAt`."""

    key: str
    name: str
    node: ThingSelection = field(default_factory=ThingSelection)
    link: LinkSelection = field(default_factory=LinkSelection)


@dataclass(frozen=True, slots=True)
class PathField:
    """What is wanted of each path under one key: `steps`, `end`, `strength`, `unverified`, `length`,
    `direction`, `firstDate`, `lastDate` or `priorWork`."""

    key: str
    name: str
    node: ThingSelection = field(default_factory=ThingSelection)
    steps: tuple[StepField, ...] = ()


@dataclass(frozen=True, slots=True)
class Paths:
    """The paths, wanted under one key, at most as many as the value of `size`."""

    key: str
    size: Parameter
    fields: tuple[PathField, ...] = ()


@dataclass(frozen=True, slots=True)
class Reached:
    """The things that some path reaches, each once, with one of these labels or (none named) all."""

    key: str
    node: ThingSelection
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EndField:
    """What is wanted of each end under one key: `at`, `reason`, `explanation` or `direction`."""

    key: str
    name: str
    node: ThingSelection = field(default_factory=ThingSelection)


@dataclass(frozen=True, slots=True)
class Ends:
    """The things at which paths end, wanted under one key, each with the reason why."""

    key: str
    fields: tuple[EndField, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A trace from a thing; the shortest paths come first.

    The value of `limit` is one more than the number of paths that are looked for, and of `reach` one
    more than the number of things reached that are shown. `truncated` are the keys under which it is wanted
    whether something was left out.
    """

    follow: Follow
    limit: Parameter
    reach: Parameter
    endings: Endings
    origins: tuple[tuple[str, ThingSelection], ...] = ()
    paths: tuple[Paths, ...] = ()
    reached: tuple[Reached, ...] = ()
    ends: tuple[Ends, ...] = ()
    truncated: tuple[str, ...] = ()

    @property
    def walks(self) -> bool:
        """Whether paths have to be looked for."""
        return bool(self.paths or self.ends or self.truncated)

    @property
    def step_fields(self) -> tuple[StepField, ...]:
        """What is wanted of each step of each path."""
        return tuple(step for paths in self.paths for one in paths.fields for step in one.steps)

    @property
    def things(self) -> tuple[ThingSelection, ...]:
        """What is wanted of the things on the paths: in steps, at the ends of paths, and as ends."""
        of_steps = [one.node for one in self.step_fields if one.name == "thing"]
        of_paths = [one.node for paths in self.paths for one in paths.fields if one.name == "end"]
        of_ends = [one.node for ends in self.ends for one in ends.fields if one.name == "at"]
        return (*of_steps, *of_paths, *of_ends)

    @property
    def acts(self) -> tuple[StepField, ...]:
        """What is wanted of the bodies and events of acts."""
        return tuple(one for one in self.step_fields if one.name in ("takenBy", "takenAt"))

    @property
    def links(self) -> tuple[LinkSelection, ...]:
        """What is wanted of the links of the paths."""
        return tuple(one.link for one in self.step_fields if one.name == "link")


@dataclass(frozen=True, slots=True)
class TraceFrom:
    """The trace from the thing with this id, or under a name that the thing is mentioned by."""

    id: Parameter
    trace: Trace
