"""One run: datasets made, stores filled, services started, all of them measured in turns."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.figures import Results, rows
from bench.generator import Generator, write
from bench.machine import machine
from bench.measuring import Effort, Subject, cursors, deep_cursors, measure
from bench.questions import QUESTIONS, Subjects, everywhere
from bench.service import ROOT, BenchError, Done, Service, running
from bench.shapes import Record, kind_key, real_records
from bench.stores import NEO4J, Store, Stores, given
from ontology.model import Model

DATA = ROOT / "data"
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: engines, sizes, how thoroughly, and the seed of what is generated."""

    engines: Sequence[str]
    scales: Sequence[int]
    effort: Effort
    seed: int = 68


class Run:
    """A run under way; everything that it makes is gone at its end."""

    def __init__(self, wanted: Wanted, directory: Path, stack: ExitStack, report: Report) -> None:
        self.wanted = wanted
        self.directory = directory
        self.stack = stack
        self.report = report
        self.stores = Stores(directory, stack)
        self.records = real_records(DATA)
        self.model = Model.load()
        self.filled: dict[tuple[str, int], Store] = {}
        self.fills: dict[tuple[str, int], Done] = {}
        self.ready: dict[tuple[str, int], list[float]] = {}

    def results(self) -> Results:
        """Measure everything."""
        loads = self.loads()
        for scale in self.wanted.scales:
            self.fill(scale)
        self.starts()
        subjects = [self.subject(*key) for key in self.filled]
        sizes = {one.scale: size(one.service) for one in subjects}
        samples = measure(subjects, QUESTIONS, self.wanted.effort, self.report)
        facts = machine(own_neo4j=given() is None)
        return Results(facts, sizes, rows(samples), loads, self.fills, self.ready)

    def loads(self) -> dict[str, list[float]]:
        """The loads of the reference data, the engines in turns; a server of somebody else gets none."""
        engines = [engine for engine in self.wanted.engines if engine != NEO4J or given() is None]
        found: dict[str, list[float]] = {engine: [] for engine in engines}
        for number in range(self.wanted.effort.loads):
            for engine in engines:
                self.report(f"load {number + 1} of {self.wanted.effort.loads} into {engine}")
                found[engine].append(self.stores.fresh_load(engine, DATA))
        return found

    def fill(self, scale: int) -> None:
        """A store of each engine with a dataset of this size."""
        with self.dataset(scale) as dataset:
            for engine in self.wanted.engines:
                self.report(f"filling {engine} at {scale}x")
                store, done = self.stores.filled(engine, scale, dataset)
                self.filled[engine, scale], self.fills[engine, scale] = store, done

    @contextmanager
    def dataset(self, scale: int) -> Iterator[Path]:
        """The directory of a dataset of this size, as long as it is needed."""
        if scale == 1:
            yield DATA
            return
        directory = self.directory / f"dataset-{scale}"
        self.report(f"generating the dataset at {scale}x")
        write(Generator(self.records, self.model, self.wanted.seed).dataset(scale), directory)
        try:
            yield directory
        finally:
            shutil.rmtree(directory)

    def starts(self) -> None:
        """Start each service and stop it, in turns, as often as there are loads to time less one."""
        for number in range(1, self.wanted.effort.loads):
            for key, store in self.filled.items():
                self.report(f"start {number} of {self.wanted.effort.loads} of {key[0]} at {key[1]}x")
                with running(store.settings, store.process) as service:
                    self.ready.setdefault(key, []).append(service.ready)

    def subject(self, engine: str, scale: int) -> Subject:
        """The service over a store, running until the end, and what to ask it about."""
        self.report(f"starting the service over {engine} at {scale}x")
        store = self.filled[engine, scale]
        service = self.stack.enter_context(running(store.settings, store.process))
        self.ready.setdefault((engine, scale), []).append(service.ready)
        return Subject(engine, scale, service, asked(self.records, service, scale, self.wanted.seed))


def asked(records: Sequence[Record], service: Service, scale: int, seed: int) -> Subjects:
    """What to ask about: the things of which the real dataset has more, spread over one of this size."""
    by_name = {question.name: question for question in QUESTIONS}
    random = Random(f"{seed}/asked")
    return Subjects(
        conclusions=everywhere(real(records, "conclusion"), scale, random),
        meetings=everywhere(real(records, "meeting"), scale, random),
        cursors={
            "deep page": list(deep_cursors(service)),
            **{name: list(cursors(service, by_name[name])) for name in ("page", "nested")},
        },
    )


def real(records: Sequence[Record], kind: str) -> list[str]:
    """The ids of the real things of a kind."""
    return [str(record["id"]) for record in records if kind_key(str(record["id"])) == kind]


def size(service: Service) -> tuple[int, int]:
    """How many things and links a service has."""
    text = "{ dataset { kinds { count } linkTypes { count } } }"
    dataset = service.ask(text, {})["dataset"]
    assert isinstance(dataset, dict)
    things, links = (sum(one["count"] for one in dataset[name]) for name in ("kinds", "linkTypes"))
    return things, links


def run(wanted: Wanted, report: Report) -> Results:
    """Measure what is wanted, and leave nothing behind."""
    if NEO4J in wanted.engines and given() is not None and len(wanted.scales) > 1:
        raise BenchError("the Neo4j of RES68_NEO4J_URI can hold one size only: choose it with --scale")
    with TemporaryDirectory(prefix="res68-bench-") as directory, ExitStack() as stack:
        return Run(wanted, Path(directory), stack, report).results()
