"""The command: python -m bench [--quick] [--scale N] [--engine NAME] [--json FILE] [--write]."""

import argparse
import signal
import sys
from functools import reduce
from pathlib import Path

from bench.figures import LARGE, Results
from bench.measuring import QUICK, THOROUGH
from bench.page import apart, as_json, large, page, tables, with_section
from bench.run import Wanted, run
from bench.service import ROOT, BenchError
from bench.stores import ENGINES
from graph.errors import StoreError

PAGE = ROOT / "docs" / "benchmarks.md"
SCALES = (1, LARGE)


def arguments() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Time both engines, in turns.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds: a look, not a measurement")
    parser.add_argument(
        "--scale", type=positive, action="append", metavar="N", help="size of the dataset, in times of the "
        f"reference data; may be given again (default: {' and '.join(map(str, SCALES))})",
    )  # fmt: skip
    parser.add_argument("--engine", choices=ENGINES, action="append", help="one engine (default: both)")
    parser.add_argument("--seed", type=int, default=68, help="seed of what is generated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    return parser.parse_args()


def positive(text: str) -> int:
    """A whole number from 1 on."""
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("write a number from 1 to 1000")
    return value


def deliver(results: Results, asked: argparse.Namespace) -> None:
    """Print the tables, and write what was asked for."""
    print("\n".join(tables(results)))
    if asked.json:
        asked.json.write_bytes(as_json(results))
    if asked.write:
        there = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(rewritten(there, results), encoding="utf-8")


def rewritten(there: str, results: Results) -> str:
    """The page with these results: a section of its own for a size beyond those of the page."""
    if results.largest > LARGE:
        return with_section(there, large(results))
    return reduce(with_section, apart(there), page(results))


def main() -> int:
    """Run the benchmark; the exit code."""
    asked = arguments()
    wanted = Wanted(
        engines=tuple(dict.fromkeys(asked.engine or ENGINES)),
        scales=sorted(set(asked.scale or SCALES)),
        effort=QUICK if asked.quick else THOROUGH,
        seed=asked.seed,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it ends what it started first
    try:
        deliver(run(wanted, report), asked)
    except KeyboardInterrupt:
        return 130
    except (BenchError, StoreError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


def report(said: str) -> None:
    """Say on the terminal how far it has come."""
    print(f"bench: {said}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
