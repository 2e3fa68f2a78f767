"""Compiled answers are those of graphql-core, byte for byte: random documents, sound rows and spoilt ones."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from structlog.testing import capture_logs

from graph.statement import Reading
from res68.gallery import gallery
from res68.graphql import encoded
from resolvers.errors import OperationError
from resolvers.leaves import Surprise
from schema.service import Prepared, Request, Service
from tests.answers.documents import Documents, spoilt
from tests.conftest import seed

SHARE = {"embedded": 200, "neo4j": 25}
MANY, SHARES = 20_000, 20  # they take an hour: in shares, each with a seed of its own, one sees them go on
SPOILT = 3  # times the rows of one document


async def pools(service: Service) -> dict[str, list[str]]:
    """Ids of things of each kind, and of links."""
    found: dict[str, list[str]] = {}
    for kind in service.model.kinds.values():
        answer = await service.execute(Request(f"{{ {kind.plural}(first: 40) {{ nodes {{ id }} }} }}"))
        found[kind.name] = [one["id"] for one in answer.result["data"][kind.plural]["nodes"]]
    links = await service.execute(
        Request("{ meetings(first: 5) { nodes { links(first: 5) { nodes { id } } } } }")
    )
    found["Node"] = [
        link["id"] for one in links.result["data"]["meetings"]["nodes"] for link in one["links"]["nodes"]
    ]
    return found


def response(service: Service, prepared: Prepared, readings: Sequence[Reading]) -> bytes | None:
    """What graphql-core answers; None where it is not asked, since the rows themselves cannot be read."""
    try:
        result = service.executed(prepared, readings)
    except (TypeError, AttributeError, LookupError, ValueError):
        return None
    return encoded({"errors": [str(one) for one in result.errors or ()], "data": result.data})


def compiled(prepared: Prepared, readings: Sequence[Reading]) -> bytes | None:
    """What the compiled answer is, if it is one."""
    try:
        data = prepared.plan.answered(readings, prepared.parameters)
    except Surprise:
        return None
    return None if data is None else encoded({"errors": [], "data": data})


async def compare(service: Service, text: str, variables: dict[str, Any], random: Random) -> str:
    """Compare both ways for one document; what came of it."""
    try:
        prepared = await service.prepare(Request(text, variables))
    except OperationError as error:
        return type(error).__name__
    if isinstance(prepared, list):  # fields of two kinds under one key, of types that differ
        assert all("conflict because they return" in str(one) for one in prepared), (prepared, text)
        return "invalid"
    readings = await service.read(prepared)
    answer, core = compiled(prepared, readings), response(service, prepared, readings)
    assert answer is not None, (text, variables)
    assert answer == core, (text, variables)
    for _ in range(SPOILT):
        worse = [Reading(tuple(spoilt(list(one.row), random)), one.version) for one in readings]
        wrong, core = compiled(prepared, worse), response(service, prepared, worse)
        assert wrong is None or core is None or wrong == core, (text, variables, worse)
    return "answered"


async def compare_many(service: Service, number: int, share: int = 0) -> dict[str, int]:
    """Compare both ways for random documents; how many came out how."""
    random = Random(seed() + share)
    documents = Documents(service._schema, await pools(service), random)
    outcomes: dict[str, int] = {}
    for _ in range(number):
        text, variables = documents.document()
        outcome = await compare(service, text, variables, random)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


async def test_random_documents_are_answered_as_graphql_core_answers_them(
    service: Service,
) -> None:
    number = SHARE[service.store.engine.profile.name]
    outcomes = await compare_many(service, number)
    assert outcomes["answered"] > number / 2, outcomes


@pytest.mark.slow
@pytest.mark.parametrize("share", range(1, SHARES + 1))
async def test_very_many_random_documents_are_answered_as_graphql_core_answers_them(
    embedded: Service, share: int
) -> None:
    outcomes = await compare_many(embedded, MANY // SHARES, share)
    assert outcomes["answered"] > MANY // SHARES / 2, outcomes


async def test_every_question_of_the_gallery_has_a_compiled_answer(service: Service) -> None:
    for example in gallery():
        prepared = await service.prepare(Request(example.query, example.variables))
        assert isinstance(prepared, Prepared)
        readings = await service.read(prepared)
        answer = compiled(prepared, readings)
        assert answer is not None, example.query
        assert answer == response(service, prepared, readings)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([None, 17, "done"], "a value is not as the schema promises"),
        ([None, "action/CTO-2009-F1", "unheard of"], "KeyError: 'unheard of'"),
    ],
)
async def test_the_log_says_what_a_compiled_answer_is_at_a_loss_with(
    service: Service, row: list[Any], reason: str
) -> None:
    prepared = await service.prepare(Request('{ action(id: "action/CTO-2009-F1") { id status } }'))
    assert isinstance(prepared, Prepared)
    (reading,) = await service.read(prepared)
    with capture_logs() as said:
        service.complete(prepared, [reading])
        service.complete(prepared, [Reading((row,), reading.version)])
    assert [(one["event"], one["reason"]) for one in said] == [("compiled answer at a loss", reason)]
    assert said[0]["hash"] == prepared.document.digest
