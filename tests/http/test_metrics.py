"""What the service tells of its own work: a line of the log for each request, and metrics."""

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import orjson
import pytest

from res68.logs import set_up
from res68.running import Running
from res68.serving import listen, metrics_served
from res68.settings import Settings
from res68.telemetry.metrics import Metrics
from res68.telemetry.visit import VISIT, Visit
from tests.docs.pages import page
from tests.http.service import client_of, client_with

ASKED = "query Asked($id: ID!) { conclusion(id: $id) { label } }"


class Log(io.StringIO):
    """The log of a service, once all is in it that is to be."""

    def __init__(self, here: Running) -> None:
        super().__init__()
        self.here = here

    def getvalue(self) -> str:
        """The text of it."""
        self.here.metrics.afterwards.run()
        return super().getvalue()


@pytest.fixture
def log(here: Running) -> Iterator[Log]:
    """The log, which goes here as long as the test lasts."""
    stream = Log(here)
    set_up("json", stream)
    yield stream
    set_up("json")


def lines(log: Log) -> list[dict[str, object]]:
    """The lines of requests in a log."""
    found = [orjson.loads(line) for line in log.getvalue().splitlines()]
    return [line for line in found if line["event"] == "request"]


async def test_a_request_is_one_line_with_its_id_and_what_it_cost(
    client: httpx.AsyncClient, log: Log
) -> None:
    variables = {"id": "conclusion/nowhere-2000-C1"}
    answer = await client.post(
        "/graphql", json={"query": ASKED, "variables": variables}, headers={"x-request-id": "asked-1"}
    )
    (line,) = lines(log)
    ms, store_ms = line["ms"], line["store_ms"]
    assert isinstance(ms, float)
    assert isinstance(store_ms, float)
    assert ms >= store_ms > 0
    assert (line["request"], line["method"], line["path"]) == ("asked-1", "POST", "/graphql")
    assert (line["status"], line["statements"], line["bytes"]) == (200, 1, len(answer.content))
    assert "nowhere" not in log.getvalue()


async def test_health_and_metrics_are_asked_too_often_to_be_logged(
    client: httpx.AsyncClient, log: Log
) -> None:
    for address in ("/health/live", "/metrics", "/static/pages.css"):
        await client.get(address)
    assert lines(log) == []


def samples(text: str) -> dict[str, float]:
    """The values of metrics by name and labels."""
    found = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in found}


async def test_requests_are_counted_by_route_and_status(here: Running) -> None:
    fresh = replace(here, metrics=Metrics(here.service))
    async with client_of(fresh) as client:
        await client.get("/doc/conclusion/nowhere")
        await client.get("/doc/conclusion/elsewhere")
        await client.get("/no/such/place")
        await client.post("/graphql", json={"query": "{ __typename }"})
        found = samples((await client.get("/metrics")).text)
    counted = {name: value for name, value in found.items() if name.startswith("res68_requests_total")}
    assert counted == {
        'res68_requests_total{route="/doc/{kind}/{key:path}",status="404"}': 2,
        'res68_requests_total{route="none",status="404"}': 1,
        'res68_requests_total{route="/graphql",status="200"}': 1,
    }
    assert found["res68_requests_under_way"] == 1
    assert found["process_resident_memory_bytes"] > 1_000_000


async def test_statements_are_timed_and_counted(client: httpx.AsyncClient) -> None:
    before = samples((await client.get("/metrics")).text)
    await client.post("/graphql", json={"query": ASKED, "variables": {"id": "conclusion/x"}})
    after = samples((await client.get("/metrics")).text)
    for name in ("res68_statements_total", "res68_statement_seconds_count"):
        assert after[name] == before[name] + 1


async def test_metrics_can_be_turned_off(here: Running) -> None:
    async with client_with(here, metrics=False) as client:
        assert (await client.get("/metrics")).status_code == 404


async def test_metrics_can_have_a_port_of_their_own(here: Running) -> None:
    settings = Settings.model_validate({**here.settings.model_dump(), "metrics_port": 0})
    with listen("127.0.0.1", 0) as listening:
        own = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with metrics_served(here, listening), client_of(replace(here, settings=settings)) as client:
            assert (await client.get("/metrics")).status_code == 404
            answer = await client.get(f"{own}/metrics")
            assert (await client.get(f"{own}/graphql")).status_code == 404
    assert re.search(r"^res68_info\{", answer.text, re.MULTILINE)
    assert answer.headers["content-type"].startswith("text/plain; version=")


async def test_the_line_of_an_operation_says_what_it_was_and_what_it_cost(
    client: httpx.AsyncClient, log: Log
) -> None:
    body = {"query": ASKED, "variables": {"id": "conclusion/nowhere-2000-C1"}}
    for _ in range(2):
        answer = await client.post("/graphql", json=body)
    _, line = lines(log)
    assert line["operation"] == "Asked"
    assert line["hash"] == hashlib.sha256(ASKED.encode()).hexdigest()
    assert (line["outcome"], line["rows"], line["compiled"]) == ("ANSWERED", 0, True)
    assert (line["document_kept"], line["plan_kept"]) == (True, True)
    extensions = answer.json()["extensions"]
    assert (line["cost"], line["version"]) == (extensions["cost"], extensions["datasetVersion"])


async def test_an_operation_that_is_refused_is_logged_by_its_code(
    client: httpx.AsyncClient, log: Log
) -> None:
    await client.post("/graphql", json={"query": "{ nothing }"})
    (line,) = lines(log)
    assert line["outcome"] == "BAD_USER_INPUT"
    assert line["hash"] == hashlib.sha256(b"{ nothing }").hexdigest()


async def test_a_page_of_several_operations_says_how_many(client: httpx.AsyncClient, log: Log) -> None:
    await client.get("/doc/conclusion/CTO-2009-C6", headers={"accept": "text/html"})
    (line,) = lines(log)
    operations = line.get("operations", 1)
    assert isinstance(operations, int)
    assert operations >= 1
    assert isinstance(line["statements"], int)
    assert line["statements"] >= 1


async def test_operations_are_timed_by_outcome_and_caches_counted(client: httpx.AsyncClient) -> None:
    ours = "query Ours { topics(first: 1) { nodes { id } } }"
    before = samples((await client.get("/metrics")).text)
    for query in (ours, ours, "{ nothingElse }"):
        await client.post("/graphql", json={"query": query})
    after = samples((await client.get("/metrics")).text)

    def grown(name: str) -> float:
        return after[name] - before.get(name, 0)

    assert grown('res68_operation_seconds_count{outcome="ANSWERED"}') == 2
    assert grown('res68_operation_seconds_count{outcome="BAD_USER_INPUT"}') == 1
    assert grown('res68_cache_misses_total{cache="plans"}') == 1
    assert grown('res68_cache_hits_total{cache="plans"}') == 1
    assert grown('res68_cache_misses_total{cache="documents"}') == 2
    assert [name for name in after if name.startswith("res68_dataset_info")] == [
        f'res68_dataset_info{{version="{await version(client)}"}}'
    ]
    assert not [name for name in after if "Ours" in name or "Asked" in name]


async def version(client: httpx.AsyncClient) -> str:
    """The version of the dataset that is there."""
    return str((await client.get("/health/ready")).json()["datasetVersion"])


async def test_every_metric_is_told_to_the_operator(client: httpx.AsyncClient) -> None:
    rows = page("docs/operating.md").rows("Metric", "What it counts")
    told = {name for row in rows for name in re.findall(r"`(res68_\w+)`", row[0])}
    text = (await client.get("/metrics")).text
    families = re.findall(r"^# TYPE (res68_\w+) (\w+)", text, re.MULTILINE)
    assert told == {name for name, _ in families if not name.endswith("_created")}


async def test_a_statement_after_the_end_of_its_request_is_counted_at_once(here: Running) -> None:
    def counted() -> float:
        return here.metrics.settled().get_sample_value("res68_statement_seconds_count") or 0

    visit, before = Visit("asked"), counted()
    token = VISIT.set(visit)
    await here.store.dataset()
    assert (len(visit.statements), counted()) == (1, before)  # it comes in with its request
    visit.over = True
    await here.store.dataset()
    VISIT.reset(token)
    assert (len(visit.statements), counted()) == (1, before + 1)


async def test_the_statements_and_operations_of_a_request_come_in_when_it_is_over(
    client: httpx.AsyncClient, here: Running
) -> None:
    def counted() -> list[float | None]:
        found = here.metrics.settled()
        answered = {"outcome": "ANSWERED"}
        return [
            found.get_sample_value("res68_statement_seconds_count"),
            found.get_sample_value("res68_operation_seconds_count", answered),
        ]

    await client.post("/graphql", json={"query": "{ dataset { version } }"})
    before = counted()
    await client.post("/graphql", json={"query": "{ dataset { version } }"})
    assert counted() == [value + 1 for value in before if value is not None]
