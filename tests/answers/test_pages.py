"""Pages of a list are Relay's: forwards and backwards, in any order, without repeats or gaps."""

from typing import Any

import pytest

from schema.service import Service
from tests.graph.served import data

WALK = """query ($first: Int, $after: String, $last: Int, $before: String, $order: ConclusionOrder) {
  conclusions(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    nodes { id date }
  }
}"""
ORDERS = [
    None,
    {"field": "DATE"},
    {"field": "DATE", "direction": "DESC"},
    {"field": "ID", "direction": "DESC"},
]


async def walk(service: Service, order: Any, *, backwards: bool = False, size: int = 30) -> list[Any]:
    """All rows, page after page, in the order of the list."""
    found: list[Any] = []
    cursor = None
    while True:
        page = {"last": size, "before": cursor} if backwards else {"first": size, "after": cursor}
        answer = (await data(service, WALK, order=order, **page))["conclusions"]
        assert answer["totalCount"] == 136
        info = answer["pageInfo"]
        found = answer["nodes"] + found if backwards else found + answer["nodes"]
        assert info["hasNextPage" if backwards else "hasPreviousPage"] is (cursor is not None)
        if not info["hasPreviousPage" if backwards else "hasNextPage"]:
            return found
        cursor = info["startCursor" if backwards else "endCursor"]


@pytest.mark.parametrize("order", ORDERS)
async def test_a_walk_meets_every_row_once_in_both_directions(service: Service, order: Any) -> None:
    forwards = await walk(service, order)
    assert len({row["id"] for row in forwards}) == len(forwards) == 136
    assert await walk(service, order, backwards=True) == forwards


async def test_unknown_values_come_last_in_both_directions(service: Service) -> None:
    query = """query ($direction: OrderDirection!) {
      actions(orderBy: {field: DATE, direction: $direction}, first: 200) { nodes { date } } }"""
    for direction in ("ASC", "DESC"):
        dates = [row["date"] for row in (await data(service, query, direction=direction))["actions"]["nodes"]]
        known = [date for date in dates if date]
        assert dates == [*known, *[None] * (len(dates) - len(known))]


async def test_dates_compare_by_all_the_days_that_they_can_mean(service: Service) -> None:
    query = """query ($surely: DateFilter!, $possibly: DateFilter!) {
      surely: actions(filter: {date: $surely}) { totalCount }
      possibly: actions(filter: {date: $possibly}) { totalCount } }"""
    bound = "2010-02-10"
    answer = await data(service, query, surely={"lt": bound}, possibly={"possibly": {"lt": bound}})
    assert answer["surely"]["totalCount"] < answer["possibly"]["totalCount"]


async def test_both_engines_give_the_same_pages(embedded: Service, neo4j: Service) -> None:
    for order in ORDERS:
        assert await walk(embedded, order) == await walk(neo4j, order)
