"""GraphQL over HTTP: what is asked for how, and what comes back under which status."""

from typing import Any

import httpx
import orjson
import pytest

from graph.statement import Statement
from res68.graphql import encoded
from res68.media import GRAPHQL, JSON
from res68.running import Running
from tests.http.service import client_with

TYPENAME = "{ __typename }"
NAMED = "query Named($id: ID!) { conclusion(id: $id) { id } }"
CONCLUSION = {"id": "conclusion/CTO-2009-C6"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def post(client: httpx.AsyncClient, body: object, accept: str = JSON, **headers: str) -> httpx.Response:
    sent = {"content-type": JSON, "accept": accept, **headers}
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    return await client.post("/graphql", content=content, headers=sent)


def message(response: httpx.Response) -> str:
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"]
    return str(error["message"])


@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_an_answer_has_the_type_that_is_accepted(client: httpx.AsyncClient, accept: str) -> None:
    response = await post(client, {"query": NAMED, "variables": CONCLUSION}, accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.json()["data"] == {"conclusion": CONCLUSION}


@pytest.mark.parametrize(
    ("query", "variables"),
    [("{", None), ("{ noSuchField }", None), (NAMED, {"id": None}), (NAMED, {}), (NAMED, {"id": ["x", "y"]})],
)
async def test_a_wrong_request_has_no_data_and_400_where_the_type_allows_it(
    client: httpx.AsyncClient, query: str, variables: object
) -> None:
    body = {"query": query, "variables": variables}
    strict, lax = await post(client, body, GRAPHQL), await post(client, body, JSON)
    assert (strict.status_code, lax.status_code) == (400, 200)
    assert "data" not in strict.json()
    assert strict.json() == lax.json()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "cannot be read as JSON"),
        (b"{", "cannot be read as JSON"),
        (b"\xff\xfe", "cannot be read as JSON"),
        (b'{"query": "\\ud800"}', "cannot be read as JSON"),
        ([{"query": TYPENAME}], "must be one JSON object, not a list"),
        ("text", "must be one JSON object, not a text"),
        (None, "must be one JSON object, not null"),
        ({}, "has no query"),
        ({"query": ""}, "has no query"),
        ({"query": None}, "has no query"),
        ({"query": 1}, "query must be a text, not a number"),
        ({"query": TYPENAME, "variables": "{}"}, "variables must be an object, not a text"),
        ({"query": TYPENAME, "variables": [1]}, "variables must be an object, not a list"),
        ({"query": TYPENAME, "operationName": False}, "operationName must be a text, not true or false"),
        ({"query": TYPENAME, "extensions": 1.5}, "extensions must be an object, not a number"),
    ],
)
@pytest.mark.parametrize("accept", [GRAPHQL, JSON])
async def test_a_body_that_is_no_request_is_refused(
    client: httpx.AsyncClient, body: object, said: str, accept: str
) -> None:
    response = await post(client, body, accept)
    assert response.status_code == 400
    assert said in message(response)


@pytest.mark.parametrize("name", ["variables", "operationName", "extensions"])
async def test_null_is_as_good_as_nothing(client: httpx.AsyncClient, name: str) -> None:
    response = await post(client, {"query": TYPENAME, name: None})
    assert response.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"content-type": "text/plain"}, "must be application/json, not text/plain"),
        ({"content-type": "application/x-www-form-urlencoded"}, "must be application/json"),
        ({"content-type": ""}, "names no type"),
        ({"content-type": "application/json; charset=latin-1"}, "must be written in UTF-8, not latin-1"),
        ({"content-encoding": "gzip"}, "must be sent as it is, not as gzip"),
    ],
)
async def test_a_body_of_another_type_is_not_taken(
    client: httpx.AsyncClient, headers: dict[str, str], said: str
) -> None:
    response = await post(client, {"query": TYPENAME}, **headers)
    assert response.status_code == 415
    assert said in message(response)


@pytest.mark.parametrize("accept", ["text/html", "image/png", "application/json;q=0"])
async def test_an_answer_that_is_not_accepted_is_not_given(client: httpx.AsyncClient, accept: str) -> None:
    response = await post(client, {"query": TYPENAME}, accept)
    assert response.status_code == 406
    assert GRAPHQL in message(response)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_named_as_impossible(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"


async def test_a_mutation_by_get_is_not_possible(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": "mutation { __typename }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_beyond_the_limit_is_refused(client: httpx.AsyncClient, announced: bool) -> None:
    body = orjson.dumps({"query": TYPENAME, "variables": {"x": "x" * 300_000}})

    async def pieces() -> Any:
        for start in range(0, len(body), 10_000):
            yield body[start : start + 10_000]

    content = body if announced else pieces()
    response = await client.post("/graphql", content=content, headers={"content-type": JSON})
    assert response.status_code == 413
    assert response.json()["errors"][0]["extensions"]["code"] == "QUERY_TOO_LARGE"


async def test_a_get_takes_variables_as_json(client: httpx.AsyncClient) -> None:
    parameters = {"query": NAMED, "variables": orjson.dumps(CONCLUSION).decode(), "operationName": "Named"}
    response = await client.get("/graphql", params=parameters)
    assert response.json()["data"] == {"conclusion": CONCLUSION}


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/graphql", "has no query"),
        ("/graphql?query=%7B__typename%7D&variables=%7B", "variables cannot be read as JSON"),
        ("/graphql?query=%7B__typename%7D&variables=1", "variables must be an object, not a number"),
        ("/graphql?query=%7B__typename%7D&query=x", "query is given 2 times"),
    ],
)
async def test_a_get_that_is_no_request_is_refused(
    client: httpx.AsyncClient, address: str, said: str
) -> None:
    response = await client.get(address)
    assert response.status_code == 400
    assert said in message(response)


async def test_an_unchanged_answer_is_not_sent_again(client: httpx.AsyncClient) -> None:
    parameters = {"query": NAMED, "variables": orjson.dumps(CONCLUSION).decode()}
    first = await client.get("/graphql", params=parameters)
    tag = first.headers["etag"]
    assert tag.startswith('"')
    assert (first.headers["vary"], first.headers["cache-control"]) == ("Accept", "no-cache")
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await client.get("/graphql", params=parameters, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)


async def test_a_get_that_was_answered_a_moment_ago_asks_the_store_nothing(
    here: Running, client: httpx.AsyncClient
) -> None:
    parameters = {"query": '{ meeting(id: "meeting/CTO-2009") { id label } }'}
    first = await client.get("/graphql", params=parameters)
    sent = here.store.statements_sent
    again = await client.get("/graphql", params=parameters)
    assert here.store.statements_sent == sent
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])


async def test_a_kept_answer_is_gone_with_the_version_that_it_comes_from(here: Running) -> None:
    parameters = {"query": '{ meeting(id: "meeting/CTO-2009") { id } }'}
    rename = "MATCH (d:Dataset {id: 'dataset'}) WITH d, d.version AS before SET d.version = $to RETURN before"
    async with client_with(here, kept_seconds=0) as client:
        first = await client.get("/graphql", params=parameters)
        ((before,),) = await here.store.rows(Statement(rename, {"to": "another"}), write=True)
        try:
            other = await client.get("/graphql", params=parameters)
        finally:
            await here.store.rows(Statement(rename, {"to": before}), write=True)
        back = await client.get("/graphql", params=parameters)
    versions = [one.json()["extensions"]["datasetVersion"] for one in (first, other, back)]
    assert versions == [before, "another", before]
    assert other.headers["etag"] != first.headers["etag"] == back.headers["etag"]


async def test_what_caches_are_told_is_a_setting_for_whole_answers(here: Running) -> None:
    async with client_with(here, cache_control="public, max-age=60") as client:
        whole = await client.get("/graphql", params={"query": "{ dataset { version } }"})
        wrong = await client.get("/graphql", params={"query": "{ noSuchField }"})
    assert [one.headers["cache-control"] for one in (whole, wrong)] == ["public, max-age=60", "no-store"]


async def test_the_tag_depends_on_the_request_and_on_the_media_type(client: httpx.AsyncClient) -> None:
    parameters = {"query": NAMED, "variables": orjson.dumps(CONCLUSION).decode()}
    other = {**parameters, "variables": '{"id": "conclusion/CTO-2009-C1"}'}
    tags = [
        (await client.get("/graphql", params=one, headers={"accept": accept})).headers["etag"]
        for one in (parameters, other)
        for accept in (GRAPHQL, JSON)
    ]
    assert len(set(tags)) == 4


async def test_answers_to_a_post_and_errors_are_not_kept(client: httpx.AsyncClient) -> None:
    answers = [
        await post(client, {"query": NAMED, "variables": CONCLUSION}),
        await client.get("/graphql", params={"query": "{ noSuchField }"}),
        await client.get("/graphql", params={"query": '{ conclusion(id: "no id") { id } }'}),
    ]
    assert [(answer.headers.get("etag"), answer.headers["cache-control"]) for answer in answers] == [
        (None, "no-store")
    ] * 3


async def test_a_browser_that_asks_for_nothing_gets_graphiql(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", headers={"accept": BROWSER})
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert 'id="graphiql"' in response.text


async def test_a_browser_that_asks_for_something_gets_the_answer(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": TYPENAME}, headers={"accept": BROWSER})
    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"


async def test_graphiql_can_be_switched_off(here: Running) -> None:
    async with client_with(here, graphiql=False) as client:
        response = await client.get("/graphql", headers={"accept": BROWSER})
    assert (response.status_code, response.headers["content-type"]) == (400, f"{JSON}; charset=utf-8")


async def test_other_origins_are_let_in_by_a_setting_only(here: Running, client: httpx.AsyncClient) -> None:
    origin = {"origin": "https://example.org"}
    assert "access-control-allow-origin" not in (await client.get("/graphql", headers=origin)).headers
    async with client_with(here, cors_origins="https://example.org") as open_client:
        response = await open_client.get("/graphql", params={"query": TYPENAME}, headers=origin)
        asked = {
            **origin,
            "access-control-request-method": "POST",
            "access-control-request-headers": "content-type",
        }
        before = await open_client.options("/graphql", headers=asked)
        stranger = await open_client.get("/graphql", headers={"origin": "https://example.net"})
    assert response.headers["access-control-allow-origin"] == "https://example.org"
    assert {part.strip() for part in response.headers["vary"].split(",")} == {"Accept", "Origin"}
    assert before.status_code == 200
    assert "access-control-allow-origin" not in stranger.headers


def test_what_the_fast_writer_refuses_is_written_all_the_same() -> None:
    assert orjson.loads(encoded({"data": 2**70})) == {"data": float(2**70)}
    assert encoded({"message": "\ud800"}) == b'{"message": "\\ud800"}'
