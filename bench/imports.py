"""The command: python -m bench.imports SOURCE... [--engine NAME] [--quick] [--write]: how long an import and
a load of all Recommendations take, and what they cost the questions about the rest."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Ratio, Row, ratio, rows, short
from bench.machine import machine
from bench.measuring import QUICK, THOROUGH, Effort, Subject, measure
from bench.page import table, with_section
from bench.questions import QUESTIONS
from bench.run import DATA, asked, size
from bench.service import ROOT, BenchError, Done, command, running
from bench.shapes import real_records
from bench.stores import ENGINES, NEO4J, Stores, given
from graph.errors import StoreError

PAGE = ROOT / "docs" / "benchmarks.md"
HEADING = "## All Recommendations beside the reference dataset"
ALONE, BESIDE = 1, 2  # what tells the two datasets of an engine apart
ASKED = ("point", "page", "trace")
SECONDS, TIMES = 120.0, 1.2
SEED = 68
NOTES = """\
Made by `python -m bench.imports SOURCE --write`, where SOURCE is a tar of relaton-data-itu. *beside*: what
the import made, loaded together with the reference dataset. A load is the command `python -m res68 load` into
a new store, from its start to its end. To reach: a load within 120 seconds, and traces at no more than 1.2
times what they cost without."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured: the import, the loads of each engine, the answers, and how large it all is."""

    imported: Done
    loads: Mapping[tuple[str, int], Done]
    rows: Sequence[Row]
    sizes: Mapping[int, tuple[int, int]]

    @property
    def ratios(self) -> list[Ratio]:
        """What each question costs beside all Recommendations, against its cost without them."""
        at = {(row.engine, row.scale, row.question): row for row in self.rows}
        pairs = ((at[row.engine, ALONE, row.question], row) for row in self.rows if row.scale == BESIDE)
        return [ratio(base, row) for base, row in pairs]

    def verdicts(self) -> list[list[str]]:
        """What is to be reached: engine, what, how much, whether it is."""
        found = []
        for (engine, which), done in self.loads.items():
            if which == BESIDE:
                found.append([engine, "load, seconds", short(done.seconds), told(done.seconds <= SECONDS)])
        for one in self.ratios:
            if one.question == "trace":
                cost = f"{one.latency:.2f} times"
                found.append([one.engine, "trace, times its cost without", cost, told(one.latency <= TIMES)])
        return found


def told(reached: bool) -> str:
    """A verdict."""
    return "reached" if reached else "not reached"


def section(facts: Mapping[str, str], report: Report) -> str:
    """The section of the page."""
    loads = [["what", "engine", "seconds", "memory, MB"]]
    loads.append(["import", "", short(report.imported.seconds), short(report.imported.memory)])
    for (engine, which), done in report.loads.items():
        what = "load, all beside" if which == BESIDE else "load of the reference dataset"
        loads.append([what, engine, short(done.seconds), short(done.memory)])
    answers = [["question", "engine", "without, ms", "beside, ms", "times"]]
    at = {(row.engine, row.scale, row.question): row for row in report.rows}
    for one in report.ratios:
        both = [str(at[one.engine, which, one.question].warm) for which in (ALONE, BESIDE)]
        answers.append([one.question, one.engine, *both, f"{one.latency:.2f}"])
    verdicts = [["engine", "to reach", "is", ""], *report.verdicts()]
    things, links = report.sizes[BESIDE]
    on = "; ".join(f"{name} {value}" for name, value in facts.items())
    head = f"{datetime.now(UTC).date().isoformat()}, {things:,} things and {links:,} links. {on}."
    return "\n\n".join([HEADING, head, *map(table, (loads, answers, verdicts)), NOTES]) + "\n"


def run(
    sources: Sequence[Path], engines: Sequence[str], effort: Effort, report: Callable[[str], None]
) -> Report:
    """Import, load beside the reference dataset and without, and ask both in turns."""
    if NEO4J in engines and given() is not None:
        raise BenchError("two datasets are compared, and a Neo4j holds one: leave RES68_NEO4J_URI out")
    questions = [question for question in QUESTIONS if question.name in ASKED]
    records = real_records(DATA)
    with TemporaryDirectory(prefix="res68-bench-") as directory, ExitStack() as stack:
        made = Path(directory) / "made"
        report("importing")
        names = [str(source.resolve()) for source in sources]
        imported = command(["import", "relaton", *names, "-o", str(made), "--beside", str(DATA)], {})
        stores = Stores(Path(directory), stack)
        loads: dict[tuple[str, int], Done] = {}
        subjects = []
        for engine in engines:
            for which, datasets in ((ALONE, [DATA]), (BESIDE, [DATA, made])):
                report(f"filling {engine}, {len(datasets)} of 2")
                store, loads[engine, which] = stores.filled(engine, which, *datasets)
                service = stack.enter_context(running(store.settings, store.process))
                subjects.append(Subject(engine, which, service, asked(records, service, 1, SEED)))
        sizes = {one.scale: size(one.service) for one in subjects}
        return Report(imported, loads, rows(measure(subjects, questions, effort, report)), sizes)


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.imports", description=__doc__)
    parser.add_argument(
        "source", type=Path, nargs="+", help="YAML files, folders or tars of Relaton's records"
    )
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine (default: both)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, not a measurement")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    wanted = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it ends what it started first
    effort = QUICK if wanted.quick else THOROUGH

    def report(said: str) -> None:
        print(f"bench: {said}", file=sys.stderr, flush=True)

    try:
        made = run(wanted.source, tuple(dict.fromkeys(wanted.engine or ENGINES)), effort, report)
    except KeyboardInterrupt:
        return 130
    except (BenchError, StoreError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    text = section(machine(), made)
    print(text)
    if wanted.write:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
