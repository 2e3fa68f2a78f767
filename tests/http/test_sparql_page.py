"""The page behind /sparql, without JavaScript: a form, examples, and the answer below it."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from res68.running import Running
from res68.sparql.examples import examples

HTML = {"accept": "text/html"}
EXAMPLES = [example.name for example in examples("")]


async def page(client: httpx.AsyncClient, query: str | None = None, status: int = 200) -> str:
    given = {} if query is None else {"query": query}
    answer = await client.get("/sparql", params=given, headers=HTML)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    return answer.text


async def test_the_page_has_a_form_and_links_to_every_example(
    here: Running, client: httpx.AsyncClient
) -> None:
    text = await page(client)
    assert len(EXAMPLES) >= 8
    assert re.search(r'<form[^>]+method="post"[^>]+action="/sparql"', text)
    links = [html.unescape(link) for link in re.findall(r'href="(/sparql\?[^"]+)"', text)]
    asked = [parse_qs(urlsplit(link).query) for link in links]
    shown = [one["query"][0] for one in asked if "query" in one]
    assert shown == [example.query for example in examples(here.settings.base)]
    assert "<script" not in text


@pytest.mark.parametrize("name", EXAMPLES)
async def test_an_example_finds_something(here: Running, client: httpx.AsyncClient, name: str) -> None:
    (example,) = (one for one in examples(here.settings.base) if one.name == name)
    text = await page(client, example.query)
    assert re.search(r"<td>|<strong>yes</strong>|<pre>@prefix", text)
    assert "No answer" not in text
    forms = re.findall(r'<a href="(/sparql\?[^"]+format=\w+)"', text)
    assert len(forms) >= 2
    for form in forms:
        assert (await client.get(html.unescape(form))).status_code == 200


async def test_an_answer_leads_to_the_things_of_the_dataset(client: httpx.AsyncClient) -> None:
    row = "(<id/meeting/CTO-2009> <https://w.org/> 'a<b'@en)"
    query = f"SELECT ?here ?there ?word {{ VALUES (?here ?there ?word) {{ {row} }} }}"
    text = await page(client, query)
    assert '<a href="/id/meeting/CTO-2009"' in text
    assert '<span lang="en" dir="auto">a&lt;b</span>' in text
    assert '<a href="https://w.org/"' in text


async def test_an_address_that_could_run_is_no_link(client: httpx.AsyncClient) -> None:
    text = await page(client, "SELECT ?x { VALUES ?x { <javascript:alert(1)> } }")
    assert "javascript:alert(1)" in text
    assert 'href="javascript' not in text


async def test_what_is_wrong_stands_beside_the_query(client: httpx.AsyncClient) -> None:
    text = await page(client, "SELECT </textarea> {", 400)
    assert "The query cannot be read at line 1, column" in text
    assert "SELECT &lt;/textarea&gt; {" in text


async def test_a_long_answer_is_shown_in_part(client: httpx.AsyncClient) -> None:
    text = await page(client, "SELECT ?s { ?s ?p ?o }")
    assert "1,000" in text
    assert "There are more" in text
    assert text.count("<tr>") == 1_001


async def test_the_page_is_in_the_language_of_its_reader(client: httpx.AsyncClient) -> None:
    given = {"query": "ASK {}", "lang": "fr"}
    text = (await client.get("/sparql", params=given, headers=HTML)).text
    assert '<html lang="fr" dir="ltr">' in text
    assert "<strong>oui</strong>" in text
    assert 'action="/sparql?lang=fr"' in text
