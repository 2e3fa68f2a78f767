"""The lists: one of each kind, filtered, sorted, page by page, and as CSV."""

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.embedded import EmbeddedEngine
from graph.store import Store
from ontology.identity import kebab
from res68.running import Running
from schema.service import Service
from tests.http.marks import Marks
from tests.http.service import client_of, client_with
from tests.http.test_thing_pages import HTML, opened

CONCLUSIONS = "/list/conclusions"


def names(page: Marks) -> list[str]:
    """The ids of the things on a page, in its order."""
    links = [one.attributes["href"] for one in page.of("a")]
    rows = [text for text in page.texts("th", scope="row") if text]
    found = [link.removeprefix("/id/") for link in links if link.startswith("/id/conclusion/")]
    assert len(found) == len(rows)
    return found


async def counted(client: httpx.AsyncClient, condition: str) -> int:
    """How many conclusions fulfil a condition."""
    query = f"{{ conclusions(filter: {{{condition}}}) {{ totalCount }} }}"
    answer: Any = (await client.post("/graphql", json={"query": query})).json()
    return int(answer["data"]["conclusions"]["totalCount"])


def total(page: Marks) -> str:
    """What a page says of the number of things."""
    return page.texts("p", _class="totals")[0]


async def test_every_kind_has_a_list_as_a_page_and_as_csv(here: Running, client: httpx.AsyncClient) -> None:
    state = await here.store.ready()
    assert state is not None
    for kind in here.model.kinds.values():
        page = await opened(client, f"/list/{kebab(kind.plural)}")
        count = sum(state.kinds.get(name, 0) for name in kind.concrete)
        assert total(page).startswith(f"In all: {count:,} "), kind.name
        if not kind.abstract:
            rows = list(csv.reader(io.StringIO((await client.get(f"/list/{kebab(kind.plural)}.csv")).text)))
            assert len(rows) == count + 1, kind.name
            assert all(len(row) == len(rows[0]) for row in rows)


async def test_the_page_of_lists_leads_to_each_of_them(here: Running, client: httpx.AsyncClient) -> None:
    page = await opened(client, "/list")
    links = {one.attributes.get("href") for one in page.of("a")}
    assert {f"/list/{kebab(kind.plural)}" for kind in here.model.concrete} <= links


async def test_the_pages_of_a_list_have_each_thing_once_in_order(client: httpx.AsyncClient) -> None:
    path, found = f"{CONCLUSIONS}?sort=date&order=asc", []
    while path:
        page = await opened(client, path)
        found += names(page)
        path = next((one.attributes["href"] for one in page.of("a", rel="next")), "")
    assert len(found) == len(set(found)) == await counted(client, "")
    assert page.of("a", rel="prev")
    newest = await opened(client, CONCLUSIONS)
    assert names(newest)[0] in found[-30:]


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("nature=call", "nature: {eq: CALL}"),
        ("q=SMART", 'text: {contains: "smart"}'),
        ("date.from=2012&date.to=2014", 'date: {possibly: {gte: "2012", lte: "2014"}}'),
        ("about=topic/smart-grid", 'about: {some: {node: {id: {eq: "topic/smart-grid"}}}}'),
        ("meeting=meeting/CTO-2009", 'meeting: {some: {node: {id: {eq: "meeting/CTO-2009"}}}}'),
        ("nature=call&q=smart&unknown=x", 'nature: {eq: CALL}, text: {contains: "smart"}'),
    ],
)
async def test_a_list_is_narrowed_as_its_address_says(
    client: httpx.AsyncClient, query: str, condition: str
) -> None:
    number = await counted(client, condition)
    assert 0 < number < await counted(client, "")
    assert total(await opened(client, f"{CONCLUSIONS}?{query}")).startswith(f"In all: {number} ")


async def test_a_list_is_narrowed_to_what_sources_disagree_on(client: httpx.AsyncClient) -> None:
    query = "{ meetings(filter: {disputed: {isNull: false}}) { totalCount } }"
    answer: Any = (await client.post("/graphql", json={"query": query})).json()
    number = answer["data"]["meetings"]["totalCount"]
    assert total(await opened(client, "/list/meetings?evidence=disputed")).startswith(f"In all: {number} ")
    assert not total(await opened(client, "/list/meetings")).startswith(f"In all: {number} ")


async def test_what_is_chosen_stays_chosen_on_every_page_of_the_list(client: httpx.AsyncClient) -> None:
    page = await opened(client, f"{CONCLUSIONS}?nature=call&q=the&lang=fr")
    assert page.of("input", name="q", value="the")
    assert {"selected": ""}.items() <= page.of("option", value="call")[0].attributes.items()
    (onward,) = [one.attributes["href"] for one in page.of("a", rel="next")] or [""]
    table = next(one.attributes["href"] for one in page.of("link", rel="alternate", type="text/csv"))
    for address in filter(None, (onward, table)):
        assert "nature=call" in address
        assert "q=the" in address
        assert "lang=fr" in address


async def test_one_can_choose_among_the_things_that_links_lead_to(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSIONS)
    offered = {one.attributes["name"] for one in page.of("select")}
    assert {"nature", "meeting", "addressedTo", "evidence", "sort", "order"} <= offered
    assert page.of("option", value="study-group/SG13")


async def test_a_list_of_an_abstract_kind_says_what_each_thing_is(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/list/events?kind=meeting")
    assert page.texts("th", scope="col")[:2] == ["Name", "Kind"]
    meetings = await opened(client, "/list/meetings")
    assert total(page).split()[2] == total(meetings).split()[2]


async def test_nothing_that_fits_is_said(client: httpx.AsyncClient) -> None:
    page = await opened(client, f"{CONCLUSIONS}?q=xyzzy")
    assert page.texts("p", _class="notice") == ["Nothing fits these filters."]


async def test_csv_comes_by_its_media_type_too_and_is_of_the_same_list(client: httpx.AsyncClient) -> None:
    by_type = await client.get(f"{CONCLUSIONS}?nature=call", headers={"accept": "text/csv"})
    by_suffix = await client.get(f"{CONCLUSIONS}.csv?nature=call")
    assert by_type.content == by_suffix.content
    assert by_type.headers["content-type"] == "text/csv; header=present; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(by_type.text)))
    assert len(rows) == await counted(client, "nature: {eq: CALL}")
    assert {row["nature"] for row in rows} == {"call"}
    assert all(row["meeting"].startswith("meeting/") for row in rows)
    first = names(await opened(client, f"{CONCLUSIONS}?nature=call"))
    assert [row["id"] for row in rows][: len(first)] == first


async def test_csv_names_no_person_when_the_settings_say_so(here: Running, client: httpx.AsyncClient) -> None:
    assert "representative" in (await client.get("/list/participations.csv")).text.splitlines()[0]
    async with client_with(here, show_persons=False) as hidden:
        assert "representative" not in (await hidden.get("/list/participations.csv")).text.splitlines()[0]


@pytest.mark.parametrize("path", ["/", "/list", CONCLUSIONS, "/search?q=smart"])
async def test_an_unchanged_page_is_not_sent_again(client: httpx.AsyncClient, path: str) -> None:
    tag = (await client.get(path, headers=HTML)).headers["etag"]
    again = await client.get(path, headers={**HTML, "if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    russian = await client.get(path, headers={**HTML, "accept-language": "ru", "if-none-match": tag})
    assert russian.status_code == 200


@pytest.mark.parametrize("path", ["/list", CONCLUSIONS, f"{CONCLUSIONS}.csv", "/search?q=smart"])
async def test_a_store_that_is_gone_is_said(here: Running, tmp_path: Path, path: str) -> None:
    store = Store(EmbeddedEngine(tmp_path))
    gone = replace(here, store=store, service=Service(here.model, store))
    async with client_of(gone) as client:
        response = await client.get(path, headers={**HTML, "accept-language": "fr"})
    assert response.status_code == 503
    assert Marks(response.text).texts("h1") == ["Indisponible pour le moment"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/list/nothing", 404, "There is no list 'nothing'"),
        ("/list/conclusions/", 404, "There is nothing at"),
        (f"{CONCLUSIONS}?nature=loud", 400, "use one of"),
        (f"{CONCLUSIONS}?sort=colour", 400, "use one of"),
        (f"{CONCLUSIONS}?order=up", 400, "use one of asc, desc"),
        (f"{CONCLUSIONS}?date.from=soon", 400, "is no year"),
        (f"{CONCLUSIONS}?meeting=the first", 400, "is no id"),
        (f"{CONCLUSIONS}?evidence=none", 400, "use one of disputed, unverified"),
        (f"{CONCLUSIONS}?after=broken", 400, "is no cursor"),
        (f"{CONCLUSIONS}?q={'x' * 201}", 400, "write 200 at most"),
        (f"{CONCLUSIONS}.csv?nature=loud", 400, "use one of"),
        ("/list/events?kind=conclusion", 400, "use one of"),
    ],
)
async def test_what_no_list_can_answer_is_said(
    client: httpx.AsyncClient, path: str, status: int, words: str
) -> None:
    response = await client.get(path, headers=HTML)
    assert response.status_code == status
    assert words in " ".join(Marks(response.text).texts("p"))


async def test_a_list_comes_in_no_other_form(client: httpx.AsyncClient) -> None:
    response = await client.get(CONCLUSIONS, headers={"accept": "image/png"})
    assert response.status_code == 406
    assert {one["type"] for one in response.json()["alternates"]} == {"text/html", "text/csv"}
