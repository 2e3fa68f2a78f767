"""What /sparql answers: forms, limits, refusals, tags, and a new copy when the dataset changes."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import ResultRow

from tests.http.sparql_small import BASE, DATASET, Written, endpoint

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
EVERYTHING = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"
TRIPLES = "".join(
    f'<{BASE}/id/thing/{number:03}> <{BASE}/is> "number {number}"@en .\n' for number in range(300)
)
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
JSON = "application/sparql-results+json"


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """An endpoint over 300 triples."""
    async with endpoint(Written(TRIPLES), tmp_path_factory.mktemp("sparql"), sparql_seconds=1) as client:
        yield client


async def ask(client: httpx.AsyncClient, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return await client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


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


async def test_an_answer_with_too_many_rows_is_cut_and_says_so(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_rows=10) as client:
        whole = await ask(client, f"{EVERYTHING} LIMIT 10")
        assert "x-rows-cut" not in whole.headers
        assert "link" not in whole.json()["head"]
        cut = await ask(client, EVERYTHING)
        assert cut.headers["x-rows-cut"] == "10"
        assert cut.headers["link"] == f'<{BASE}/sparql#limits>; rel="help"'
        assert cut.json()["head"]["link"] == [f"{BASE}/sparql#limits"]
        assert cut.json()["results"] == whole.json()["results"]
        assert f'<link href="{BASE}/sparql#limits"/>' in (await ask(client, EVERYTHING, format="xml")).text
        graph = await ask(client, GRAPH, format="nt")
        assert graph.headers["x-rows-cut"] == "10"
        assert len(graph.text.splitlines()) == 10


async def test_an_answer_with_too_many_bytes_is_cut_and_says_so(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_bytes=2_000) as client:
        for query, form in ((EVERYTHING, "json"), (EVERYTHING, "csv"), (GRAPH, "nt")):
            cut = await ask(client, query, format=form)
            assert 5 < int(cut.headers["x-rows-cut"]) < 150
            assert len(cut.content) < 2_500


async def test_an_endless_query_ends_in_time_while_others_are_answered(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_seconds=3) as client:
        await ask(client, "ASK {}")
        begun, answered = time.monotonic(), 0
        endless = asyncio.create_task(ask(client, ENDLESS))
        while not endless.done():
            assert (await ask(client, "ASK {}")).json()["boolean"]
            answered += 1
            await asyncio.sleep(0.1)
        assert answered > 3
        answer = await endless
        assert 3 <= time.monotonic() - begun < 15
        assert answer.status_code == 504
        assert answer.json()["code"] == "TIMEOUT"
        assert "longer than 3 seconds" in answer.json()["detail"]
        assert (await ask(client, "ASK {}")).status_code == 200


async def test_beyond_so_many_queries_at_once_the_next_is_to_come_later(tmp_path: Path) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_queries=1, sparql_seconds=3) as client:
        await ask(client, "ASK {}")
        endless = asyncio.create_task(ask(client, ENDLESS))
        await asyncio.sleep(0.2)
        answer = await ask(client, "ASK {}")
        assert answer.status_code == 503
        assert int(answer.headers["retry-after"]) > 0
        assert (await endless).status_code == 504


@pytest.mark.parametrize(
    "query",
    [
        f"ASK {{ FILTER({'(' * 9_000}1{')' * 9_000}) }}",
        'SELECT (CONCAT(STR(?a), "x") AS ?t) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?t',
    ],
    ids=["nested too deep", "too much memory"],
)
async def test_a_query_that_kills_its_worker_harms_no_other(tmp_path: Path, query: str) -> None:
    async with endpoint(Written(TRIPLES), tmp_path, sparql_memory=512, sparql_seconds=60) as client:
        answer = await ask(client, query)
        assert answer.status_code == 400
        assert answer.json()["code"] == "QUERY_TOO_COSTLY"
        assert (await ask(client, "ASK {}")).status_code == 200


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("ASK {", 1, 6),
        ("SELECT ?s {\n  ?s foo:bar ?o\n}", 2, 13),
        ("", 1, 1),
        ("SELECT ?s\nWHERE { ?s ?p }", 2, 16),
    ],
)
async def test_a_malformed_query_is_told_where(
    client: httpx.AsyncClient, query: str, line: int, column: int
) -> None:
    answer = await ask(client, query)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert (said["code"], said["line"], said["column"]) == ("MALFORMED_QUERY", line, column)
    assert f"line {line}, column {column}" in said["detail"]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("CLEAR ALL", 403, "CLEAR is an update"),
        ("PREFIX a: <http://a>\n# note\nINSERT DATA { a:a a:b a:c }", 403, "INSERT is an update"),
        ("SELECT (<http://no/such>(1) AS ?x) {}", 400, "http://no/such"),
        (f"ASK FROM <{BASE}/other> {{}}", 400, f"There is no graph <{BASE}/other> here"),
        ("PREFIX e: <http://e/> ASK FROM NAMED e:other {}", 400, "no graph <http://e/other>"),
        ("ASK { # " + "x" * 20_000 + "\n}", 413, "20,000 are allowed"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_the_reason(
    client: httpx.AsyncClient, query: str, status: int, said: str
) -> None:
    answer = await ask(client, query)
    assert answer.status_code == status
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service SILENT <{address}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p ?o FILTER(?s<?o)SERVICE#>\n<{address}>#\n{{ ?a ?b ?c }} }}",
        "PREFIX x: <{address}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?x {{ <{address}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{address}> {{ ?s ?p ?o }} }}",
    ],
)
async def test_no_query_makes_the_service_ask_another(client: httpx.AsyncClient, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"http://127.0.0.1:{other.getsockname()[1]}/sparql"
        answer = await ask(client, query.format(address=address))
        assert answer.status_code == 403
        assert "SERVICE is refused" in answer.json()["detail"]
        other.settimeout(0.05)
        with pytest.raises(TimeoutError):
            other.accept()


async def test_the_word_service_may_stand_in_a_text(client: httpx.AsyncClient) -> None:
    query = 'SELECT ?s { ?s ?service ?o FILTER(CONTAINS(?o, "service")) } # service'
    assert (await ask(client, query)).json()["results"]["bindings"] == []


@pytest.mark.parametrize(
    ("query", "parameters", "rows"),
    [
        (EVERYTHING, {}, 300),
        (EVERYTHING, {"default-graph-uri": DATASET}, 300),
        (EVERYTHING, {"named-graph-uri": DATASET}, 0),
        (EVERYTHING.replace("{", "FROM <dataset> {", 1), {}, 300),
        (EVERYTHING.replace("{", f"FROM NAMED <{DATASET}> {{", 1), {}, 0),
        ("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } }", {}, 300),
        (f"SELECT ?s {{ GRAPH <{DATASET}> {{ ?s ?p ?o }} }}", {"named-graph-uri": DATASET}, 300),
        ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", {"default-graph-uri": DATASET}, 0),
    ],
)
async def test_the_dataset_is_one_graph_that_can_be_named(
    client: httpx.AsyncClient, query: str, parameters: dict[str, str], rows: int
) -> None:
    answer = await ask(client, query, **parameters)
    assert len(answer.json()["results"]["bindings"]) == rows


async def test_a_client_that_has_the_answer_is_told_so(client: httpx.AsyncClient) -> None:
    tag = (await ask(client, EVERYTHING)).headers["etag"]
    again = await client.get("/sparql", params={"query": EVERYTHING}, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await ask(client, EVERYTHING, "text/csv")).headers["etag"] != tag
    assert (await ask(client, f"{EVERYTHING} LIMIT 1")).headers["etag"] != tag
    head = await client.head("/sparql", params={"query": EVERYTHING})
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", tag)


async def test_an_answer_that_changes_by_itself_has_no_tag(client: httpx.AsyncClient) -> None:
    assert "etag" not in (await ask(client, "SELECT (NOW() AS ?now) {}")).headers
    posted = await client.post("/sparql", data={"query": EVERYTHING})
    assert posted.status_code == 200
    assert "etag" not in posted.headers


async def test_pages_of_others_may_ask(client: httpx.AsyncClient) -> None:
    headers = {
        "origin": "https://other.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    answer = await client.options("/sparql", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-type" in answer.headers["access-control-allow-headers"]
    assert (await ask(client, "ASK {}")).headers["access-control-expose-headers"] == "*"
    assert (await client.options("/sparql")).status_code == 405


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"content-type": "application/sparql-query"}, b"ASK {} # \xff", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"query=%FF", 400),
        ({"content-type": "application/x-www-form-urlencoded"}, b"", 400),
        ({"content-type": "application/sparql-query", "content-encoding": "gzip"}, b"ASK {}", 415),
        ({"content-type": "application/sparql-query"}, b"ASK {} #" + b"x" * 300_000, 413),
        ({"content-type": "application/x-www-form-urlencoded"}, b"a=1&" * 200, 400),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str], content: bytes, status: int
) -> None:
    assert (await client.post("/sparql", headers=headers, content=content)).status_code == status


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
