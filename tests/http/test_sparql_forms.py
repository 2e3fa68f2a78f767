"""In which forms /sparql answers: tables, graphs, a description of itself; and that they say the same."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow

from tests.http.sparql_small import BASE, DATASET, EVERYTHING, GRAPH, TRIPLES, Written, ask, endpoint

JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """An endpoint over 300 triples."""
    async with endpoint(Written(TRIPLES), tmp_path_factory.mktemp("sparql")) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "accept", "found"),
    [
        (EVERYTHING, "*/*", JSON),
        (EVERYTHING, "application/json", JSON),
        (EVERYTHING, "application/sparql-results+xml", "application/sparql-results+xml"),
        (EVERYTHING, "application/xml;q=0.9, text/turtle", "application/sparql-results+xml"),
        (EVERYTHING, "text/csv", "text/csv"),
        (EVERYTHING, "text/tab-separated-values, text/csv;q=0.5", "text/tab-separated-values"),
        ("ASK {}", "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (GRAPH, "*/*", "text/turtle"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "application/ld+json, application/sparql-results+json", "application/ld+json"),
        ("DESCRIBE <id/thing/007>", "text/turtle", "text/turtle"),
    ],
)
async def test_an_answer_comes_in_the_form_asked_for(
    client: httpx.AsyncClient, query: str, accept: str, found: str
) -> None:
    answer = await ask(client, query, accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == found
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
async def test_every_form_of_a_table_holds_the_same_rows(client: httpx.AsyncClient, form: str) -> None:
    answer = await ask(client, EVERYTHING, format=form)
    results = QueryResultsFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert results is not None
    solutions = parse_query_results(answer.content, format=results)
    assert isinstance(solutions, QuerySolutions)
    rows = [tuple(map(str, row)) for row in solutions]
    assert rows == [(f"<{BASE}/id/thing/{n:03}>", f'"number {n}"@en') for n in range(300)]


@pytest.mark.parametrize("form", ["ttl", "nt", "jsonld", "rdf"])
async def test_every_form_of_a_graph_holds_the_same_triples(client: httpx.AsyncClient, form: str) -> None:
    answer = await ask(client, GRAPH, format=form)
    syntax = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert syntax is not None
    found = {quad.triple for quad in parse(answer.content, syntax)}
    assert found == {quad.triple for quad in parse(TRIPLES, RdfFormat.N_TRIPLES)}


async def test_a_form_that_an_answer_does_not_come_in_is_not_acceptable(client: httpx.AsyncClient) -> None:
    answer = await ask(client, EVERYTHING, "text/turtle")
    assert answer.status_code == 406
    assert JSON in {one["type"] for one in answer.json()["alternates"]}
    assert (await ask(client, GRAPH, format="csv")).status_code == 406
    assert (await ask(client, GRAPH, format="pdf")).status_code == 400


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "application/rdf+xml", "*/*"])
async def test_without_a_query_the_service_is_described(client: httpx.AsyncClient, accept: str) -> None:
    answer = await client.get("/sparql", headers={"accept": accept})
    syntax = RdfFormat.from_media_type(answer.headers["content-type"].partition(";")[0])
    assert syntax is not None
    said = {(str(quad.predicate), str(quad.object)) for quad in parse(answer.content, syntax)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (f"<{sd}endpoint>", f"<{BASE}/sparql>") in said
    assert (f"<{sd}supportedLanguage>", f"<{sd}SPARQL11Query>") in said
    assert (f"<{sd}name>", f"<{DATASET}>") in said
    known = {"if-none-match": answer.headers["etag"], "accept": accept}
    assert (await client.get("/sparql", headers=known)).status_code == 304


async def test_without_a_query_a_table_is_not_acceptable(client: httpx.AsyncClient) -> None:
    assert (await client.get("/sparql", headers={"accept": "text/csv"})).status_code == 406


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
async def test_rdflib_asks_it_as_a_graph(client: httpx.AsyncClient, form: str) -> None:
    def asked() -> list[str]:
        graph = Graph(SPARQLStore(f"{client.base_url}/sparql", returnFormat=form))
        rows = graph.query(f"{EVERYTHING} LIMIT 2")
        return [str(row[0]) for row in rows if isinstance(row, ResultRow)]

    assert await asyncio.to_thread(asked) == [f"{BASE}/id/thing/000", f"{BASE}/id/thing/001"]


async def test_rdflib_reads_what_is_constructed(client: httpx.AsyncClient) -> None:
    def asked() -> int:
        graph = Graph(SPARQLStore(f"{client.base_url}/sparql")).query(GRAPH).graph
        assert graph is not None
        return len(graph)

    assert await asyncio.to_thread(asked) == 300
