"""Whoever reads while loads replace the dataset reads one version of it, or is told to ask again."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from graph.content import Dataset
from graph.errors import StoreUnavailable
from graph.load import load
from graph.statement import Statement
from graph.store import Store
from ontology.model import reference
from tests.graph.small import dataset

LOADS = 4
TOPICS = 2_000
READ = Statement("""\
MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before
WITH before, COLLECT { MATCH (n:Topic) RETURN DISTINCT n.note } AS notes, COUNT { MATCH (n:Topic) } AS topics
MATCH (d:Dataset {id: 'dataset'}) RETURN before, notes, topics, [d.version, d.pending] AS after""")


def edition(data: Path, number: int) -> Dataset:
    """A dataset in which every record says which edition it is of; an odd edition has fewer of them."""
    topics = range(TOPICS - number % 2 * 500)
    records = (f"- id: topic/{one}\n  name: {{en: Topic}}\n  note: Edition {number}\n" for one in topics)
    return dataset(data / str(number), "".join(records))


@pytest.mark.parametrize("together", [False, True], ids=["one statement", "two in a transaction"])
async def test_an_answer_comes_from_one_version(store: Store, data: Path, together: bool) -> None:
    editions = [edition(data, number) for number in range(LOADS)]
    versions = {one.version: number for number, one in enumerate(editions)}
    await load(store, editions[0], reference())
    seen: Counter[int] = Counter()
    done = asyncio.Event()

    async def look() -> None:
        while not done.is_set():
            try:
                readings = await store.read_many([READ, READ]) if together else [await store.read(READ)]
            except StoreUnavailable:
                continue
            for reading in readings:
                number = versions[reading.version]
                assert reading.row == ([f"Edition {number}"], TOPICS - number % 2 * 500)
                seen[number] += 1

    async with asyncio.TaskGroup() as readers:
        for _ in range(3):
            readers.create_task(look())
        for one in editions[1:]:
            await load(store, one, reference())
            await asyncio.sleep(0.1)
        done.set()
    assert len(seen) >= 2, seen
