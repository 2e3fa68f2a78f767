"""The stores of a run: for each engine and size one that holds the dataset, and fresh ones to time loads."""

import asyncio
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.service import BenchError, Done, command
from graph.dataset import read
from ontology.model import Model
from res68.opening import open_store
from res68.settings import read_settings
from tests.engines.neo4j_for_tests import NEO4J_5, Neo4jNotToBeHad, running_neo4j

EMBEDDED = "embedded"
NEO4J = "neo4j"
ENGINES = (EMBEDDED, NEO4J)
LARGEST_AT_ONCE = 35  # times the reference data: about what one transaction of a load may hold
HEAP_OF_NEO4J = "2g"  # as much as the embedded engine gets
PAGE_CACHE = 512  # MiB, as docker-compose.yml has it


@dataclass(frozen=True, slots=True)
class Store:
    """A store: how a process of Res68 is told of it, and the process that it is, if it is one of ours."""

    settings: Mapping[str, str]
    process: psutil.Process | None = None

    def load(self, directories: Sequence[Path], scale: int = 1) -> Done:
        """Load a dataset by the command, from the start of the process to its end."""
        portions = ["--initial"] if scale > LARGEST_AT_ONCE else []
        return command(["load", *map(str, directories), *portions], self.settings)


@contextmanager
def opened(engine: str, directory: Path) -> Iterator[Store]:
    """An empty store of an engine, gone with all its files at the end; BenchError where there is none."""
    if engine == EMBEDDED:
        try:
            yield Store({"RES68_DATA_DIR": str(directory)})
        finally:
            shutil.rmtree(directory, ignore_errors=True)
    else:
        try:
            with running_neo4j(NEO4J_5, heap=HEAP_OF_NEO4J, page_cache=PAGE_CACHE) as neo4j:
                yield Store({"RES68_NEO4J_URI": neo4j.uri}, psutil.Process(neo4j.pid))
        except Neo4jNotToBeHad as missing:
            raise BenchError(f"{missing}: leave it out with --engine {EMBEDDED}") from missing


def given() -> Store | None:
    """The Neo4j that the environment names, which is used in place of one of ours."""
    settings = {name: value for name, value in os.environ.items() if name.startswith("RES68_NEO4J_")}
    return Store(settings) if "RES68_NEO4J_URI" in settings else None


class Stores:
    """All stores of a run, open until its end."""

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self.directory = directory
        self.stack = stack

    def filled(self, engine: str, scale: int, *dataset: Path) -> tuple[Store, Done]:
        """A store that holds a dataset, and what the load took; `scale` tells it from others of the engine.

        A Neo4j that the environment names must be empty or hold that dataset: nothing else is touched.
        """
        store = given() if engine == NEO4J else None
        if store is None:
            store = self.stack.enter_context(opened(engine, self.directory / f"{engine}-{scale}"))
        else:
            check_untouched(store, dataset)
        return store, store.load(dataset, scale)

    def fresh_load(self, engine: str, *dataset: Path) -> float:
        """The seconds that a load of the reference data takes into a store that is new."""
        with opened(engine, self.directory / f"{engine}-fresh") as store:
            return store.load(dataset).seconds


def check_untouched(store: Store, dataset: Sequence[Path]) -> None:
    """A BenchError where a server of somebody else holds anything but that dataset."""
    version = asyncio.run(version_in(store.settings))
    if version not in (None, read(dataset, Model.load()).version):
        raise BenchError(
            f"the Neo4j of RES68_NEO4J_URI holds the dataset {version}, which a load would replace: "
            "name an empty one, or leave the variable out to have one started"
        )


async def version_in(settings: Mapping[str, str]) -> str | None:
    """The version of the dataset in a store; what is no dataset of ours, the load itself refuses."""
    async with open_store(read_settings(settings)) as store:
        state = await store.dataset()
        return state.version if state else None
