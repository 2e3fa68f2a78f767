"""Every query of the pages is answered by the reference dataset, and every result shown is the real one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from schema.service import Request, Service
from tests.docs.pages import pages

CUT = "…"


@dataclass(frozen=True, slots=True)
class Shown:
    """A query as a page shows it, with the variables and the result that stand below it."""

    place: str
    query: str
    variables: dict[str, Any]
    result: Any


def shown() -> Iterator[Shown]:
    """The queries of all pages. JSON that follows one is its result if it has data, else its variables."""
    for page in pages():
        blocks = page.blocks
        for number, block in enumerate(blocks):
            if block.language != "graphql":
                continue
            below = []
            for after in blocks[number + 1 :]:
                if after.language != "json":
                    break
                below.append(json.loads(after.text))
            results = [one for one in below if "data" in one]
            variables = [one for one in below if "data" not in one]
            yield Shown(
                f"{page.name} {number + 1}",
                block.text,
                variables[0] if variables else {},
                results[0] if results else None,
            )


QUERIES = list(shown())


def same(said: Any, real: Any) -> bool:
    """Whether a result is the real one; "…" in a list stands for all that is left out after it."""
    if isinstance(said, dict):
        return (
            isinstance(real, dict)
            and said.keys() == real.keys()
            and all(same(said[key], real[key]) for key in said)
        )
    if isinstance(said, list):
        kept = said[:-1] if said and said[-1] == CUT else said
        whole = kept is said
        return (
            isinstance(real, list)
            and (len(real) == len(kept) if whole else len(real) > len(kept))
            and all(same(one, other) for one, other in zip(kept, real, strict=False))
        )
    return bool(said == real)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: str(query.place))
async def test_a_query_is_answered(service: Service, query: Shown) -> None:
    answer = (await service.execute(Request(query.query, query.variables))).result
    assert "errors" not in answer, answer["errors"]
    assert answer["data"]


@pytest.mark.parametrize(
    "query", [one for one in QUERIES if one.result is not None], ids=lambda query: str(query.place)
)
async def test_a_result_is_the_real_one(service: Service, query: Shown) -> None:
    answer = (await service.execute(Request(query.query, query.variables))).result
    assert same(query.result["data"], answer["data"]), json.dumps(
        answer["data"], ensure_ascii=False, indent=2
    )


def test_the_readme_has_a_query_with_its_result() -> None:
    assert [one.result is not None for one in QUERIES if one.place.startswith("README.md")] == [True]


@pytest.mark.parametrize(
    ("said", "real", "holds"),
    [
        ({"a": [1, CUT]}, {"a": [1, 2]}, True),
        ({"a": [1, CUT]}, {"a": [1]}, False),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": 1}, {"a": 1, "b": 2}, False),
        ([CUT], [{"b": 1}], True),
        ({"a": None}, {"a": 0}, False),
    ],
)
def test_a_result_may_be_shortened_only_where_it_says_so(said: Any, real: Any, holds: bool) -> None:
    assert same(said, real) is holds
