"""A load in a process of its own that is killed, without warning, just before it would send a statement.

python -m tests.graph.dying_load TARGET DIRECTORY POINT: TARGET is the address of a Neo4j or the directory of
an embedded engine; POINT is one of POINTS, or a number of seconds after which it dies wherever it is.
"""

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from graph import load as loading
from graph import versions
from graph.dataset import read
from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.neo4j_server import Neo4jServer
from graph.statement import Statement
from graph.store import Store
from ontology.model import reference

LEASE_SECONDS = 1.5
POINTS = ("writing", "announcing", "committing", "publishing")


def die() -> None:
    """End the process as the system does when memory runs out."""
    os.kill(os.getpid(), signal.SIGKILL)


def watch(point: str, die: Callable[[], None] = die) -> Callable[[Statement], None]:
    """An observer that lets something die at a point of the load."""
    seen: list[str] = []

    def look(statement: Statement) -> None:
        seen.append(statement.text)
        if {
            "writing": sum(text.startswith("UNWIND") for text in seen) == 4,
            "announcing": statement.text == versions.ANNOUNCE,
            "committing": statement.text == loading.COMMIT,
            "publishing": statement.text == versions.SETTLE and loading.COMMIT in seen,
        }[point]:
            die()

    return look


def engine(target: str) -> Engine:
    """The engine at an address or in a directory."""
    return Neo4jServer(target) if "://" in target else EmbeddedEngine(Path(target), heap="512m")


async def main(target: str, directory: str, point: str) -> None:
    """Load, and die on the way."""
    dataset = read([Path(directory)], reference())
    store = Store(engine(target))
    await store.start()
    if point in POINTS:
        store.observer = watch(point)
    else:
        threading.Timer(float(point), die).start()
    await loading.load(store, dataset, reference(), lease_seconds=LEASE_SECONDS)
    await store.stop()
    die()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
