"""The ontology, the shapes and the context at their addresses: every term leads somewhere."""

import re
from html.parser import HTMLParser

import httpx
import orjson
import pyoxigraph
import pytest
import rdflib

from ontology.header import VERSION
from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.namespaces import R68
from ontology.publishing import context_document, published
from res68.forms import context_address, context_version
from res68.media import HTML, JSON_LD, N_TRIPLES, PROBLEM, RDF_XML, TURTLE

RDFLIB = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml", JSON_LD: "json-ld"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


class Anchors(HTMLParser):
    """The ids of a page, and where it leads within itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        said = dict(attrs)
        self.ids += [said["id"] or ""] if "id" in said else []
        if tag == "a" and (said.get("href") or "").startswith("#"):
            self.links.add((said["href"] or "")[1:])


async def get(client: httpx.AsyncClient, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return await client.get(path, headers={"accept": accept, **headers})


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        *((one, one) for one in (*RDFLIB, HTML)),
        ("*/*", TURTLE),
        (BROWSER, HTML),
        (f"{JSON_LD}, {TURTLE}", TURTLE),
        (f"{HTML};q=0.5, {RDF_XML}", RDF_XML),
    ],
)
async def test_the_ontology_comes_as_it_is_asked_for(
    client: httpx.AsyncClient, accept: str, form: str
) -> None:
    response = await get(client, "/ontology", accept)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == form
    language = "Accept-Language, " if form == HTML else ""
    assert response.headers["vary"] == f"Accept, {language}Accept-Encoding"
    assert f'<{R68.removesuffix("#")}>; rel="canonical"' in response.headers["link"]
    plain = await get(client, response.headers["content-location"], "image/png")
    assert form == HTML or plain.content == response.content
    again = await get(client, "/ontology", accept, **{"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


# rdflib's own parser of JSON-LD uses what rdflib no longer wants to be used.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(("path", "name"), [("/ontology", "res68.ttl"), ("/shapes", "shapes.ttl")])
async def test_every_form_of_what_is_published_says_the_same(
    client: httpx.AsyncClient, path: str, name: str
) -> None:
    expected = len(rdflib.Graph().parse(published(name), format="turtle"))
    for form, syntax in RDFLIB.items():
        body = (await get(client, path, form)).content
        assert len(rdflib.Graph().parse(data=body, format=syntax)) == expected
        found = list(pyoxigraph.parse(body, format=pyoxigraph.RdfFormat.from_media_type(form)))
        assert len(set(map(str, found))) == expected


async def test_every_term_of_the_ontology_has_its_place_on_the_page(client: httpx.AsyncClient) -> None:
    page = Anchors((await get(client, "/ontology", HTML)).text)
    graph = pyoxigraph.parse(path=published("res68.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    subjects = {str(quad.subject)[1:-1] for quad in graph}
    terms = {iri.removeprefix(R68) for iri in subjects if iri.startswith(R68)}
    assert len(terms) > 150
    assert terms <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.links - {"content"} <= set(page.ids)


async def test_what_frames_the_page_is_in_the_language_of_the_reader(client: httpx.AsyncClient) -> None:
    response = await get(client, "/ontology", HTML, **{"accept-language": "ar"})
    assert response.headers["content-language"] == "ar"
    assert '<html lang="ar" dir="rtl">' in response.text
    assert '<div lang="en" dir="ltr">' in response.text


async def test_the_page_says_what_the_things_of_each_class_have(client: httpx.AsyncClient) -> None:
    text = (await get(client, "/ontology", HTML)).text
    for kind in mapping_of(reference()).kinds.values():
        assert f'aria-label="What {kind.kind.name} has"' in text
    assert re.search(r"<td>addressees</td><td>\s*<a href=\"#addresseeAsPrinted\">", text)


async def test_the_context_is_at_its_address_and_never_changes_there(client: httpx.AsyncClient) -> None:
    mapping = mapping_of(reference())
    address = context_address("", mapping)
    versioned, present, named = [
        await client.get(path) for path in (address, "/ontology/context.jsonld", "/context.jsonld")
    ]
    assert versioned.text == present.text == named.text == context_document(mapping)
    assert versioned.headers["content-type"] == JSON_LD
    assert "immutable" in versioned.headers["cache-control"]
    assert present.headers["cache-control"] == "no-cache"
    assert versioned.headers["access-control-allow-origin"] == "*"
    other = await client.get(f"/ontology/{'0' * len(context_version(mapping))}/context.jsonld")
    assert (other.status_code, address in other.json()["detail"]) == (404, True)


async def test_a_document_of_data_names_the_context_that_is_there(client: httpx.AsyncClient) -> None:
    body = (await client.get("/doc/region/AFR.jsonld")).content
    address, _ = orjson.loads(body)["@context"]
    response = await client.get(httpx.URL(address).path)
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/ontology/{VERSION}", 200),
        ("/ontology/9.9.9", 404),
        ("/ontology.xml", 404),
        ("/shapes.html", 404),
        ("/ontology/x/y", 404),
    ],
)
async def test_an_address_that_there_is_not_is_said_to_be_missing(
    client: httpx.AsyncClient, path: str, status: int
) -> None:
    response = await get(client, path)
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == PROBLEM


async def test_a_form_that_there_is_not_is_told_with_the_others(client: httpx.AsyncClient) -> None:
    response = await get(client, "/shapes", "text/html")
    assert response.status_code == 406
    problem = await get(client, "/shapes", "image/png")
    assert {one["type"] for one in problem.json()["alternates"]} == set(RDFLIB)
