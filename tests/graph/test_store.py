"""A store answers from one version of its dataset, within limits, and says in a sentence why it cannot."""

import asyncio
import time
from pathlib import Path

import pytest

from graph import lease, versions
from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.errors import StoreError, StoreTimeout, StoreUnavailable
from graph.load import load
from graph.neo4j_server import Neo4jServer
from graph.statement import Statement
from graph.store import Store
from ontology.model import reference
from tests.graph.small import SMALL, dataset

BEFORE = "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
AFTER = "MATCH (d:Dataset {id: 'dataset'}) RETURN before, found, [d.version, d.pending] AS after"
COUNT = Statement(f"{BEFORE} WITH before, COUNT {{ MATCH (n:Thing) }} AS found {AFTER}")
GROUPS = Statement(
    f"{BEFORE} WITH before, COLLECT {{ MATCH (n:StudyGroup) WHERE n.number > $least RETURN n.number ORDER BY "
    f"n.number }} AS found {AFTER}",
    {"least": 1},
)
ENDLESS = (
    "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b % 7 = 9 RETURN count(*)"
)
MINUTE = 60  # long enough for a busy machine


@pytest.fixture
async def loaded(store: Store, data: Path) -> Store:
    """A store with the small dataset, of little patience."""
    await load(store, dataset(data, SMALL), reference())
    return Store(store.engine, patience=0.5)


async def test_a_read_gives_its_row_and_the_version(loaded: Store, data: Path) -> None:
    reading = await loaded.read(GROUPS)
    assert (reading.row, reading.version) == (([5, 13],), dataset(data, SMALL).version)


async def test_several_statements_are_read_from_one_version_in_one_transaction(loaded: Store) -> None:
    readings = await loaded.read_many([COUNT, GROUPS, COUNT])
    assert [reading.row for reading in readings] == [(11,), ([5, 13],), (11,)]
    assert len({reading.version for reading in readings}) == 1


async def test_every_statement_that_is_sent_is_counted_and_shown(loaded: Store) -> None:
    seen: list[Statement] = []
    loaded.observer = seen.append
    await loaded.read(GROUPS)
    await loaded.read_many([COUNT, GROUPS])
    assert loaded.statements_sent == 3
    assert seen == [GROUPS, COUNT, GROUPS]


async def test_a_store_without_a_dataset_says_how_to_load_one(store: Store) -> None:
    assert await store.ready() is None
    with pytest.raises(StoreUnavailable, match="no dataset yet: load one with python -m res68 load"):
        await store.read(COUNT)
    with pytest.raises(StoreUnavailable, match="no dataset yet"):
        await store.read_many([COUNT, COUNT])


async def test_while_a_load_commits_readers_wait_and_give_up_in_the_end(loaded: Store) -> None:
    await loaded.rows(lease.take("alive", 60), write=True)
    await loaded.rows(versions.announce("next", "alive"), write=True)
    begun = time.monotonic()
    async with asyncio.timeout(MINUTE):
        with pytest.raises(StoreUnavailable, match="being replaced: ask again"):
            await loaded.read(COUNT)
    assert time.monotonic() - begun > 0.4
    assert await loaded.ready() is None
    reading = asyncio.create_task(Store(loaded.engine, patience=10).read(COUNT))
    await asyncio.sleep(0.2)
    await loaded.rows(versions.settle("alive"), write=True)
    assert (await reading).row == (11,)


async def test_what_a_dead_load_left_is_cleared_by_a_reader(loaded: Store) -> None:
    await loaded.rows(lease.take("dead", -1), write=True)
    await loaded.rows(versions.announce("next", "dead"), write=True)
    assert (await Store(loaded.engine, patience=10).read(COUNT)).row == (11,)


async def test_a_dead_load_that_had_committed_has_loaded(loaded: Store) -> None:
    await loaded.rows(lease.take("dead", -1), write=True)
    await loaded.rows(versions.announce("next", "dead"), write=True)
    await loaded.rows(Statement("MATCH (d:Dataset) SET d.committed = 'next'"), write=True)
    assert await loaded.recover()
    state = await loaded.ready()
    assert state is not None
    assert state.version == "next"


async def test_a_store_that_is_opened_twice_leaves_the_load_at_work_alone(loaded: Store) -> None:
    """Only who opens an engine that nobody else can be in knows that a lock in it is a dead one's."""
    await loaded.rows(lease.take("alive", 60), write=True)
    await loaded.rows(versions.announce("next", "alive"), write=True)
    await Store(loaded.engine).start()
    assert not await loaded.recover()
    await loaded.rows(versions.settle("alive"), write=True)
    await loaded.rows(lease.release("alive"), write=True)


async def test_who_has_lost_the_lock_changes_nothing(loaded: Store) -> None:
    await loaded.rows(lease.take("first", -1), write=True)
    await loaded.rows(lease.take("second", 60), write=True)
    assert await loaded.rows(versions.announce("mine", "first"), write=True) == []
    await loaded.rows(versions.announce("yours", "second"), write=True)
    assert await loaded.rows(versions.settle("first"), write=True) == []
    state = await loaded.dataset()
    assert state is not None
    assert state.pending == "yours"


async def test_a_statement_that_takes_too_long_is_ended_and_the_store_goes_on(
    loaded: Store, engine: Engine
) -> None:
    if isinstance(engine, EmbeddedEngine):
        await engine.sql("ALTER DATABASE `arcadedb.command.timeout` 500")
    quick = Store(engine, timeout=0.5)
    try:
        async with asyncio.timeout(MINUTE):
            with pytest.raises(StoreTimeout, match="longer than it may"):
                await quick.rows(Statement(ENDLESS))
            with pytest.raises(StoreTimeout, match="longer than it may"):
                await quick.read_many([Statement(ENDLESS)])
    finally:
        if isinstance(engine, EmbeddedEngine):
            await engine.sql("ALTER DATABASE `arcadedb.command.timeout` 30000")
    assert (await loaded.read(COUNT)).row == (11,)


async def test_a_statement_that_the_store_refuses_is_not_tried_again(loaded: Store) -> None:
    patient = Store(loaded.engine, patience=3600)
    async with asyncio.timeout(MINUTE):
        with pytest.raises(
            StoreError, match=r"refused a statement: Neo\.ClientError\.Statement\.SyntaxError"
        ):
            await patient.rows(Statement("RETURN 1 +"))


async def test_what_is_not_committed_is_not_there(loaded: Store) -> None:
    async with loaded.transaction() as transaction:
        await transaction.rows(Statement("MATCH (n:StudyGroup) DETACH DELETE n"))
    assert (await loaded.read(GROUPS)).row == ([5, 13],)


async def test_values_are_parameters_whatever_they_say(loaded: Store) -> None:
    cypher = "x'}) DETACH DELETE d // \u202e \" \\ `"
    (row,) = await loaded.rows(Statement("RETURN $value AS value", {"value": cypher}))
    assert row == (cypher,)


async def test_many_readers_at_once(loaded: Store) -> None:
    readings = await asyncio.gather(*(loaded.read(COUNT) for _ in range(200)))
    assert {reading.row for reading in readings} == {(11,)}


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("bolt://127.0.0.1:9", "does not answer: is it running, and is the address right"),
        ("http://127.0.0.1:9", "is no address of a Neo4j: write bolt://host:7687"),
        ("nonsense", "is no address of a Neo4j"),
    ],
)
async def test_a_server_that_is_not_there_is_told_in_one_sentence(uri: str, message: str) -> None:
    engine = Neo4jServer(uri)
    with pytest.raises(StoreUnavailable, match=message):
        await engine.start()
    with pytest.raises(StoreUnavailable, match="The store is not open"):
        await Store(engine, patience=0.1).rows(COUNT)
    await engine.stop()


async def test_a_database_that_the_server_does_not_have_is_named(neo4j: Neo4jServer) -> None:
    engine = Neo4jServer(neo4j.uri, database="nowhere")
    with pytest.raises(StoreUnavailable, match="has no database 'nowhere': set RES68_NEO4J_DATABASE"):
        await engine.start()


async def test_reads_one_after_the_other_share_a_session_and_reads_at_once_do_not(store: Store) -> None:
    async with store.engine.reading() as first, store.engine.reading() as second:
        assert second is not first
    async with store.engine.reading() as again:
        assert again is first


async def test_a_session_in_which_a_read_failed_is_closed_and_not_used_again(store: Store) -> None:
    async with store.engine.reading() as used:
        pass
    with pytest.raises(StoreError):
        await store.rows(Statement("RETURN nothing"))
    assert used.closed()
    assert await store.rows(Statement("RETURN 1")) == [(1,)]


async def test_a_session_in_which_a_read_was_cancelled_is_not_used_again(store: Store) -> None:
    async with store.engine.reading() as used:
        pass
    read = asyncio.create_task(store.rows(Statement(ENDLESS)))
    await asyncio.sleep(0.3)
    read.cancel()
    with pytest.raises(asyncio.CancelledError):
        await read
    async with store.engine.reading() as other:
        assert other is not used
    assert await store.rows(Statement("RETURN 1")) == [(1,)]
