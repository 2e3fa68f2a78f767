"""The figures of exports as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bench.figures import short
from bench.page import table
from bench.stores import NEO4J

DRIVER = "driver alone"
FAST = ("N-Triples", "Turtle")
SHARE, SPEED, MEMORY, FIRST, TIMES = 0.70, 150.0, 32.0, 200.0, 10.0
NOTES = """\
Made by `python -m bench.exports --write`. *driver alone* reads the same rows in the same batches and throws
them away; its triples are those that the rows would make. *share* is the speed beside that of the driver
alone. All of it is the store included, except for rdflib, whose graph is in memory before its clock starts.
A download is `GET /export/all.…` through uvicorn, whose memory is looked at a hundred times a second; the
client takes part of the two cores. To reach, on Neo4j: N-Triples and Turtle at 70 % of the driver alone or
more, 150 thousand triples a second or more, memory that grows by less than 32 MB, the first byte in less
than 200 ms, and ten times the speed of rdflib's own Turtle."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get the triples out: how many, the median of the seconds, and of those of CPU."""

    name: str
    count: int
    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A download: triples, seconds, CPU of the service, milliseconds to the first byte, MB of growth."""

    name: str
    triples: int
    seconds: float
    cpu: float
    first: float
    growth: float


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of an engine."""

    engine: str
    ways: Sequence[Way]
    downloads: Sequence[Outgoing]

    @property
    def triples(self) -> int:
        """How many triples the graph has."""
        return max(way.count for way in self.ways)

    def way(self, name: str) -> Way:
        """A way by its name."""
        return next(way for way in self.ways if way.name == name)

    def speed(self, way: Way) -> float:
        """Thousands of triples a second."""
        return self.triples / way.seconds / 1000

    def share(self, way: Way) -> float:
        """The speed beside that of the driver alone."""
        return self.way(DRIVER).seconds / way.seconds

    def verdicts(self) -> list[tuple[str, str, bool]]:
        """What is to be reached, on Neo4j: what, how much, whether it is."""
        found: list[tuple[str, str, bool]] = []
        if self.engine != NEO4J:
            return found
        turtle = self.speed(self.way("Turtle")) / self.speed(self.way("rdflib's Turtle"))
        for name in FAST:
            way = self.way(name)
            found.append(
                (f"{name}: share of the driver alone", f"{self.share(way):.0%}", self.share(way) >= SHARE)
            )
            speed = self.speed(way)
            found.append((f"{name}: thousands of triples a second", short(speed), speed >= SPEED))
        for one in self.downloads:
            if one.name in FAST:
                found.append((f"{one.name}: growth of memory, MB", short(one.growth), one.growth < MEMORY))
                found.append((f"{one.name}: first byte, ms", short(one.first), one.first < FIRST))
        found.append(("Turtle: times as fast as rdflib's", short(turtle), turtle >= TIMES))
        return found


def section(heading: str, machine: Mapping[str, str], reports: Sequence[Report]) -> str:
    """The whole section of the page."""
    day = datetime.now(UTC).date().isoformat()
    facts = "; ".join(f"{name} {value}" for name, value in machine.items())
    lines = [["engine", "way", "seconds", "CPU", "thousands of triples a second", "share"]]
    downloads = [["engine", "download", "seconds", "CPU", "first byte, ms", "growth of memory, MB"]]
    verdicts = [["engine", "to reach", "is", ""]]
    for report in reports:
        for way in report.ways:
            share = "" if way.name.startswith("rdflib") else f"{report.share(way):.0%}"
            cells = [short(way.seconds), short(way.cpu), short(report.speed(way)), share]
            lines.append([report.engine, way.name, *cells])
        for one in report.downloads:
            cells = [short(value) for value in (one.seconds, one.cpu, one.first, one.growth)]
            downloads.append([report.engine, one.name, *cells])
        for what, much, reached in report.verdicts():
            verdicts.append([report.engine, what, much, "reached" if reached else "not reached"])
    size = f"{max(report.triples for report in reports):,} triples"
    tables = "\n\n".join(map(table, (lines, downloads, verdicts)))
    return f"{heading}\n\n{day}, {size}. {facts}.\n\n{tables}\n\n{NOTES}\n"
