"""The search page: by kind, in all languages, on every page."""

import httpx
import pytest

from tests.http.marks import Marks
from tests.http.test_thing_pages import HTML, opened


@pytest.mark.parametrize("path", ["/", "/list", "/list/meetings", "/id/conclusion/CTO-2009-C6", "/search"])
async def test_every_page_has_a_box_to_search(client: httpx.AsyncClient, path: str) -> None:
    page = await opened(client, path)
    (box,) = page.of("form", role="search")
    assert box.attributes["action"] == "/search"


async def test_what_is_found_is_grouped_by_kind(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/search?q=smart grid")
    heads = page.texts("h2")
    assert {"Conclusion", "Action", "Topic"} <= set(heads)
    assert len(heads) == len(set(heads))
    assert page.texts("p", _class="totals")[0].startswith("Found: ")


async def test_a_printed_name_comes_first(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/search?q=SG 13")
    first = next(one for one in page.of("li") if "by its name" in one.text)
    assert "SG13" in first.text


@pytest.mark.parametrize(("text", "label"), [("智能电网", "Smart grid"), ("Союз", ""), ("normalisation", "")])
async def test_texts_in_all_languages_are_found(client: httpx.AsyncClient, text: str, label: str) -> None:
    page = await opened(client, f"/search?q={text}")
    assert page.of("h2")
    assert label in " ".join(page.texts("li"))


async def test_all_of_one_kind_come_page_by_page(client: httpx.AsyncClient) -> None:
    path, found = "/search?q=network&kind=recommendation", []
    while path:
        page = await opened(client, path)
        assert page.texts("h2") == ["Recommendation"]
        found += [one.attributes["href"] for one in page.of("a") if "/id/" in one.attributes["href"]]
        path = next((one.attributes["href"] for one in page.of("a", rel="next")), "")
    assert len(found) == len(set(found)) > 50


async def test_a_group_that_has_more_leads_to_all_of_it(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/search?q=smart grid&lang=es")
    links = {one.attributes["href"] for one in page.of("a")}
    assert "/search?q=smart+grid&kind=action&lang=es" in links


async def test_a_text_that_is_nowhere_is_said_as_it_was_written(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/search?q=<script>xyzzy</script>")
    assert "<script>xyzzy</script>" in page.texts("p", _class="notice")[0]
    assert page.of("input", name="q")[0].attributes["value"] == "<script>xyzzy</script>"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (f"q={'x' * 501}", "501 characters: write 500 at most"),
        ("q=...", "no letter and no digit"),
        ("q=smart&kind=colour", "is no kind"),
        ("q=smart&kind=action&after=broken", "is no cursor"),
    ],
)
async def test_what_cannot_be_searched_is_said(client: httpx.AsyncClient, query: str, words: str) -> None:
    response = await client.get(f"/search?{query}", headers=HTML)
    assert response.status_code == 400
    assert words in " ".join(Marks(response.text).texts("p"))
