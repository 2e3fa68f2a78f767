"""Figures out of samples: medians with their spread, and what a size costs against another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from bench.measuring import Key, Sample
from bench.questions import QUESTIONS
from bench.service import Done

REACHED = 1.5  # a point or a trace may cost so many times at the largest size what it costs at 1x
BOUND = ("point", "trace")
LARGE = (
    100  # times of the real dataset; beyond, pages are bound too, and the longest count has to end in time
)
BOUND_WHEN_LARGER = (*BOUND, "page")
FIRST, DEEP = "page", "deep page"  # the latter may cost REACHED times the former
LONGEST_COUNT, SECONDS_TO_COUNT = "coverage of all", 10.0  # the limit as shipped


@dataclass(frozen=True, slots=True)
class Figure:
    """A median with the values below which one in ten and nine in ten lie."""

    median: float
    low: float
    high: float
    count: int

    def __str__(self) -> str:
        return f"{short(self.median)} ({short(self.low)}–{short(self.high)})"


def figure(values: Sequence[float]) -> Figure:
    """The figure of some values, at least one."""
    if len(values) < 2:
        return Figure(values[0], values[0], values[0], len(values))
    tenths = quantiles(values, n=10, method="inclusive")
    return Figure(median(values), tenths[0], tenths[-1], len(values))


def short(value: float) -> str:
    """A value with as many digits as mean something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of a question at a service, in milliseconds; CPU is that of one request.

    `blocks` are the medians of its turns, one in each round.
    """

    engine: str
    scale: int
    question: str
    warm: Figure
    new: Figure | None
    cpu: Figure
    store_cpu: Figure
    blocks: Sequence[float]


@dataclass(frozen=True, slots=True)
class Ratio:
    """What a question costs at the largest size, as a multiple of its cost at 1x: latency and CPU.

    The latencies are compared round by round, since a machine is not as quick at one time as at another.
    """

    engine: str
    scale: int
    question: str
    latency: float
    cpu: float

    @property
    def reached(self) -> bool:
        """Whether it is within the bound, by the time that an answer takes."""
        return self.latency <= REACHED


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run measured; seconds for `loads`, `fills` and `ready`, by engine and (the last two) size.

    `sizes` are the numbers of things and of links at each size.
    """

    machine: Mapping[str, str]
    sizes: Mapping[int, tuple[int, int]]
    rows: Sequence[Row]
    loads: Mapping[str, Sequence[float]] = field(default_factory=dict)
    fills: Mapping[tuple[str, int], Done] = field(default_factory=dict)
    ready: Mapping[tuple[str, int], Sequence[float]] = field(default_factory=dict)

    @property
    def largest(self) -> int:
        """The largest size."""
        return max(self.sizes)

    @property
    def counts(self) -> list[Row]:
        """The longest counts at a size at which they have to end in time."""
        longest = (row for row in self.rows if row.question == LONGEST_COUNT)
        return [row for row in longest if row.scale == self.largest > LARGE]

    @property
    def depths(self) -> list[Ratio]:
        """What pages deep in a list cost, as multiples of the first pages at the same size."""
        at = {(row.engine, row.scale, row.question): row for row in self.rows}
        return [
            ratio(at[engine, scale, FIRST], row)
            for (engine, scale, question), row in at.items()
            if question == DEEP and (engine, scale, FIRST) in at
        ]

    @property
    def ratios(self) -> list[Ratio]:
        """The ratios of what has to stay within the bound, where two sizes were measured."""
        at = {(row.engine, row.scale, row.question): row for row in self.rows}
        largest = self.largest
        bound = BOUND_WHEN_LARGER if largest > LARGE else BOUND
        found = []
        for (engine, scale, question), row in at.items():
            base = at.get((engine, 1, question))
            if question in bound and scale == largest > 1 and base:
                found.append(ratio(base, row))
        return found


def ratio(base: Row, row: Row) -> Ratio:
    """One row against that of 1x: the CPU of the service and of the store together."""
    spent = [one.cpu.median + one.store_cpu.median for one in (row, base)]
    times = spent[0] / spent[1] if spent[1] else 1.0
    latency = median(one / other for one, other in zip(row.blocks, base.blocks, strict=True))
    return Ratio(row.engine, row.scale, row.question, latency, times)


def rows(samples: Mapping[Key, Sample]) -> list[Row]:
    """The figures of all samples, question by question."""
    order = [question.name for question in QUESTIONS]
    keys = sorted(samples, key=lambda key: (order.index(key[2]), key[1], key[0]))
    return [row(key, samples[key]) for key in keys]


def row(key: Key, sample: Sample) -> Row:
    """The figures of one sample."""
    new = figure(sample.new) if sample.new else None
    return Row(*key, figure(sample.warm), new, figure(sample.cpu), figure(sample.store_cpu), sample.blocks)
