"""The history over HTTP: replayed it gives the dataset, as Atom it can be followed."""

from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest

from ontology.namespaces import resolve
from res68.running import Running

ATOM = "{http://www.w3.org/2005/Atom}"
PARSERS = {
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


async def first_page(client: httpx.AsyncClient) -> str:
    """The address of the first page, found as a client of event streams finds it."""
    root = await client.get("/changes", headers={"Accept": "application/n-quads"})
    quads = pyoxigraph.parse(root.content, format=pyoxigraph.RdfFormat.N_QUADS)
    nodes = sorted(quad.object.value for quad in quads if quad.predicate.value == resolve("tree:node"))
    return "/changes/" + str(nodes[0]).rpartition("/")[2]


async def test_the_pages_replayed_are_the_things_of_the_dataset(
    here: Running, client: httpx.AsyncClient
) -> None:
    root = await client.get("/changes.nq")
    quads = list(pyoxigraph.parse(root.content, format=pyoxigraph.RdfFormat.N_QUADS))
    nodes = sorted(quad.object.value for quad in quads if quad.predicate.value == resolve("tree:node"))
    current: dict[str, str] = {}
    for node in nodes:
        assert node.startswith(here.settings.base)
        page = await client.get(
            node.removeprefix(here.settings.base), headers={"Accept": "application/n-quads"}
        )
        assert "immutable" in page.headers["cache-control"]
        for quad in pyoxigraph.parse(page.content, format=pyoxigraph.RdfFormat.N_QUADS):
            if quad.predicate.value == resolve("dcterms:isVersionOf"):
                current[quad.object.value] = quad.subject.value
    every = await client.get("/export/all.nt")
    modified = resolve("dcterms:modified")
    lines = [line for line in every.text.splitlines() if f" <{modified}> " in line]
    assert set(current) == {line.split(" ", 1)[0].strip("<>") for line in lines}


@pytest.mark.parametrize("suffix", ["trig", "nq", "jsonld"])
async def test_every_syntax_of_a_page_has_the_same_quads(client: httpx.AsyncClient, suffix: str) -> None:
    page = await first_page(client)
    response = await client.get(f"{page}.{suffix}")
    plain = await client.get(f"{page}.nq")
    found = set(pyoxigraph.parse(response.content, format=PARSERS[suffix]))
    assert found == set(pyoxigraph.parse(plain.content, format=pyoxigraph.RdfFormat.N_QUADS))
    assert len(found) > 1000


async def test_a_page_that_a_client_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    page = await first_page(client)
    first = await client.get(page, headers={"Accept": "application/trig"})
    assert first.headers["content-type"] == "application/trig; charset=utf-8"
    again = await client.get(
        page, headers={"Accept": "application/trig", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get(f"{page}.nq", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


async def test_atom_goes_back_from_the_newest_changes_to_the_first(client: httpx.AsyncClient) -> None:
    address, seen = "/changes.atom", 0
    while address:
        response = await client.get(address)
        assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(response.content)
        seen += len(feed.findall(f"{ATOM}entry"))
        links = {link.get("rel"): str(link.get("href")) for link in feed.findall(f"{ATOM}link")}
        address = "/changes/" + links["prev-archive"].rpartition("/")[2] if "prev-archive" in links else ""
    assert seen > 7_000
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") is not None


async def test_people_see_the_loads_and_what_they_changed(client: httpx.AsyncClient) -> None:
    page = await first_page(client)
    loads = await client.get("/changes", headers={"Accept": "text/html"})
    assert f'href="{page}"' in loads.text
    changes = await client.get(page, headers={"Accept": "text/html"})
    assert changes.status_code == 200
    assert 'href="/id/' in changes.text


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/changes/1", "*/*", 404),
        ("/changes/20161025T081500000Z-0", "text/html", 404),
        ("/changes/20161025T081500000Z-0.exe", "*/*", 404),
        ("/changes.pdf", "*/*", 404),
        ("/changes", "image/png", 406),
    ],
)
async def test_what_is_not_there_is_a_problem(
    client: httpx.AsyncClient, path: str, accept: str, status: int
) -> None:
    response = await client.get(path, headers={"Accept": accept})
    assert response.status_code == status
