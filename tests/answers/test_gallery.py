"""Every operation of the gallery is answered with data, by one statement, and alike by both engines."""

import pytest

from res68.gallery import Example, gallery
from schema.service import Request, Service

OPERATIONS = pytest.mark.parametrize("example", gallery(), ids=lambda example: str(example.name))
# These have too much text for one statement and are sent as one a root field (architecture: planning costs).
STATEMENTS = {"conclusions-that-concern-a-group": 3}


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
        assert not empty(value), name


@OPERATIONS
async def test_an_operation_is_one_statement(service: Service, example: Example) -> None:
    await answer(service, example)
    before = service.store.statements_sent
    await answer(service, example)
    assert service.store.statements_sent - before == STATEMENTS.get(example.name, 1)


@OPERATIONS
async def test_both_engines_answer_alike(embedded: Service, neo4j: Service, example: Example) -> None:
    assert await answer(embedded, example) == await answer(neo4j, example)
