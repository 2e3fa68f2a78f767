"""A walk over the pages of a list while the dataset changes neither repeats nor skips what did not change."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.load import load
from graph.store import Store
from ontology.model import reference
from schema.service import Service
from tests.graph.served import data as answer
from tests.graph.small import dataset

RECORDS = 60
QUERY = """query ($first: Int, $after: String, $last: Int, $before: String, $order: TopicOrder) {
  topics(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id }
  }
}"""
NAMES = ("alpha", "beta", "Beta", "gamma", "5G", "数据", "данные")
Names = dict[str, str]


class Changing:
    """A dataset of topics that changes, at random, whenever it is told to."""

    def __init__(self, store: Store, directory: Path, rng: Random) -> None:
        self.store, self.directory, self.rng = store, directory, rng
        self.names: Names = {f"topic/{rng.randrange(10**6):06}": rng.choice(NAMES) for _ in range(RECORDS)}
        self.untouched = set(self.names)
        self.loads = 0

    async def change(self) -> None:
        """Remove some, add some, and give some another name."""
        gone = self.rng.sample(sorted(self.names), 4)
        renamed = self.rng.sample(sorted(self.names), 2)
        self.names |= {one: self.rng.choice(NAMES) for one in renamed}
        self.names = {one: name for one, name in self.names.items() if one not in gone}
        self.names |= {f"topic/{self.rng.randrange(10**6):06}": self.rng.choice(NAMES) for _ in range(4)}
        self.untouched -= {*gone, *renamed}
        await self.load()

    async def load(self) -> None:
        """Load what there is now."""
        self.loads += 1
        records = (f"- id: {one}\n  name: {{en: {name}}}\n" for one, name in self.names.items())
        made = dataset(self.directory / str(self.loads), "".join(records))
        await load(self.store, made, reference())


async def walk(service: Service, changing: Changing, order: Any, *, backwards: bool) -> list[str]:
    """All rows of a walk; the dataset changes after each page."""
    found: list[str] = []
    cursor = None
    while True:
        size = changing.rng.randint(5, 20)
        page = {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        topics = (await answer(service, QUERY, order=order, **page))["topics"]
        found += [one["id"] for one in topics["nodes"]]
        info = topics["pageInfo"]
        if not info["hasPreviousPage" if backwards else "hasNextPage"]:
            return found
        cursor = info["startCursor" if backwards else "endCursor"]
        await changing.change()


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("order", [None, {"field": "NAME"}, {"field": "NAME", "direction": "DESC"}])
async def test_a_walk_meets_what_stays_as_it_is_once(
    store: Store, tmp_path: Path, order: Any, backwards: bool
) -> None:
    seed = f"{order} {backwards}"
    changing = Changing(store, tmp_path, Random(seed))
    await changing.load()
    service = Service(reference(), store)
    met = await walk(service, changing, order, backwards=backwards)
    assert changing.loads > 3
    assert len(changing.untouched) > RECORDS / 4
    assert {one: met.count(one) for one in changing.untouched} == dict.fromkeys(changing.untouched, 1)
