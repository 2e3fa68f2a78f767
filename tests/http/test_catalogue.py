"""/dataset and /.well-known/void: one description in every form, with counts that are those of the data."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import httpx
import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.export import Export
from ontology.linksets import LINKSETS
from ontology.namespaces import resolve
from res68.catalogue.description import short
from res68.running import Running
from tests.http.service import client_with

FORMS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
}
VOID = resolve("void:Dataset").removesuffix("Dataset")
Said = Mapping[str, Mapping[str, list[str]]]  # by subject and predicate
Triples = list[tuple[str, str, str]]


async def read(client: httpx.AsyncClient, path: str = "/dataset", accept: str = "text/turtle") -> set[Quad]:
    answer = await client.get(path, headers={"accept": accept})
    assert answer.status_code == 200, answer.text
    syntax = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert syntax is not None
    return set(parse(answer.content, syntax))


@pytest.fixture(scope="module")
async def said(here: Running, client: httpx.AsyncClient) -> Said:
    """What the description says."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in await read(client):
        assert isinstance(quad.subject, NamedNode)
        found[quad.subject.value][quad.predicate.value].append(plain(quad.object))
    return found


@pytest.fixture(scope="module")
async def triples(here: Running) -> Triples:
    """All triples of the export."""
    parts = [part async for part in Export(here.store, here.model, here.settings.base).stream("nt")]
    quads = parse(b"".join(parts), RdfFormat.N_TRIPLES)
    return [(str(one.subject), one.predicate.value, str(one.object)) for one in quads]


def plain(term: object) -> str:
    value = getattr(term, "value", None)
    assert isinstance(value, str)
    return value


def number(said: Said, subject: str, name: str) -> int:
    (value,) = said[subject][f"{VOID}{name}"]
    return int(value)


@pytest.mark.parametrize("path", ["/dataset", "/.well-known/void"])
@pytest.mark.parametrize("form", FORMS)
async def test_every_form_says_the_same(client: httpx.AsyncClient, path: str, form: str) -> None:
    expected = await read(client)
    assert len(expected) > 1_000
    assert await read(client, path, FORMS[form]) == expected
    assert await read(client, f"/dataset.{form}", "*/*") == expected


async def test_the_counts_of_the_whole_are_those_of_the_export(
    here: Running, said: Said, triples: Triples
) -> None:
    dataset = f"{here.settings.base}/dataset"
    subjects, properties, objects = (set(column) for column in zip(*triples, strict=True))
    classes = {end for _, predicate, end in triples if predicate == resolve("rdf:type")}
    assert number(said, dataset, "triples") == len(triples) == len(set(triples))
    assert number(said, dataset, "distinctSubjects") == len(subjects)
    assert number(said, dataset, "distinctObjects") == len(objects)
    assert number(said, dataset, "properties") == len(properties)
    assert number(said, dataset, "classes") == len(classes)
    assert number(said, dataset, "entities") == len({one for one in subjects if "#" not in one})


async def test_the_counts_of_every_part_are_those_of_the_export(
    here: Running, said: Said, triples: Triples
) -> None:
    dataset = f"{here.settings.base}/dataset"
    by_property = Counter(predicate for _, predicate, _ in triples)
    starts, ends, things = defaultdict(set), defaultdict(set), defaultdict(set)
    for start, predicate, end in triples:
        starts[predicate].add(start)
        ends[predicate].add(end)
        if predicate == resolve("rdf:type"):
            things[end.strip("<>")].add(start)
    told = {}
    for part in said[dataset][f"{VOID}propertyPartition"]:
        (name,) = said[part][f"{VOID}property"]
        numbers = ("triples", "distinctSubjects", "distinctObjects")
        told[name] = tuple(number(said, part, one) for one in numbers)
    assert told == {one: (by_property[one], len(starts[one]), len(ends[one])) for one in by_property}
    classes = {
        said[part][f"{VOID}class"][0]: number(said, part, "entities")
        for part in said[dataset][f"{VOID}classPartition"]
    }
    assert classes == {one: len(found) for one, found in things.items()}


async def test_every_link_set_is_counted_and_says_whither_it_leads(
    here: Running, said: Said, triples: Triples
) -> None:
    dataset = f"{here.settings.base}/dataset"
    assert len(said[dataset][f"{VOID}subset"]) == len(LINKSETS) > 0
    for one in LINKSETS:
        part = said[f"{dataset}#{one.key}"]
        predicate = resolve(one.predicate)
        links = [end for _, how, end in triples if how == predicate and end.startswith(f"<{one.target}")]
        assert part[f"{VOID}linkPredicate"] == [predicate]
        assert part[f"{VOID}subjectsTarget"] == [dataset]
        assert part[f"{VOID}objectsTarget"] == [one.target]
        assert int(part[f"{VOID}triples"][0]) == len(links) > 100


async def test_the_counts_are_those_that_sparql_gives(
    here: Running, client: httpx.AsyncClient, said: Said
) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{here.settings.base}/dataset> {{ ?s ?p ?o }}"
    answer = (await client.get("/sparql", params={"query": query})).json()
    counted = int(answer["results"]["bindings"][0]["n"]["value"])
    assert counted == number(said, f"{here.settings.base}/dataset", "triples")


async def test_all_that_it_names_here_is_there(here: Running, client: httpx.AsyncClient, said: Said) -> None:
    base, dataset = here.settings.base, said[f"{here.settings.base}/dataset"]
    dumps, examples = dataset[f"{VOID}dataDump"], dataset[f"{VOID}exampleResource"]
    assert len(dumps) == 8
    assert len(examples) == 5
    downloads = {one for found in said.values() for one in found.get(resolve("dcat:downloadURL"), [])}
    assert downloads == set(dumps)
    for address in dumps:
        assert (await client.head(address.removeprefix(base))).status_code == 200, address
    for address in (*examples, *dataset[f"{VOID}sparqlEndpoint"]):
        assert (await client.get(address.removeprefix(base))).status_code in (200, 303), address


async def test_every_term_is_one_of_its_vocabulary(client: httpx.AsyncClient) -> None:
    for quad in await read(client):
        resolve(short(quad.predicate.value))
        if quad.predicate.value == resolve("rdf:type"):
            resolve(short(plain(quad.object)))


@pytest.mark.parametrize("path", ["/dataset", "/dataset.html"])
async def test_the_page_has_the_same_numbers(
    here: Running, client: httpx.AsyncClient, said: Said, path: str
) -> None:
    answer = await client.get(path, headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f"{number(said, f'{here.settings.base}/dataset', 'triples'):,}" in answer.text
    arabic = (await client.get(path, headers={"accept": "text/html", "accept-language": "ar"})).text
    assert '<html lang="ar" dir="rtl">' in arabic


async def test_a_client_that_has_the_description_is_told_so(client: httpx.AsyncClient) -> None:
    first = await client.get("/.well-known/void")
    assert first.headers["content-type"].startswith("text/turtle")
    assert '</dataset.rdf>; rel="alternate"; type="application/rdf+xml"' in first.headers["link"]
    assert "Accept" in first.headers["vary"]
    known = {"if-none-match": first.headers["etag"]}
    assert (await client.get("/.well-known/void", headers=known)).status_code == 304
    other = (await client.get("/dataset.nt")).headers["etag"]
    assert other != first.headers["etag"]


async def test_a_form_that_there_is_not_is_refused_with_those_there_are(client: httpx.AsyncClient) -> None:
    answer = await client.get("/dataset", headers={"accept": "image/png"})
    assert answer.status_code == 406
    assert {one["href"] for one in answer.json()["alternates"]} >= {f"/dataset.{form}" for form in FORMS}
    assert (await client.get("/dataset.pdf")).status_code == 404


async def test_publisher_and_licence_are_those_of_the_settings(here: Running) -> None:
    changes = {
        "publisher": "Someone",
        "publisher_iri": "https://some.example/one",
        "licence_iri": "https://some.example/licence",
    }
    async with client_with(here, **changes) as client:
        text = (await client.get("/dataset")).text
    assert "dcterms:publisher <https://some.example/one>" in text
    assert 'foaf:name "Someone"' in text
    assert "dcterms:license <https://some.example/licence>" in text
