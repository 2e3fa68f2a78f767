"""The limits of /sparql: rows, bytes, seconds, memory, queries at once; each is told and harms no other."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.http.sparql_small import BASE, EVERYTHING, GRAPH, TRIPLES, Written, ask, endpoint

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LONG = 8  # seconds that an ASK has time for on a machine that has other things to do


async def test_an_answer_with_too_many_rows_is_cut_and_says_so(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_rows=10) as client:
        whole = await ask(client, f"{EVERYTHING} LIMIT 10")
        assert "x-rows-cut" not in whole.headers
        assert "link" not in whole.json()["head"]
        cut = await ask(client, EVERYTHING)
        assert cut.headers["x-rows-cut"] == "10"
        assert cut.headers["link"] == f'<{BASE}/sparql#limits>; rel="help"'
        assert cut.json()["head"]["link"] == [f"{BASE}/sparql#limits"]
        assert cut.json()["results"] == whole.json()["results"]
        assert f'<link href="{BASE}/sparql#limits"/>' in (await ask(client, EVERYTHING, format="xml")).text
        graph = await ask(client, GRAPH, format="nt")
        assert graph.headers["x-rows-cut"] == "10"
        assert len(graph.text.splitlines()) == 10


async def test_an_answer_with_too_many_bytes_is_cut_and_says_so(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_bytes=2_000) as client:
        for query, form in ((EVERYTHING, "json"), (EVERYTHING, "csv"), (GRAPH, "nt")):
            cut = await ask(client, query, format=form)
            assert 5 < int(cut.headers["x-rows-cut"]) < 150
            assert len(cut.content) < 2_500


async def test_an_endless_query_ends_in_time_while_others_are_answered(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_seconds=LONG) as client:
        await ask(client, "ASK {}")
        begun, answered = time.monotonic(), 0
        endless = asyncio.create_task(ask(client, ENDLESS))
        while not endless.done():
            assert (await ask(client, "ASK {}")).json()["boolean"]
            answered += 1
            await asyncio.sleep(0.1)
        assert answered > 3
        answer = await endless
        assert time.monotonic() - begun >= LONG
        assert answer.status_code == 504
        assert answer.json()["code"] == "TIMEOUT"
        assert f"longer than {LONG} seconds" in answer.json()["detail"]
        assert (await ask(client, "ASK {}")).status_code == 200


async def test_beyond_so_many_queries_at_once_the_next_is_to_come_later(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_queries=1, sparql_seconds=3) as client:
        await ask(client, "ASK {}")
        endless = asyncio.create_task(ask(client, ENDLESS))
        await asyncio.sleep(0.2)
        answer = await ask(client, "ASK {}")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert (await endless).status_code == 504


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ FILTER({'(' * 9_000}1{')' * 9_000}) }}",
        'SELECT (CONCAT(STR(?a), "x") AS ?t) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?t',
    ],
    ids=["nested too deep", "too much memory"],
)
async def test_a_query_that_kills_its_worker_harms_no_other(tmp_path: Path, query: str) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_memory=512, sparql_seconds=60) as client:
        answer = await ask(client, query)
        assert answer.status_code == 400
        assert answer.json()["code"] == "QUERY_TOO_COSTLY"
        assert (await ask(client, "ASK {}")).status_code == 200
