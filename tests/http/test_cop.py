"""What graphql-cop looks for, written down, since it comes from no registry: each finding is absent, or is a
setting that is on because the data are public."""

from dataclasses import replace

import httpx
import orjson
import pytest

from res68.media import GRAPHQL, JSON
from res68.running import Running
from schema.service import Service
from tests.http.service import client_of

HEADERS = {"content-type": JSON, "accept": GRAPHQL}
CIRCLE = (
    "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
)

FILTERED = "query cop($f: TopicFilter) { topics(filter: $f) { nodes { id } } }"


async def post(client: httpx.AsyncClient, body: object) -> httpx.Response:
    return await client.post("/graphql", content=orjson.dumps(body), headers=HEADERS)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (
            "query cop { " + " ".join(f"alias{one}: __typename" for one in range(101)) + " }",
            "QUERY_TOO_LARGE",
        ),
        ("query cop { __typename " + "@aa" * 10 + " }", "QUERY_TOO_LARGE"),
        ("query cop { " + "__typename " * 500 + "}", "QUERY_TOO_LARGE"),
        (CIRCLE, "BAD_USER_INPUT"),
    ],
    ids=["alias overloading", "directive overloading", "field duplication", "circular introspection"],
)
async def test_what_would_wear_the_service_out_is_refused(
    client: httpx.AsyncClient, query: str, code: str
) -> None:
    response = await post(client, {"query": query})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == code


async def test_operations_do_not_come_in_batches(client: httpx.AsyncClient) -> None:
    response = await post(client, [{"query": "query cop { __typename }"}] * 10)
    assert response.status_code == 400
    assert "data" not in response.text


async def test_a_form_of_another_site_is_not_taken(client: httpx.AsyncClient) -> None:
    """What a browser sends without asking first: as a form, or as plain text."""
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        content, headers = "query=query+cop+%7B__typename%7D", {"content-type": kind}
        assert (await client.post("/graphql", content=content, headers=headers)).status_code == 415


async def test_a_get_changes_nothing(client: httpx.AsyncClient) -> None:
    """Queries by GET are a feature: nothing here can be changed, and no cookie says who asks."""
    refused = await client.get("/graphql", params={"query": "mutation cop { __typename }"})
    assert refused.status_code == 405
    answer = await client.get("/graphql", params={"query": "query cop { __typename }"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


async def test_no_answer_tells_how_it_was_made(client: httpx.AsyncClient) -> None:
    """No tracing, no stack, no name of a module."""
    for query in ("query cop { __typename }", "query cop { nothing }", "qwerty cop { abc }"):
        answer = await post(client, {"query": query})
        assert not {"tracing", "debug", "exception", "stacktrace"} & set(answer.json().get("extensions", {}))
        assert not any(word in answer.text for word in ("Traceback", "stack", ".py", "graphql."))


async def test_where_introspection_is_off_nothing_suggests_a_name(here: Running) -> None:
    own = Service(here.model, here.service.store, introspection=False)
    queries = (
        "query cop { __schema { types { name } } }",
        "{ topcs { nodes { id } } }",
        "{ topic(di: 1) { id } }",
    )
    async with client_of(replace(here, service=own)) as client:
        for body in [
            *({"query": query} for query in queries),
            {"query": FILTERED, "variables": {"f": {"nam": {}}}},
        ]:
            response = await post(client, body)
            assert response.status_code == 400
            assert "Did you mean" not in response.text
        assert (await post(client, {"query": "{ __typename }"})).status_code == 200
