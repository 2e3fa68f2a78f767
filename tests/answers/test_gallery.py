"""Every operation of the gallery is answered with data, by one statement, and alike by both engines."""

from typing import Any

import pytest

from res68.gallery import Example, gallery
from schema.service import Request, Service

OPERATIONS = pytest.mark.parametrize("example", gallery(), ids=lambda example: str(example.name))
# These have too much text for one statement and are sent as one a root field (architecture: planning costs).
STATEMENTS = {"best-and-worst": 2}
# Every record of the reference dataset names a source: nothing is missing.
EMPTY = {("sources-that-disagree", "missing")}
# Scores of the full-text indexes differ between the engines, so that texts come in another order.
UNORDERED = {"search-in-any-language"}


async def answer(service: Service, example: Example) -> dict[str, object]:
    response = await service.execute(Request(example.query, example.variables))
    assert "errors" not in response.result, response.result["errors"]
    return response.result


def empty(value: object) -> bool:
    """Whether an answer says nothing at all."""
    if isinstance(value, dict):
        return all(empty(one) for key, one in value.items() if key != "pageInfo")
    if isinstance(value, list):
        return all(empty(one) for one in value)
    return value in (None, 0)


@OPERATIONS
async def test_an_operation_is_answered_with_data(service: Service, example: Example) -> None:
    data = (await answer(service, example))["data"]
    assert isinstance(data, dict)
    for name, value in data.items():
        assert empty(value) is ((example.name, name) in EMPTY), name


@OPERATIONS
async def test_an_operation_is_one_statement(service: Service, example: Example) -> None:
    await answer(service, example)
    before = service.store.statements_sent
    await answer(service, example)
    assert service.store.statements_sent - before == STATEMENTS.get(example.name, 1)


@OPERATIONS
async def test_both_engines_answer_alike(embedded: Service, neo4j: Service, example: Example) -> None:
    one, other = await answer(embedded, example), await answer(neo4j, example)
    if example.name in UNORDERED:
        one, other = comparable(one), comparable(other)
    assert one == other


def comparable(answer: dict[str, object]) -> dict[str, object]:
    """How many results there are, and which were found by their names."""
    found: Any = answer["data"]
    edges = [edge for edge in found["search"]["edges"] if edge["matched"] == "NAME"]
    return {"total": found["search"]["totalCount"], "names": edges}
