"""The command: python -m bench.peer [--scale N] [--rounds N] [--write]: Res68 beside @neo4j/graphql and
beside a bare route, on one Neo4j, with the same questions, in one run in which they take turns."""

import argparse
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.contest import CONTESTS
from bench.page import with_section
from bench.peer_page import section
from bench.peer_run import Effort, run
from bench.service import ROOT, BenchError
from graph.errors import StoreError

PAGE = ROOT / "docs" / "benchmarks.md"
THOROUGH = 7


def main() -> int:
    """Run the benchmark; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.peer", description="Time Res68 beside its peer.")
    parser.add_argument("--scale", type=int, default=100, help="times of the reference data")
    parser.add_argument("--rounds", type=int, default=THOROUGH)
    parser.add_argument("--seconds", type=float, default=2.0, help="seconds of one turn")
    parser.add_argument(
        "--only", choices=[one.name for one in CONTESTS], action="append", help="one question"
    )
    parser.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it ends what it started first
    wanted = [one for one in CONTESTS if not asked.only or one.name in asked.only]
    try:
        with TemporaryDirectory(prefix="res68-peer-") as directory:
            effort = Effort(asked.rounds, asked.seconds)
            made = section(run(wanted, asked.scale, effort, Path(directory), report))
    except KeyboardInterrupt:
        return 130
    except (BenchError, StoreError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    print(made)
    if asked.write:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
    return 0


def report(said: str) -> None:
    """Say on the terminal how far it has come."""
    print(f"bench: {said}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
