"""The copy that SPARQL asks: made at the first query, replaced whole by that of a later version, removed."""

import asyncio
import os
import time
from pathlib import Path

import httpx
import pytest

from res68.sparql.formats import wanted
from res68.sparql.mirror import Mirror
from res68.sparql.service import Limits, Sparql
from tests.http.sparql_small import BASE, DATASET, Written, endpoint

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def triples(number: int) -> str:
    return "".join(f"<{BASE}/{one}> <{BASE}/is> <{BASE}/here> .\n" for one in range(number))


async def counted(client: httpx.AsyncClient) -> tuple[int, str]:
    """How many triples are there, and the tag of the answer."""
    answer = await client.get("/sparql", params={"query": COUNT})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"]), answer.headers["etag"]


def copies(directory: Path) -> list[Path]:
    return [one for one in (directory / "sparql").glob("*/*") if one.is_dir()]


async def test_a_new_version_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    source = Written(triples(3))
    async with endpoint(source, tmp_path) as client:
        assert copies(tmp_path) == []
        number, tag = await counted(client)
        assert number == 3
        source.text, source.now = triples(5), "2"
        seen = []
        until = time.monotonic() + 20
        while (found := await counted(client))[0] == 3 and time.monotonic() < until:
            assert found == (3, tag)
            seen.append(found)
            await asyncio.sleep(0.05)
        assert seen, "the old copy answers until the new one is whole"
        assert found[0] == 5
        assert found[1] != tag
        await asyncio.sleep(0.2)
        assert len(copies(tmp_path)) == 1
    assert list((tmp_path / "sparql").glob("*")) == []


async def test_a_copy_stays_for_a_query_that_has_begun(tmp_path: Path) -> None:
    source = Written(triples(3))
    mirror = Mirror(source, tmp_path / "sparql", DATASET, 2**30)
    sparql = Sparql(mirror, (DATASET,), f"{BASE}/sparql", 1)
    question = sparql.question("ASK {}", (), ())
    try:
        async with mirror.held() as old:
            source.now = "2"
            until = time.monotonic() + 20
            version = "1"
            while version == "1" and time.monotonic() < until:
                await asyncio.sleep(0.05)
                version = await newest(mirror)
            assert version == "2"
            reply = await sparql.ask(old, question, wanted(None), Limits(5, 10, 1_000))
            assert reply.head["outcome"] == "answered"
            assert len(copies(tmp_path)) == 2
        assert len(copies(tmp_path)) == 1
    finally:
        await mirror.close()


async def newest(mirror: Mirror) -> str:
    async with mirror.held() as copy:
        return copy.version


async def test_who_opens_the_page_need_not_wait_for_the_copy_afterwards(tmp_path: Path) -> None:
    async with endpoint(Written(triples(1)), tmp_path) as client:
        assert (await client.get("/sparql", headers={"accept": "text/html"})).status_code == 200
        until = time.monotonic() + 20
        found = copies(tmp_path)
        while not found and time.monotonic() < until:
            await asyncio.sleep(0.05)
            found = copies(tmp_path)
        assert len(found) == 1


async def test_without_a_dataset_the_query_is_to_come_later(tmp_path: Path) -> None:
    source = Written(triples(1), now=None)
    async with endpoint(source, tmp_path) as client:
        answer = await client.get("/sparql", params={"query": COUNT})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert "no dataset" in answer.json()["detail"]


async def test_a_copy_that_cannot_be_made_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    async with endpoint(Written("this is no triple\n"), tmp_path) as client:
        answer = await client.get("/sparql", params={"query": COUNT})
        assert answer.status_code == 503
        assert "could not be made" in answer.json()["detail"]
        assert copies(tmp_path) == []


async def test_the_old_copy_answers_while_the_store_is_away(tmp_path: Path) -> None:
    source = Written(triples(2))
    async with endpoint(source, tmp_path) as client:
        assert (await counted(client))[0] == 2
        source.now = None
        await asyncio.sleep(1.1)
        assert (await counted(client))[0] == 2


async def test_what_a_killed_process_left_is_cleared_and_what_a_living_one_holds_stays(
    tmp_path: Path,
) -> None:
    left, new = tmp_path / "sparql" / "left", tmp_path / "sparql" / "new"
    for one in (left, new):
        (one / "copy").mkdir(parents=True)
    os.utime(left, (1, 1))
    async with endpoint(Written(triples(1)), tmp_path) as client:
        await counted(client)
        async with endpoint(Written(triples(2)), tmp_path) as other:
            held = [one for one in (tmp_path / "sparql").iterdir() if one != new]
            os.utime(held[0], (1, 1))
            assert (await counted(other))[0] == 2
            assert (await counted(client))[0] == 1
    assert not left.exists()
    assert new.exists()


async def test_workers_end_with_the_service(tmp_path: Path) -> None:
    psutil = pytest.importorskip("psutil")
    before = {one.pid for one in psutil.Process().children()}
    async with endpoint(Written(triples(1)), tmp_path) as client:
        await asyncio.gather(*(counted(client) for _ in range(3)))
        assert {one.pid for one in psutil.Process().children()} - before
    assert {one.pid for one in psutil.Process().children()} <= before
