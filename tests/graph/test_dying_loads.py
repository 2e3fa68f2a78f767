"""A load that is killed, wherever it is, leaves the old or the new dataset readable, and never a half."""

import asyncio
import random
import sys
from pathlib import Path

import pytest

from graph.content import Dataset
from graph.dataset import read
from graph.dump import stored_dataset
from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.errors import StoreUnavailable
from graph.load import load
from graph.neo4j_server import Neo4jServer
from graph.store import Store
from ontology.model import reference
from tests.engines.neo4j_for_tests import NEO4J_5, Neo4jProcess
from tests.graph.conftest import emptied
from tests.graph.dying_load import LEASE_SECONDS, POINTS, watch
from tests.graph.small import SMALL, written

ROOT = Path(__file__).parents[2]
OTHER = SMALL.replace("Environment", "Climate").partition("- id: country/")[0] + "".join(
    f"- id: topic/{one}\n  name: {{en: Topic {one}}}\n" for one in range(1_500)
)


@pytest.fixture
def place(engine: Engine, tmp_path: Path) -> str:
    """Where the load that dies works: the same Neo4j, or a directory of its own."""
    return engine.uri if isinstance(engine, Neo4jServer) else str(tmp_path / "store")


@pytest.fixture
async def before(place: str, engine: Engine, data: Path) -> Dataset:
    """The dataset that is there when the load begins."""
    old = read([written(data / "old", SMALL)], reference())
    store = Store(opened(place, engine))
    await store.start()
    await emptied(store)
    await load(store, old, reference())
    await closed(store, engine)
    return old


def opened(place: str, engine: Engine) -> Engine:
    """The engine in which to look at the place."""
    return engine if isinstance(engine, Neo4jServer) else EmbeddedEngine(Path(place), heap="512m")


async def closed(store: Store, engine: Engine) -> None:
    """Leave a directory to the next process; the Neo4j of the run stays open."""
    if store.engine is not engine:
        await store.stop()


async def killed(place: str, directory: Path, point: str) -> int:
    """Run a load that dies; its exit status is minus the signal."""
    arguments = ("-m", "tests.graph.dying_load", place, str(directory), point)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT)
    return await process.wait()


@pytest.mark.parametrize("point", POINTS)
async def test_a_load_killed_at_a_point_is_done_or_undone(
    point: str, place: str, engine: Engine, before: Dataset, data: Path
) -> None:
    new = read([written(data / "new", OTHER)], reference())
    assert await killed(place, data / "new", point) == -9
    store = Store(opened(place, engine), patience=LEASE_SECONDS + 10)
    await store.start()
    found = await stored_dataset(store, reference())
    assert found == (new if point == "publishing" else before)
    summary = await load(store, new, reference())
    assert summary.skipped == (point == "publishing")
    assert await stored_dataset(store, reference()) == new
    await closed(store, engine)


async def test_a_load_killed_at_any_moment_is_done_or_undone(
    place: str, engine: Engine, before: Dataset, data: Path
) -> None:
    await one_round(place, engine, before, data, random.Random(68).uniform(0.1, 0.5))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
async def test_loads_killed_by_the_dozen_are_done_or_undone(
    seed: int, place: str, engine: Engine, before: Dataset, data: Path
) -> None:
    await one_round(place, engine, before, data, random.Random(seed).uniform(0.0, 2.5))


async def one_round(place: str, engine: Engine, before: Dataset, data: Path, seconds: float) -> None:
    """Kill one load and look at what it left."""
    new = read([written(data / "new", OTHER)], reference())
    assert await killed(place, data / "new", str(seconds)) == -9
    store = Store(opened(place, engine), patience=LEASE_SECONDS + 10)
    await store.start()
    assert await stored_dataset(store, reference()) in (before, new)
    await load(store, new, reference())
    assert await stored_dataset(store, reference()) == new
    await closed(store, engine)


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.parametrize("point", ["writing", "committing", "publishing"])
async def test_a_load_whose_server_is_killed_says_so_and_leaves_no_half(
    point: str, neo4j: Neo4jServer, data: Path, tmp_path: Path
) -> None:
    """`neo4j` makes sure that one can be run here; this test needs one to kill."""
    old, new = (
        read([written(data / name, text)], reference()) for name, text in (("o", SMALL), ("n", OTHER))
    )
    process = Neo4jProcess(NEO4J_5, tmp_path / "neo4j")
    process.start()
    try:
        store = Store(Neo4jServer(process.uri), patience=LEASE_SECONDS + 10)
        await store.start()
        await load(store, old, reference())
        store.observer = watch(point, process.kill)
        with pytest.raises(StoreUnavailable, match="does not answer"):
            await load(store, new, reference(), lease_seconds=LEASE_SECONDS)
        store.observer = None
        process.start()
        assert await stored_dataset(store, reference()) == (new if point == "publishing" else old)
        await load(store, new, reference())
        assert await stored_dataset(store, reference()) == new
        await store.stop()
    finally:
        process.stop()
