"""Apollo Client keeps things under our ids, merges our pages, and asks for nothing twice."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from tests.node.packages import Run

SCRIPT = Path(__file__).parent / "apollo.mjs"
CONCLUSION = "conclusion/CTO-2009-C6"


@pytest.fixture(scope="module")
async def apollo(client: httpx.AsyncClient, node: Run) -> dict[str, Any]:
    """What the client found, and how often it asked."""
    found: dict[str, Any] = orjson.loads(await asyncio.to_thread(node, SCRIPT, f"{client.base_url}/graphql"))
    return found


def test_pages_merge_into_the_whole_list(apollo: dict[str, Any]) -> None:
    listed = apollo["listed"]
    assert listed["pages"] == [50, 50, 36]
    assert listed["requests"] == 3
    assert len(set(listed["merged"])) == listed["total"] == 136


def test_links_of_a_thing_merge_with_what_the_edges_say(apollo: dict[str, Any]) -> None:
    links = apollo["links"]
    assert links["requests"] == (len(links["nodes"]) + 1) // 2 > 1
    assert len({one["id"] for one in links["nodes"]}) == len(links["nodes"]) == len(links["strengths"])


def test_the_id_alone_is_the_key_in_the_cache(apollo: dict[str, Any]) -> None:
    assert apollo["key"] == CONCLUSION
    assert {*apollo["listed"]["merged"], *(one["id"] for one in apollo["links"]["nodes"])} <= {
        *apollo["keys"]
    }


def test_what_a_list_brought_is_not_asked_for_again(apollo: dict[str, Any]) -> None:
    """The list again, one thing of it by its id, and the same thing through `node`."""
    kept = apollo["fromCache"]
    assert kept["requests"] == 0
    assert kept["again"] == 136
    assert kept["known"]["conclusion"]["id"] == CONCLUSION


def test_fragments_on_interfaces_match_in_the_cache(apollo: dict[str, Any]) -> None:
    """The possible types come from introspection."""
    thing = apollo["fromCache"]["node"]["node"]
    assert (thing["number"], thing["id"]) == ("C6", CONCLUSION)
    assert thing["label"]
    assert all(one["kind"] == "ACTION" and one["label"] for one in apollo["links"]["nodes"])


def test_an_error_arrives_with_its_code(apollo: dict[str, Any]) -> None:
    assert apollo["refused"]["name"] == "CombinedGraphQLErrors"
    assert apollo["refused"]["code"] == "BAD_USER_INPUT"
    assert "201" in apollo["refused"]["message"]
