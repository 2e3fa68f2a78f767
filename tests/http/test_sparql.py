"""What /sparql does with a request: refusals with their reasons, the graphs that it knows, entity tags."""

import socket
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.http.sparql_small import BASE, DATASET, EVERYTHING, TRIPLES, Written, ask, endpoint


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """An endpoint over 300 triples."""
    async with endpoint(Written(TRIPLES), tmp_path_factory.mktemp("sparql")) as client:
        yield client


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
