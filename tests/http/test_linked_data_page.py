"""What docs/linked-data.md says, done."""

import shlex

import httpx
import pytest

from graph.description import MOST_INCOMING
from res68.forms import FORMS
from tests.docs.pages import page

PAGE = page("docs/linked-data.md")
ADDRESS = "http://127.0.0.1:8068"
COMMANDS = [line for block in PAGE.of("sh") for line in block.splitlines() if line.startswith("curl ")]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_of_the_page_does_what_curl_would_do(client: httpx.AsyncClient, command: str) -> None:
    _, *words = shlex.split(command)
    options, address = words[:-1], words[-1]
    headers = dict(word.split(": ", 1) for word in options if ": " in word)
    assert set(options) - {f"{name}: {value}" for name, value in headers.items()} <= {"-L", "-I", "-H"}
    response = await client.request(
        "HEAD" if "-I" in options else "GET",
        address.removeprefix(ADDRESS),
        headers=headers,
        follow_redirects="-L" in options,
    )
    assert response.status_code == (303 if "-I" in options else 200)
    if "Accept" in headers:
        assert response.headers["content-type"].startswith(headers["Accept"])


def test_the_forms_of_the_page_are_those_of_the_code() -> None:
    told = {row[2].strip("`."): row[1].strip("`") for row in PAGE.rows("Form", "Media type", "Ending")}
    assert told == FORMS


def test_the_number_of_links_on_the_page_is_that_of_the_code() -> None:
    assert f"up to {MOST_INCOMING} of those that lead to it" in PAGE.text


async def test_the_headers_and_relations_of_the_page_are_those_that_are_sent(
    client: httpx.AsyncClient,
) -> None:
    page_of_it, data = [
        await client.get(f"/doc/conclusion/CTO-2009-C6.{ending}") for ending in ("html", "ttl")
    ]
    rows = {row[0]: row[1] for row in PAGE.rows("Header", "Says")}
    names = [name.strip("`") for row in rows for name in row.split(", ")]
    assert all(name in data.headers for name in names if name != "If-None-Match")
    sent = page_of_it.headers["link"] + data.headers["link"]
    relations = rows["`Link`"].partition(": ")[2].rstrip(".").split(", ")
    assert all(f'rel="{relation.strip("`")}"' in sent for relation in relations)
