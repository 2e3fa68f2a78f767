"""Each limit lets through what is just within it, and refuses what is just beyond, before it is worked at."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from schema.service import Request, Response, Service

Written = Callable[[int], str]


def nested(before: str, after: str, inner: str, depth: int) -> str:
    """A text inside as many others."""
    return before * depth + inner + after * depth


def filtered(text: str) -> str:
    """A document with this filter; but for the filter it has eleven tokens."""
    return f"{{ topics(filter: {text}) {{ totalCount }} }}"


def tokens(number: int) -> str:
    values = '"a" ' * (number - 20)
    return filtered(f"{{id: {{in: [{values}]}}}}")


def depth(links: int) -> str:
    inner = nested("broader(first: 1) { nodes { ", "} } ", "id ", links)
    return f"{{ topics(first: 1) {{ nodes {{ {inner} }} }} }}"


def filter_depth(links: int) -> str:
    return filtered(nested("{broader: {some: {node: ", "}}}", "{}", links))


def logic_depth(number: int) -> str:
    return filtered(nested("{not: ", "}", "{}", number))


def aliases(number: int) -> str:
    return f"{{ topics {{ nodes {{ {' '.join(f'a{one}: id' for one in range(number))} }} }} }}"


def hidden_aliases(number: int) -> str:
    """Half of them stand in a fragment, which is spread at two places."""
    half = " ".join(f"a{one}: id" for one in range(number // 2))
    inner = f"...F {'b: id' * (number % 2)} broader {{ nodes {{ ...F }} }}"
    return f"{{ topics(first: 1) {{ nodes {{ {inner} }} }} }} fragment F on Topic {{ {half} }}"


def root_fields(number: int) -> str:
    return f"{{ {'__typename ' * number} }}"


def hidden_root_fields(number: int) -> str:
    """All but one stand in a fragment within a fragment."""
    rest = "__typename " * (number - 1)
    outer = "fragment A on Query { ... on Query { ...B } }"
    return f"{{ __typename ...A }} {outer} fragment B on Query {{ {rest} }}"


def hidden_fields(number: int) -> str:
    """Two, three times 39 times 17 in fragments, and the rest: a document of two hundred tokens."""
    rest, outer, inner = "id " * (number - 1_991), "...B " * 39, "id " * 17
    fragments = f"fragment A on Topic {{ {outer} }} fragment B on Topic {{ {inner} }}"
    return f"{{ topics {{ nodes {{ ...A ...A ...A {rest} }} }} }} {fragments}"


def conditions(number: int) -> str:
    """The list takes one, each alternative two: its key and its comparison. `not` takes one too."""
    alternatives = '{id: {eq: "topic/x"}} ' * ((number - 1) // 2)
    return filtered(f"{{or: [{alternatives}] {'not: {}' * ((number - 1) % 2)}}}")


def trace_depth(links: int) -> str:
    return f'{{ trace(from: "conclusion/CTO-2009-C6", maxDepth: {links}) {{ truncated }} }}'


def paths(number: int) -> str:
    return f'{{ trace(from: "conclusion/CTO-2009-C6") {{ paths(first: {number}) {{ length }} }} }}'


def ids(number: int) -> str:
    values = '"topic/x" ' * number
    return f"{{ nodes(ids: [{values}]) {{ id }} }}"


def page(field: str) -> Written:
    """A document with this field, which asks for N rows."""
    return lambda number: f"{{ {field.replace('N', str(number))} }}"


LIMITS: list[tuple[str, Written, int, str]] = [
    ("tokens", tokens, 2_000, "QUERY_TOO_LARGE"),
    ("depth", depth, 10, "QUERY_TOO_DEEP"),
    ("depth of a filter", filter_depth, 10, "QUERY_TOO_DEEP"),
    ("depth of and, or, not", logic_depth, 10, "QUERY_TOO_DEEP"),
    ("aliases", aliases, 30, "QUERY_TOO_LARGE"),
    ("aliases in fragments", hidden_aliases, 30, "QUERY_TOO_LARGE"),
    ("root fields", root_fields, 20, "QUERY_TOO_LARGE"),
    ("root fields in fragments", hidden_root_fields, 20, "QUERY_TOO_LARGE"),
    ("fields in fragments", hidden_fields, 2_000, "QUERY_TOO_LARGE"),
    ("conditions", conditions, 100, "QUERY_TOO_LARGE"),
    ("links of a trace", trace_depth, 10, "BAD_USER_INPUT"),
    ("paths of a trace", paths, 1_000, "BAD_USER_INPUT"),
    ("ids", ids, 200, "BAD_USER_INPUT"),
    ("first", page("topics(first: N) { totalCount }"), 200, "BAD_USER_INPUT"),
    ("last", page("topics(last: N) { totalCount }"), 200, "BAD_USER_INPUT"),
    ("search", page('search(text: "x", first: N) { totalCount }'), 200, "BAD_USER_INPUT"),
    ("links", page('topic(id: "topic/x") { links(first: N) { totalCount } }'), 200, "BAD_USER_INPUT"),
    ("uncovered", page("coverage(of: {}) { uncovered(first: N) { totalCount } }"), 200, "BAD_USER_INPUT"),
]
NAMES = [name for name, *_ in LIMITS]


async def ask(service: Service, query: str, **variables: Any) -> Response:
    return await service.execute(Request(query, variables))


def code(response: Response) -> str:
    error: dict[str, Any] = response.result["errors"][0]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(("written", "limit", "refused"), [rest for _, *rest in LIMITS], ids=NAMES)
async def test_a_limit_is_where_it_is_said_to_be(
    embedded: Service, written: Written, limit: int, refused: str
) -> None:
    within = await ask(embedded, written(limit))
    assert "errors" not in within.result, within.result["errors"]
    beyond = await ask(embedded, written(limit + 1))
    assert beyond.request_error
    assert "data" not in beyond.result
    assert code(beyond) == refused, beyond.result


async def test_directives_at_one_place_are_limited(embedded: Service) -> None:
    for place in ("query Q HERE { __typename }", "{ __typename HERE }", "{ ... HERE { __typename } }"):
        for number, refused in ((5, "BAD_USER_INPUT"), (6, "QUERY_TOO_LARGE")):
            document = place.replace("HERE", "@include(if: true) " * number)
            assert code(await ask(embedded, document)) == refused


async def test_the_cost_that_is_shown_is_the_cost_that_is_limited(
    embedded: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "query ($n: Int) { conclusions(first: $n) { nodes { actions(first: 3) { nodes { id } } } } }"
    few, many = await ask(embedded, query, n=10), await ask(embedded, query, n=100)
    cost = few.result["extensions"]["cost"]
    assert 10 < cost <= 40
    assert many.result["extensions"]["cost"] == pytest.approx(10 * cost, abs=5)
    monkeypatch.setattr(embedded, "limits", replace(embedded.limits, cost=cost))
    assert (await ask(embedded, query, n=10)).result == few.result
    assert code(await ask(embedded, query, n=11)) == "QUERY_TOO_COSTLY"


@pytest.mark.parametrize("again", ["broader { nodes { id } } ", "... { broader { nodes { id } } } "])
async def test_a_field_that_is_repeated_without_end_is_not_compared_without_end(
    embedded: Service, again: str
) -> None:
    query = "{ topics(first: 1) { nodes { AGAIN } } }"
    assert "errors" not in (await ask(embedded, query.replace("AGAIN", again * 70))).result
    response = await ask(embedded, query.replace("AGAIN", again * 180))
    assert code(response) == "QUERY_TOO_LARGE"
    assert "write each field once" in response.result["errors"][0]["message"]


async def test_a_page_that_does_not_say_how_long_it_is_has_twenty_rows(embedded: Service) -> None:
    rows = (await ask(embedded, "{ conclusions { nodes { id } } }")).result["data"]["conclusions"]["nodes"]
    assert len(rows) == 20


async def test_a_variable_can_be_no_way_around_a_limit(embedded: Service) -> None:
    query = "query ($f: TopicFilter) { topics(filter: $f) { totalCount } }"
    many = {"or": [{"id": {"eq": f"topic/{number}"}} for number in range(5_000)]}
    assert code(await ask(embedded, query, f=many)) == "QUERY_TOO_LARGE"
    deep: dict[str, Any] = {}
    for _ in range(11):
        deep = {"broader": {"some": {"node": deep}}}
    assert code(await ask(embedded, query, f=deep)) == "QUERY_TOO_DEEP"


async def test_conditions_within_the_limit_are_answered_by_both_engines(service: Service) -> None:
    for query in (conditions(100), filter_depth(10), logic_depth(10)):
        assert "errors" not in (await ask(service, query)).result


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("{ topics { nodes { tokens } } }", "Cannot query field 'tokens'"),
        ("{ topics } tokens", "Unexpected Name 'tokens'"),
    ],
)
async def test_a_document_that_speaks_of_tokens_has_not_too_many(
    embedded: Service, query: str, said: str
) -> None:
    response = await ask(embedded, query)
    assert code(response) == "BAD_USER_INPUT"
    assert said in response.result["errors"][0]["message"]
