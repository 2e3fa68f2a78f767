"""The addresses beside /graphql: the front page, things, health, static files, and their headers."""

import asyncio
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from graph.embedded import EmbeddedEngine
from graph.store import Store
from res68.gallery import gallery
from res68.media import PROBLEM
from res68.running import Running
from resolvers.limits import Limits
from schema.service import Service
from tests.http.service import client_of

DATA = ("application/json", "application/ld+json")  # which no browser runs
HTML = {"accept": "text/html"}
JSON = {"accept": "application/json"}
CONCLUSION = "/id/conclusion/CTO-2009-C6"


class Inline(HTMLParser):
    """Finds what a strict policy would not let a page do."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        said = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") not in DATA):
            self.found.append(tag)
        self.found += [name for name in said if name == "style" or name.startswith("on")]
        self.links += [said[name] or "" for name in ("href", "src") if name in said]


@pytest.fixture(params=["/", "/graphql", CONCLUSION, "/list/conclusions", "/search?q=smart", "/no/such/page"])
async def answer(client: httpx.AsyncClient, request: pytest.FixtureRequest) -> httpx.Response:
    """The answer to a browser under one of the addresses."""
    return await client.get(request.param, headers=HTML)


async def test_a_page_keeps_to_the_policy_that_comes_with_it(answer: httpx.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert Inline(answer.text).found == []
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_takes_nothing_from_elsewhere(answer: httpx.Response) -> None:
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', answer.text)
    assert loaded
    assert [address for address in loaded if not address.startswith("/")] == []


async def test_all_that_a_page_leads_to_here_is_there(
    answer: httpx.Response, client: httpx.AsyncClient
) -> None:
    local = {address.partition("#")[0] for address in Inline(answer.text).links if address.startswith("/")}
    others = {address for address in local if address.partition("?")[0] != answer.url.path}
    for address in sorted(others - {""})[:60]:
        found = await client.get(address, headers={"accept": "text/html, */*;q=0.5"})
        assert found.status_code == 200, address


async def test_the_front_page_says_what_is_loaded(here: Running, client: httpx.AsyncClient) -> None:
    dataset = await here.store.ready()
    assert dataset is not None
    text = (await client.get("/", headers=HTML)).text
    assert f"Things: {sum(dataset.kinds.values()):,}." in text
    assert f">Conclusion</a></dt><dd>{dataset.kinds['Conclusion']}</dd>" in text
    assert str(dataset.version) in text


async def test_the_front_page_draws_a_trace_and_leads_to_every_example(client: httpx.AsyncClient) -> None:
    text = (await client.get("/", headers=HTML)).text
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="trace') == 2
    assert "stated by a source" in text
    assert all(f'href="/graphql?operation={example.name}"' in text for example in gallery())


async def test_the_record_of_a_thing_is_json_to_programs(client: httpx.AsyncClient) -> None:
    response = await client.get(CONCLUSION)
    record = response.json()
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert record["id"] == "conclusion/CTO-2009-C6"
    assert record["kind"] == "Conclusion"
    assert record["iri"].endswith("/id/conclusion/CTO-2009-C6")
    assert record["text"]["en"]
    assert record["sources"]
    links = {link["type"] for link in record["links"]}
    assert {"LED_TO", "REACHED"} <= links


async def test_the_record_of_a_thing_is_a_page_to_people(client: httpx.AsyncClient) -> None:
    response = await client.get(CONCLUSION, headers=HTML)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.url.path == "/doc/conclusion/CTO-2009-C6"
    assert '<h2 id="links">' in response.text


async def test_a_link_has_an_address_too(client: httpx.AsyncClient) -> None:
    links = (await client.get(CONCLUSION)).json()["links"]
    address = f"/id/{links[0]['id']}"
    record = (await client.get(address)).json()
    assert record["id"] == links[0]["id"]
    assert "conclusion/CTO-2009-C6" in (record["from"], record["to"])
    assert (await client.get(address, headers=HTML)).status_code == 200


async def test_every_kind_of_the_dataset_has_a_record_and_a_page(
    here: Running, client: httpx.AsyncClient
) -> None:
    for kind in here.model.concrete:
        asked = await client.post(
            "/graphql", json={"query": f"{{ {kind.plural}(first: 1) {{ nodes {{ id }} }} }}"}
        )
        for node in asked.json()["data"][kind.plural]["nodes"]:
            for headers in (HTML, JSON):
                assert (await client.get(f"/id/{node['id']}", headers=headers)).status_code == 200, node["id"]


@pytest.mark.parametrize("headers", [HTML, JSON])
async def test_an_unchanged_record_is_not_sent_again(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    tag = (await client.get(CONCLUSION, headers=headers)).headers["etag"]
    again = await client.get(CONCLUSION, headers={**headers, "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/id/conclusion/CTO-2009-C99",
        "/id/no-such-kind/x",
        "/id/thing/x",
        "/id/conclusion/%22%20OR%201",
        "/id/conclusion/CTO-2009-C6/",
        "/id/conclusion/" + "x" * 400,
        "/id/link/x",
        "/id/conclusion/%E2%80%AEabc",
        "/id/conclusion",
        "/nothing",
        "/static/../settings.py",
        "/static/nothing.js",
    ],
)
async def test_what_is_not_there_is_said_to_be_missing(client: httpx.AsyncClient, path: str) -> None:
    program, person = await client.get(path), await client.get(path, headers=HTML)
    assert (program.status_code, person.status_code) == (404, 404)
    assert program.headers["content-type"] == PROBLEM
    assert program.json()["detail"]
    assert "<h1>Not found</h1>" in person.text


async def test_a_page_cannot_be_written_to(client: httpx.AsyncClient) -> None:
    response = await client.post("/", content=b"x")
    assert response.status_code == 405
    assert "GET" in response.headers["allow"]


async def test_health_says_that_it_lives_and_is_ready(client: httpx.AsyncClient) -> None:
    live, ready = await client.get("/health/live"), await client.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert ready.status_code == 200
    assert ready.json()["datasetVersion"]


async def test_health_is_not_ready_before_the_examples_are_warm(here: Running) -> None:
    async with client_of(replace(here, warmed=asyncio.Event())) as client:
        response = await client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (503, "not ready")
    assert "prepared" in response.json()["reason"]


async def test_health_is_not_ready_without_a_dataset(here: Running, tmp_path: Path) -> None:
    store = Store(EmbeddedEngine(tmp_path))
    await store.start()
    try:
        async with client_of(replace(here, store=store)) as client:
            response = await client.get("/health/ready")
            page = await client.get("/", headers=HTML)
    finally:
        await store.stop()
    assert (response.status_code, response.json()["reason"]) == (503, "no dataset is loaded")
    assert "No dataset is loaded yet" in page.text


async def test_health_is_not_ready_when_the_store_is_gone(here: Running, tmp_path: Path) -> None:
    async with client_of(replace(here, store=Store(EmbeddedEngine(tmp_path)))) as client:
        response = await client.get("/health/ready")
        live = await client.get("/health/live")
        page = await client.get("/", headers=HTML)
    assert (response.status_code, response.json()["reason"]) == (503, "the store does not answer")
    assert live.status_code == 200
    assert "does not answer" in page.text


async def test_a_failure_inside_is_masked_outside(here: Running, caplog: pytest.LogCaptureFixture) -> None:
    broken = replace(here, gallery=None)  # type: ignore[arg-type] # what no page can stand
    async with client_of(broken) as client:
        response = await client.get("/", headers={"x-request-id": "a-proxy-gave-this"})
    error = response.json()
    assert response.status_code == error["status"] == 500
    assert (error["code"], error["incident"]) == ("INTERNAL", "a-proxy-gave-this")
    assert "Traceback" not in response.text
    assert "content-security-policy" in response.headers
    assert "a-proxy-gave-this" in caplog.text
    assert "'NoneType' object is not iterable" in caplog.text


async def test_every_request_has_an_id(client: httpx.AsyncClient) -> None:
    given = await client.get("/health/live", headers={"x-request-id": "abc-123"})
    strange = await client.get("/health/live", headers={"x-request-id": "a b;c"})
    assert given.headers["x-request-id"] == "abc-123"
    assert re.fullmatch(r"[0-9a-f]{16}", strange.headers["x-request-id"])


async def test_static_files_are_checked_and_compressed(client: httpx.AsyncClient) -> None:
    first = await client.get("/static/graphiql/graphiql.min.js")
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["cache-control"] == "no-cache"
    again = await client.get(
        "/static/graphiql/graphiql.min.js", headers={"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304


async def test_limits_that_are_set_for_others_leave_the_pages_whole(here: Running) -> None:
    narrow = Limits(tokens=20, depth=1, aliases=0, page=1, cost=1)
    service = Service(here.model, here.store, narrow, here.settings.base)
    async with client_of(replace(here, service=service)) as client:
        for address in ("/", CONCLUSION):
            assert (await client.get(address, headers=HTML)).status_code == 200
        refused = await client.post("/graphql", json={"query": "{ a: __typename }"})
        assert "aliases" in refused.json()["errors"][0]["message"]
