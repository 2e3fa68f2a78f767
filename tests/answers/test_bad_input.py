"""What is wrong with a request is said with the value and the remedy, and nothing inside is shown."""

from typing import Any

import pytest

from schema.service import Request, Response, Service

EVIL = "x'}) DETACH DELETE n //"
DEEP = "{ topics { nodes " + "{ broader { nodes " * 11 + "{ id }" + " } }" * 11 + " } }"
ALIASES = " ".join(f"a{number}: topics {{ nodes {{ id }} }}" for number in range(31))
WIDE = "links(first: 200) { nodes { from"
COSTLY = "{ things(first: 200) { nodes { " + f"{WIDE} {{ {WIDE} {{ id" + " }" * 9
WRONG = [
    ("{ conclusions(first: -1) { nodes { id } } }", "BAD_USER_INPUT", "-1 is negative"),
    ("{ conclusions(first: 1000000000) { nodes { id } } }", "BAD_USER_INPUT", "more than the 200"),
    ("{ conclusions(first: 1, last: 1) { nodes { id } } }", "BAD_USER_INPUT", "exclude each other"),
    ('{ conclusions(after: "nonsense") { nodes { id } } }', "BAD_USER_INPUT", "'nonsense' is no cursor"),
    ('{ conclusion(id: "conclusion") { id } }', "BAD_USER_INPUT", "'conclusion' is no id"),
    ('{ conclusion(id: "conclusion/a\'b") { id } }', "BAD_USER_INPUT", "is no id"),
    ('{ conclusion(id: "conclusion/a b") { id } }', "BAD_USER_INPUT", "is no id"),
    ('{ conclusion(id: "conclusion/\u202eabc") { id } }', "BAD_USER_INPUT", "is no id"),
    ('{ conclusion(id: "action/CTO-2009-F1") { id } }', "BAD_USER_INPUT", "of the kind Action"),
    ('{ node(id: "nothing/x") { id } }', "UNKNOWN_KIND", "'nothing/x' is of no kind"),
    ('{ trace(from: "link/conclusion/x/led-to/y") { truncated } }', "BAD_USER_INPUT", "id of a link"),
    ('{ trace(from: "conclusion/x", maxDepth: 11) { truncated } }', "BAD_USER_INPUT", "11 is not between"),
    ('{ trace(from: "conclusion/x", via: [ABOUT]) { truncated } }', "BAD_USER_INPUT", "not follow ABOUT"),
    ('{ trace(from: "conclusion/x", body: "topic/x") { truncated } }', "BAD_USER_INPUT", "no id of a body"),
    ('{ trace(from: "conclusion/x") { paths(first: 5000) { end { id } } } }', "BAD_USER_INPUT", "5000 is"),
    ('{ conclusions(filter: {date: {gte: "2016-02-30"}}) { nodes { id } } }', "BAD_USER_INPUT", "2016-02-30"),
    ("{ conclusions { nodes { nothing } } }", "BAD_USER_INPUT", "Cannot query field 'nothing'"),
    ("{ conclusions { nodes { id ", "BAD_USER_INPUT", "Syntax Error"),
    ("mutation { x }", "BAD_USER_INPUT", "not"),
    ("", "BAD_USER_INPUT", "there is no query"),
    ("{ " + "conclusions { nodes { id } } " * 900 + "}", "QUERY_TOO_LARGE", "more than 2000 tokens"),
    ("{ " + ALIASES + " }", "QUERY_TOO_LARGE", "31 aliases"),
    (COSTLY, "QUERY_TOO_COSTLY", "50000 are allowed"),
    (DEEP, "QUERY_TOO_DEEP", "10 are allowed"),
]


async def ask(service: Service, query: str, **variables: Any) -> Response:
    return await service.execute(Request(query, variables))


@pytest.mark.parametrize(("query", "code", "said"), WRONG, ids=[said for _, _, said in WRONG])
async def test_a_wrong_request_is_refused(embedded: Service, query: str, code: str, said: str) -> None:
    response = await ask(embedded, query)
    assert response.request_error
    assert "data" not in response.result
    error = response.result["errors"][0]
    assert error["extensions"]["code"] == code, error
    assert said in error["message"], error
    assert "MATCH" not in error["message"]


async def test_a_cursor_of_another_list_is_refused(embedded: Service) -> None:
    page = await ask(embedded, "{ conclusions(first: 1) { pageInfo { endCursor } } }")
    cursor = page.result["data"]["conclusions"]["pageInfo"]["endCursor"]
    for field in ("topics(after: $c)", "conclusions(after: $c, orderBy: {field: DATE})"):
        response = await ask(embedded, f"query ($c: String) {{ {field} {{ nodes {{ id }} }} }}", c=cursor)
        assert "of another list" in response.result["errors"][0]["message"]


async def test_cypher_in_a_string_is_a_string(service: Service) -> None:
    query = """query ($text: String!, $id: ID!) {
      a: conclusions(filter: {number: {eq: $text}, text: {contains: $text, startsWith: $text}}) { totalCount }
      b: conclusions(filter: {id: {in: [$id]}, unverified: {has: $text}, about: {some: {as: {eq: $text}}}}) {
        totalCount
      }
      search(text: $text) { totalCount }
    }"""
    response = await ask(service, query, text=EVIL, id=EVIL)
    assert response.result["data"]["a"]["totalCount"] == response.result["data"]["b"]["totalCount"] == 0
    count = await ask(service, "{ conclusions { totalCount } }")
    assert count.result["data"]["conclusions"]["totalCount"] == 136


async def test_a_variable_of_a_wrong_type_is_named(embedded: Service) -> None:
    response = await ask(embedded, "query ($n: Int) { topics(first: $n) { nodes { id } } }", n="many")
    assert "$n" in response.result["errors"][0]["message"]
    assert response.request_error
