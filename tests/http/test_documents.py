"""Things as linked data: from an id to the document about it, in the form that is asked for."""

import gzip
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pyoxigraph
import pytest
import rdflib

from graph.description import MOST_INCOMING
from graph.dump import stored_dataset
from graph.embedded import EmbeddedEngine
from graph.load import load
from graph.store import Store
from ontology.mapping import mapping_of
from res68.forms import FORMS, RDF, context_address, context_text
from res68.media import HTML, JSON, JSON_LD, N_TRIPLES, PROBLEM, RDF_XML, TURTLE
from res68.running import Running
from res68.signposts import LINKSET_JSON, LINKSET_TEXT
from tests.graph.small import SMALL, dataset
from tests.http.service import client_of, client_with

CONCLUSION = "conclusion/CTO-2009-C6"
SYNTAXES = {
    TURTLE: pyoxigraph.RdfFormat.TURTLE,
    N_TRIPLES: pyoxigraph.RdfFormat.N_TRIPLES,
    RDF_XML: pyoxigraph.RdfFormat.RDF_XML,
    JSON_LD: pyoxigraph.RdfFormat.JSON_LD,
}
RDFLIB = {TURTLE: "turtle", N_TRIPLES: "nt", RDF_XML: "xml", JSON_LD: "json-ld"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"
PLAINLY = {"accept-encoding": "identity"}


def inlined(here: Running, body: bytes, media_type: str) -> bytes:
    """A body whose context is inside of it, where it has one: parsers do not fetch it."""
    if media_type != JSON_LD:
        return body
    found = orjson.loads(body)
    mapping = mapping_of(here.model)
    address, base = found["@context"]
    assert address == context_address(here.settings.base, mapping)
    found["@context"] = [orjson.loads(context_text(mapping))["@context"], base]
    return orjson.dumps(found)


def lines(here: Running, body: bytes, media_type: str) -> set[str]:
    """The triples of a body as pyoxigraph reads them."""
    text = inlined(here, body, media_type)
    return {str(quad.triple) for quad in pyoxigraph.parse(text, format=SYNTAXES[media_type])}


def graph(here: Running, body: bytes, media_type: str) -> rdflib.Graph:
    """A body as rdflib reads it."""
    return rdflib.Graph().parse(data=inlined(here, body, media_type), format=RDFLIB[media_type])


async def get(client: httpx.AsyncClient, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    """What is answered first, wherever it leads."""
    return await client.get(path, headers={"accept": accept, **headers}, follow_redirects=False)


@pytest.mark.parametrize("accept", [TURTLE, HTML, "*/*", JSON])
async def test_a_thing_leads_to_the_document_about_it(client: httpx.AsyncClient, accept: str) -> None:
    response = await get(client, f"/id/{CONCLUSION}", accept)
    assert response.status_code == 303
    assert response.headers["location"] == f"/doc/{CONCLUSION}"
    assert response.headers["vary"] == "Accept"
    links = response.links_by_relation if hasattr(response, "links_by_relation") else response.headers["link"]
    assert 'rel="cite-as"' in links
    assert f'/doc/{CONCLUSION}.ttl>; rel="describedby"; type="text/turtle"' in links


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        *((one, one) for one in FORMS.values()),
        ("*/*", JSON),
        (BROWSER, HTML),
        ("text/*", HTML),
        ("application/*", JSON),
        (f"{TURTLE};q=0.5, {JSON_LD}", JSON_LD),
        (f"{JSON}, {TURTLE}", TURTLE),
        (f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        ("*/*;q=0.1, application/rdf+xml;q=0.2", RDF_XML),
    ],
)
async def test_a_document_comes_as_it_is_asked_for(
    client: httpx.AsyncClient, accept: str, media_type: str
) -> None:
    response = await get(client, f"/doc/{CONCLUSION}", accept)
    ending = next(ending for ending, form in FORMS.items() if form == media_type)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.headers["content-location"] == f"/doc/{CONCLUSION}.{ending}"
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["vary"].split(", "))
    plain = await get(client, f"/doc/{CONCLUSION}.{ending}", "image/png")
    assert plain.status_code == 200
    assert "Accept," not in plain.headers["vary"]
    if media_type != HTML:  # a page leads to itself in other languages
        assert plain.content == response.content
        assert plain.headers["etag"] == response.headers["etag"]


# rdflib's own parser of JSON-LD uses what rdflib no longer wants to be used.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    "identity", [CONCLUSION, "source/itu.int/6zplutztsbvk", "region/AFR", "sector/ITU-T"]
)
async def test_every_form_of_rdf_says_the_same_to_every_parser(
    here: Running, client: httpx.AsyncClient, identity: str
) -> None:
    bodies = {form: (await get(client, f"/doc/{identity}", form)).content for form in RDF}
    found = {form: lines(here, body, form) for form, body in bodies.items()}
    assert len(found[N_TRIPLES]) > 10
    assert all(one == found[N_TRIPLES] for one in found.values())
    graphs = [graph(here, body, form) for form, body in bodies.items()]
    expected = {tuple(term.n3() for term in triple) for triple in graphs[0]}
    assert len(expected) == len(found[N_TRIPLES])
    assert all({tuple(term.n3() for term in triple) for triple in one} == expected for one in graphs)


async def test_a_document_of_every_kind_and_of_a_link_says_the_same_in_json_ld(
    here: Running, client: httpx.AsyncClient
) -> None:
    stored = await stored_dataset(here.store, here.model)
    kinds = {thing.kind: name for name, thing in stored.things.items()}
    for name in (*kinds.values(), *sorted(stored.links)[:2]):
        forms = (N_TRIPLES, JSON_LD)
        found = [lines(here, (await get(client, f"/doc/{name}", form)).content, form) for form in forms]
        assert found[0], name
        assert all(one == found[0] for one in found), name


async def test_a_document_says_what_it_is_about_and_how_it_may_be_used(
    here: Running, client: httpx.AsyncClient
) -> None:
    found = graph(here, (await get(client, f"/doc/{CONCLUSION}", TURTLE)).content, TURTLE)
    base = here.settings.base
    document = rdflib.URIRef(f"{base}/doc/{CONCLUSION}")
    thing = rdflib.URIRef(f"{base}/id/{CONCLUSION}")
    assert found.value(document, rdflib.FOAF.primaryTopic) == thing
    assert "publicdomain/zero" in str(found.value(document, rdflib.DCTERMS.license))
    assert found.value(document, rdflib.VOID.inDataset) == rdflib.URIRef(f"{base}/dataset")
    dataset = await here.store.ready()
    assert dataset is not None
    assert str(found.value(document, rdflib.OWL.versionInfo)) == dataset.version
    assert found.value(document, rdflib.DCTERMS.modified) is not None
    assert (None, rdflib.RDF.object, thing) in found


async def test_a_document_that_leaves_links_out_says_so(here: Running, client: httpx.AsyncClient) -> None:
    stored = await stored_dataset(here.store, here.model)
    (most, number), *_ = Counter(link.end for link in stored.links.values()).most_common(1)
    assert number > MOST_INCOMING
    left_out = f"Shows {MOST_INCOMING} of the {number:,} links that lead here"
    body = (await get(client, f"/doc/{most}", TURTLE)).text
    assert left_out in body
    assert body.count("rdf:object") == MOST_INCOMING + sum(
        link.start == most for link in stored.links.values()
    )
    assert "links that lead here" not in (await get(client, f"/doc/{CONCLUSION}", TURTLE)).text


@pytest.mark.parametrize("form", FORMS.values())
async def test_what_the_client_has_already_is_not_sent_again(client: httpx.AsyncClient, form: str) -> None:
    first = await get(client, f"/doc/{CONCLUSION}", form)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[\w-]+"', tag)
    again = await get(client, f"/doc/{CONCLUSION}", form, **{"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert again.headers["vary"] == first.headers["vary"]
    assert (await get(client, f"/doc/{CONCLUSION}", form, **{"if-none-match": '"other"'})).status_code == 200


async def test_no_two_representations_share_a_tag(client: httpx.AsyncClient) -> None:
    tags = [
        (await get(client, f"/doc/{CONCLUSION}", form, **{"accept-encoding": coding})).headers["etag"]
        for form in FORMS.values()
        for coding in ("gzip", "identity")
    ]
    assert len(set(tags)) == len(tags)


async def test_a_document_is_compressed_for_those_who_want_it(client: httpx.AsyncClient) -> None:
    plain = await get(client, f"/doc/{CONCLUSION}.nt", **PLAINLY)
    async with client.stream("GET", f"/doc/{CONCLUSION}.nt", headers={"accept-encoding": "gzip"}) as coded:
        raw = b"".join([chunk async for chunk in coded.aiter_raw()])
    assert "content-encoding" not in plain.headers
    assert coded.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 3


@pytest.mark.parametrize(
    "path", [f"/id/{CONCLUSION}", *(f"/doc/{CONCLUSION}.{one}" for one in FORMS), f"/linkset/{CONCLUSION}"]
)
async def test_a_head_says_what_a_get_says(client: httpx.AsyncClient, path: str) -> None:
    whole, head = await get(client, path), await client.head(path, follow_redirects=False)
    apart = ("x-request-id", "date")
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert {key: value for key, value in head.headers.items() if key not in apart} == {
        key: value for key, value in whole.headers.items() if key not in apart
    }


async def test_a_document_says_when_what_it_says_was_recorded(client: httpx.AsyncClient) -> None:
    for form in (*RDF, JSON):
        assert (await get(client, f"/doc/{CONCLUSION}", form)).headers["last-modified"].endswith(" GMT")


async def test_a_page_is_in_the_language_of_its_reader(client: httpx.AsyncClient) -> None:
    french = await get(client, f"/id/{CONCLUSION}?lang=fr", HTML)
    page = await get(client, french.headers["location"], HTML, **{"accept-language": "ar"})
    spoken = await get(client, f"/doc/{CONCLUSION}.html", **{"accept-language": "ar"})
    assert page.headers["content-language"] == "fr"
    assert page.headers["content-location"] == f"/doc/{CONCLUSION}.html?lang=fr"
    assert page.headers["vary"] == "Accept, Accept-Language, Accept-Encoding"
    assert spoken.headers["content-language"] == "ar"
    assert spoken.headers["vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.parametrize("path", [f"/id/{CONCLUSION}", f"/doc/{CONCLUSION}", f"/linkset/{CONCLUSION}"])
async def test_scripts_of_every_origin_may_read_data(client: httpx.AsyncClient, path: str) -> None:
    response = await get(client, path, origin="https://example.org")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-expose-headers"] == "*"
    asked = {"origin": "https://example.org", "access-control-request-method": "GET"}
    asked["access-control-request-headers"] = "if-none-match"
    preflight = await client.options(path, headers=asked)
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    elsewhere = await get(client, "/", origin="https://example.org")
    assert "access-control-allow-origin" not in elsewhere.headers


async def test_data_are_open_where_graphql_is_open_to_some(here: Running) -> None:
    async with client_with(here, cors_origins=("https://one.example",)) as client:
        data = await get(client, f"/doc/{CONCLUSION}", origin="https://two.example")
        answer = await client.get("/graphql?query={__typename}", headers={"origin": "https://two.example"})
    assert data.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("conclusion/CTO-2009-C99", 404, "Nothing here has the id conclusion/CTO-2009-C99"),
        ("no-such-kind/x", 404, "Nothing here has the id no-such-kind/x"),
        ("link/x", 404, "Nothing here has the id link/x"),
        ("conclusion/a%20b", 404, "'conclusion/a b' is no id"),
        ("conclusion/%22%20OR%201", 404, "is no id"),
        ("conclusion/%E2%80%AEabc", 404, "is no id"),
        ("conclusion/" + "x" * 400, 404, "is no id"),
        ("conclusion/x%00y", 404, "is no id"),
        ("conclusion/..%2F..%2Fx", 404, "is no id"),
    ],
)
@pytest.mark.parametrize("room", ["id", "doc", "linkset"])
async def test_what_is_not_there_is_said_to_be_missing(
    client: httpx.AsyncClient, room: str, path: str, status: int, said: str
) -> None:
    response = await get(client, f"/{room}/{path}", TURTLE)
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert said in response.json()["detail"]


async def test_what_comes_in_no_form_that_is_accepted_is_told_with_the_others(
    client: httpx.AsyncClient,
) -> None:
    for room in ("id", "doc"):
        response = await get(client, f"/{room}/{CONCLUSION}", "image/png, text/turtle;q=0")
        assert response.status_code == 406
        assert {one["type"] for one in response.json()["alternates"]} == set(FORMS.values())
    assert (await get(client, "/doc/conclusion/CTO-2009-C99", "image/png")).status_code == 404
    assert (await get(client, f"/linkset/{CONCLUSION}", "image/png")).status_code == 406


async def test_other_methods_are_named_as_impossible(client: httpx.AsyncClient) -> None:
    for room in ("id", "doc", "linkset"):
        response = await client.post(f"/{room}/{CONCLUSION}")
        assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")


def signposts(response: httpx.Response) -> list[tuple[str, str, str | None]]:
    """The links of a header: relation, target, type."""
    pattern = r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?'
    found = re.findall(pattern, response.headers["link"])
    return [(rel, target, form or None) for target, rel, form in found]


async def test_a_page_has_the_signposts_of_a_landing_page(here: Running, client: httpx.AsyncClient) -> None:
    base = here.settings.base
    found = signposts(await get(client, f"/doc/{CONCLUSION}", HTML))
    relations = {rel for rel, _, _ in found}
    assert {
        "cite-as",
        "describedby",
        "type",
        "license",
        "linkset",
        "collection",
        "alternate",
        "canonical",
    } == relations
    assert ("cite-as", f"{base}/id/{CONCLUSION}", None) in found
    assert ("type", "https://schema.org/AboutPage", None) in found
    assert ("type", "https://w3id.org/res68/ontology#Conclusion", None) in found
    assert ("linkset", f"{base}/linkset/{CONCLUSION}", LINKSET_JSON) in found
    assert ("linkset", f"{base}/linkset/{CONCLUSION}", LINKSET_TEXT) in found
    for form in RDF:
        assert any(rel == "describedby" and kind == form for rel, _, kind in found)


async def test_a_document_of_data_has_the_signposts_of_metadata(
    here: Running, client: httpx.AsyncClient
) -> None:
    found = signposts(await get(client, f"/doc/{CONCLUSION}", TURTLE))
    assert ("describes", f"{here.settings.base}/id/{CONCLUSION}", None) in found
    assert ("canonical", f"{here.settings.base}/doc/{CONCLUSION}", None) in found
    others = {form for rel, _, form in found if rel == "alternate"}
    assert others == set(FORMS.values()) - {TURTLE}


async def test_a_link_set_has_all_signposts_of_all_forms(here: Running, client: httpx.AsyncClient) -> None:
    response = await get(client, f"/linkset/{CONCLUSION}")
    assert response.headers["content-type"] == LINKSET_JSON
    contexts: Mapping[str, Any] = {one.pop("anchor"): one for one in response.json()["linkset"]}
    for form in FORMS.values():
        shown = await get(client, f"/doc/{CONCLUSION}", form)
        told = contexts[here.settings.base + shown.headers["content-location"]]
        listed = [(rel, one["href"], one.get("type")) for rel, targets in told.items() for one in targets]
        assert sorted(listed, key=str) == sorted(signposts(shown), key=str)
    text = await get(client, f"/linkset/{CONCLUSION}", LINKSET_TEXT)
    assert text.headers["content-type"] == LINKSET_TEXT
    assert len(text.text.splitlines()) == sum(len(one) for told in contexts.values() for one in told.values())


async def test_names_of_persons_are_in_no_form_where_they_are_left_out(here: Running) -> None:
    stored = await stored_dataset(here.store, here.model)
    name, person = next(
        (thing.id, str(thing.values["representative"]))
        for thing in stored.things.values()
        if thing.kind == "Participation" and "representative" in thing.values
    )
    for shown in (True, False):
        async with client_with(here, show_persons=shown) as client:
            text = (await get(client, f"/doc/{name}", TURTLE)).text
        assert (person in text) == shown


async def test_what_a_load_removed_is_gone_and_what_it_is_mentioned_by_leads_to_a_thing(
    here: Running, tmp_path: Path
) -> None:
    store = Store(EmbeddedEngine(tmp_path / "store", heap="256m"))
    await store.start()
    try:
        await load(store, dataset(tmp_path / "before", SMALL), here.model)
        kept, country, _ = SMALL.partition("- id: country/KEN")
        odd = "- id: region/odd.nt\n  code: EUR\n  name: {en: Odd}\n"
        await load(store, dataset(tmp_path / "after", kept, odd), here.model)
        async with client_of(replace(here, store=store)) as client:
            for room in ("id", "doc", "linkset"):
                gone = await get(client, f"/{room}/country/KEN", TURTLE)
                assert (gone.status_code, gone.json()["title"]) == (410, "Gone")
                assert "has been removed" in gone.json()["detail"]
            person = await get(client, "/id/country/KEN", HTML)
            mentioned = await get(client, "/id/meeting/CTO-09")
            document = await get(client, "/doc/meeting/CTO-09.ttl")
            named_like_a_form = await get(client, "/doc/region/odd.nt", TURTLE)
            in_a_form = await get(client, named_like_a_form.headers["content-location"])
    finally:
        await store.stop()
    assert country
    assert "<h1>Gone</h1>" in person.text
    assert (mentioned.status_code, mentioned.headers["location"]) == (303, "/doc/meeting/CTO-2009")
    assert (document.status_code, document.headers["location"]) == (308, "/doc/meeting/CTO-2009.ttl")
    assert named_like_a_form.headers["content-location"] == "/doc/region/odd.nt.ttl"
    assert in_a_form.content == named_like_a_form.content
