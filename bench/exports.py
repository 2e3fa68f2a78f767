"""The command: python -m bench.exports [--scale N] [--engine NAME] [--rounds N] [--write]: how fast the graph
goes out as RDF, beside the driver alone and beside rdflib."""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread

from rdflib import Graph

from bench.export_page import Outgoing, Report, Way, section
from bench.generator import Generator, write
from bench.machine import machine
from bench.page import with_section
from bench.run import DATA
from bench.service import ROOT, BenchError, Service, running, spent
from bench.shapes import real_records
from bench.stores import ENGINES, NEO4J, Store, Stores, given
from graph.errors import StoreError
from graph.export import Export
from graph.formats import FORMATS
from graph.rdflib_graph import to_graph
from graph.row_reader import RowReader
from graph.store import Store as OpenStore
from ontology.mapping import mapping_of
from ontology.model import Model, reference
from res68.opening import open_store
from res68.settings import read_settings

HEADING = "## Exports of RDF"
PAGE = ROOT / "docs" / "benchmarks.md"
BASE = "https://res68.example"
MEGABYTE = 2**20
BETWEEN_LOOKS = 0.01
Work = Callable[[], Awaitable[int]]


def works(store: OpenStore, model: Model) -> dict[str, Work]:
    """What is timed: reading alone, and each format; each gives the number of triples or of rows."""

    async def rows() -> int:
        return sum([len(batch.rows) async for batch in RowReader(store, mapping_of(model)).batches()])

    def export(name: str) -> Work:
        async def run() -> int:
            last = b""
            async for chunk in Export(store, model, BASE).stream(name):
                last = chunk
            return triples_of(last)

        return run

    return {"driver alone": rows} | {form.title: export(name) for name, form in FORMATS.items()}


def triples_of(last: bytes) -> int:
    """The number of triples that the last chunk of an export gives."""
    digits = last.decode().rpartition("triples")[2].lstrip('": ')
    return int("".join(char for char in digits.split(",")[0].split("\n")[0] if char.isdigit()))


async def ways(
    settings: Mapping[str, str], rounds: int, report: Callable[[str], None], *, beside_rdflib: bool
) -> list[Way]:
    """Each way in turn, round by round, in this process; rdflib's own at the end where they are wanted."""
    model = reference()
    async with open_store(read_settings(settings)) as store:
        wanted = works(store, model)
        seconds: dict[str, list[float]] = {name: [] for name in wanted}
        cpu: dict[str, list[float]] = {name: [] for name in wanted}
        counts: dict[str, int] = {}
        for number in range(rounds + 1):
            for name, work in wanted.items():
                report(f"round {number} of {rounds}: {name}")
                began, used = time.perf_counter(), time.process_time()
                counts[name] = await work()
                if number:  # the first round warms
                    seconds[name].append(time.perf_counter() - began)
                    cpu[name].append(time.process_time() - used)
        found = [Way(name, counts[name], median(seconds[name]), median(cpu[name])) for name in wanted]
        if not beside_rdflib:
            return found
        report("the graph for rdflib")
        return found + peers(await to_graph(store, model, BASE), report)


def peers(graph: Graph, report: Callable[[str], None]) -> list[Way]:
    """rdflib's own serialisers over the same triples, once each: reading and making the graph not counted."""
    found = []
    for name, title in (("nt", "N-Triples"), ("turtle", "Turtle")):
        report(f"rdflib: {title}")
        began, used = time.perf_counter(), time.process_time()
        graph.serialize(format=name, encoding="utf-8")
        took = time.perf_counter() - began, time.process_time() - used
        found.append(Way(f"rdflib's {title}", len(graph), *took))
    return found


def outgoing(service: Service, name: str) -> Outgoing:
    """A download: the time until the first byte, and how much the memory of the service grew."""
    before, most, ended = service.process.memory_info().rss, [0], Event()

    def watch() -> None:
        while not ended.is_set():
            most[0] = max(most[0], service.process.memory_info().rss)
            time.sleep(BETWEEN_LOOKS)

    watching = Thread(target=watch, daemon=True)
    watching.start()
    began, used, first, last = time.perf_counter(), spent(service.process), 0.0, b""
    with service.client.stream("GET", f"/export/all.{name}") as response:
        for chunk in response.iter_raw():
            first = first or time.perf_counter() - began
            last = last[-200:] + chunk
    took = time.perf_counter() - began
    ended.set()
    watching.join()
    return Outgoing(
        FORMATS[name].title,
        triples_of(last),
        took,
        spent(service.process) - used,
        first * 1000,
        (most[0] - before) / MEGABYTE,
    )


def measured(engine: str, store: Store, rounds: int, report: Callable[[str], None]) -> Report:
    """All that is measured of a store."""
    found = asyncio.run(ways(store.settings, rounds, report, beside_rdflib=engine == NEO4J))
    with running(store.settings, store.process) as service:
        for name in FORMATS:  # what is made once is made
            service.client.get(f"/export/region.{name}").raise_for_status()
        downloads = []
        for name in FORMATS:
            report(f"download of {name}")
            downloads.append(outgoing(service, name))
    return Report(engine, found, downloads)


def run(asked: argparse.Namespace, report: Callable[[str], None]) -> list[Report]:
    """Fill the stores and measure them."""
    found = []
    with TemporaryDirectory(prefix="res68-bench-") as directory, ExitStack() as stack:
        dataset = Path(directory) / "dataset"
        report(f"generating the dataset at {asked.scale}x")
        write(Generator(real_records(DATA), Model.load(), 68).dataset(asked.scale), dataset)
        stores = Stores(Path(directory), stack)
        for engine in asked.engine or ENGINES:
            report(f"filling {engine} at {asked.scale}x")
            store, _ = stores.filled(engine, asked.scale, dataset)
            found.append(measured(engine, store, asked.rounds, report))
    return found


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.exports", description=__doc__)
    parser.add_argument("--scale", type=int, default=12, help="times of the reference data (12: 1 M triples)")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine (default: both)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        reports = run(asked, lambda said: print(f"bench: {said}", file=sys.stderr, flush=True))
    except KeyboardInterrupt:
        return 130
    except (BenchError, StoreError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = section(HEADING, machine(own_neo4j=given() is None), reports)
    print(text)
    if asked.write:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
