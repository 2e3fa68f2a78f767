"""The Python client `gql` knows the schema from introspection, and judges by it before it asks."""

from collections.abc import AsyncIterator

import httpx
import pytest
from gql import Client, gql
from gql.client import AsyncClientSession
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import GraphQLError, build_schema

from res68.gallery import gallery
from tests.house.layout import ROOT

ACTIONS = """query Actions($id: ID!, $after: String) {
  conclusion(id: $id) {
    actions(first: 2, after: $after) { pageInfo { hasNextPage endCursor } nodes { id date } }
  }
}"""


@pytest.fixture(scope="module")
async def session(client: httpx.AsyncClient) -> AsyncIterator[AsyncClientSession]:
    """The client, connected."""
    transport = HTTPXAsyncTransport(url=f"{client.base_url}/graphql", timeout=60)
    async with Client(transport=transport, fetch_schema_from_transport=True, parse_results=True) as session:
        yield session


async def test_the_schema_is_that_of_the_service(session: AsyncClientSession) -> None:
    written = build_schema((ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8"))
    assert session.client.schema is not None
    assert set(session.client.schema.type_map) == set(written.type_map)


async def test_the_gallery_is_valid_and_answered(session: AsyncClientSession) -> None:
    for example in gallery()[:3]:
        asked = gql(example.query)
        asked.variable_values = dict(example.variables or {})
        assert await session.execute(asked)


async def test_pages_are_followed_by_their_cursors(session: AsyncClientSession) -> None:
    found, cursor = [], None
    while True:
        asked = gql(ACTIONS)
        asked.variable_values = {"id": "conclusion/CTO-2009-C6", "after": cursor}
        page = (await session.execute(asked))["conclusion"]["actions"]
        found += [one["id"] for one in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        cursor = page["pageInfo"]["endCursor"]
    assert len(found) == len(set(found)) > 2


async def test_a_mistake_is_seen_before_anything_is_sent(session: AsyncClientSession) -> None:
    with pytest.raises(GraphQLError, match="Cannot query field 'nothing'"):
        await session.execute(gql("{ conclusions { nothing } }"))


async def test_an_error_of_the_service_arrives_with_its_code(session: AsyncClientSession) -> None:
    with pytest.raises(TransportQueryError) as caught:
        await session.execute(gql("{ conclusions(first: 201) { totalCount } }"))
    assert caught.value.errors
    assert caught.value.errors[0]["extensions"]["code"] == "BAD_USER_INPUT"
