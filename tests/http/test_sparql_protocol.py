"""The SPARQL 1.1 protocol: what the W3C's tests of it ask of an endpoint, as far as one can that only reads.

Each row says in our words what the test of that name does (w3c/rdf-tests, sparql11/protocol).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx
import pytest
from httpx import QueryParams
from pyoxigraph import RdfFormat, parse

from tests.http.sparql_small import DATASET, Written, endpoint

PLACE = "http://kasei.us/2009/09/sparql/data"
DATA = [f"{PLACE}/data{number}.rdf" for number in range(4)]
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
QUADS = "".join(f"<{one}> {TYPE} <http://xmlns.com/foaf/0.1/Document> <{one}> .\n" for one in DATA[1:])
FORM = {"content-type": "application/x-www-form-urlencoded"}
QUERY = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
UTF16 = {name: f"{kind}; charset=UTF-16" for kind in QUERY.values() for name in QUERY}
TYPED = [f"<{one}> a ?type" for one in DATA]
IN_DEFAULT = f"ASK {{ {TYPED[1]} . {TYPED[2]} . }}"
IN_NAMED = f"ASK {{ GRAPH ?g1 {{ {TYPED[1]} }} GRAPH ?g2 {{ {TYPED[2]} }} }}"
IN_BOTH = f"ASK {{ {TYPED[3]} GRAPH ?g1 {{ {TYPED[1]} }} GRAPH ?g2 {{ {TYPED[2]} }} }}"
OVERRIDDEN = f"ASK FROM <{DATA[3]}> {{ GRAPH ?g1 {{ {TYPED[1]} }} GRAPH ?g2 {{ {TYPED[2]} }} }}"
Pairs = list[tuple[str, str]]


def graphs(*numbers: int, kind: str = "default-graph-uri") -> Pairs:
    return [(kind, DATA[number]) for number in numbers]


@dataclass(frozen=True)
class Case:
    """A request: what is in the address, the headers, the body; and the answer that it must have."""

    name: str
    expected: str
    address: Pairs = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    body: str | bytes | None = None
    method: str = "POST"


NAMED = graphs(1, 2, kind="named-graph-uri")
ZERO = graphs(0)
CASES = [
    Case("query_post_form", "yes", ZERO, FORM, "query=ASK%20%7B%7D"),
    Case("query_dataset_default_graphs_get", "yes", [("query", IN_DEFAULT), *graphs(1, 2)], method="GET"),
    Case("query_dataset_default_graphs_post", "yes", graphs(1, 2), QUERY, IN_DEFAULT),
    Case("query_dataset_named_graphs_post", "yes", NAMED, QUERY, IN_NAMED),
    Case("query_dataset_named_graphs_get", "yes", [("query", IN_NAMED), *NAMED], method="GET"),
    Case("query_dataset_full", "yes", [*graphs(3), *NAMED], QUERY, IN_BOTH),
    Case("query_multiple_dataset", "yes", NAMED, QUERY, OVERRIDDEN),
    Case("query_get", "yes", [("query", "ASK {}"), *ZERO], method="GET"),
    Case("query_content_type_select", "table", ZERO, QUERY, "SELECT (1 AS ?value) {}"),
    Case("query_content_type_ask", "boolean", ZERO, QUERY, "ASK {}"),
    Case("query_content_type_describe", "graph", ZERO, QUERY, "DESCRIBE <http://example.org/>"),
    Case("query_content_type_construct", "graph", ZERO, QUERY, "CONSTRUCT { <s> <p> 1 } WHERE {}"),
    Case("query_post_direct", "yes", [], QUERY, "ASK {}"),
    Case("bad_query_method", "refused", [("query", "ASK {}"), *ZERO], FORM, method="PUT"),
    Case("bad_multiple_queries", "refused", [("query", "ASK {}"), ("query", "SELECT * {}")], method="GET"),
    Case("bad_query_wrong_media_type", "refused", [], {"content-type": "text/plain"}, "ASK {}"),
    Case("bad_query_missing_form_type", "refused", [], {}, "query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "refused", [], {}, "ASK {}"),
    Case("bad_query_non_utf8", "refused", [], UTF16, "ASK {}".encode("utf-16")),
    Case("bad_query_syntax", "refused", [("query", "ASK {")], method="GET"),
    Case("bad_update_get", "refused", [("update", "CLEAR ALL")], method="GET"),
    Case("bad_multiple_updates", "refused", [], FORM, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"),
    Case("bad_update_wrong_media_type", "refused", [], {"content-type": "text/plain"}, "CLEAR NAMED"),
    Case("bad_update_missing_form_type", "refused", [], {}, "update=CLEAR%20NAMED"),
    Case(
        "bad_update_non_utf8",
        "refused",
        [],
        {"content-type": "application/sparql-update; charset=UTF-16"},
        "CLEAR NAMED".encode("utf-16"),
    ),
    Case("bad_update_syntax", "refused", [], FORM, "update=CLEAR%20XYZ"),
    Case(
        "bad_update_dataset_conflict",
        "refused",
        [("using-named-graph-uri", "http://example/people")],
        UPDATE,
        "WITH <http://example/addresses> DELETE { ?s ?p 'Bill' } WHERE { ?s ?p 'Bill' }",
    ),
    # What succeeds at an endpoint that writes is refused here, for that reason and no other.
    Case("update_dataset_default_graph", "read only", graphs(1, kind="using-graph-uri"), UPDATE, "CLEAR ALL"),
    Case(
        "update_dataset_default_graphs", "read only", graphs(1, 2, kind="using-graph-uri"), UPDATE, "DROP ALL"
    ),
    Case(
        "update_dataset_named_graphs",
        "read only",
        graphs(1, kind="using-named-graph-uri"),
        UPDATE,
        "DROP ALL",
    ),
    Case("update_dataset_full", "read only", graphs(1, kind="using-graph-uri"), UPDATE, "DROP ALL"),
    Case("update_post_form", "read only", [], FORM, "update=CLEAR+ALL"),
    Case("update_post_direct", "read only", [], UPDATE, "CLEAR ALL"),
    Case("update_base_uri", "read only", [], UPDATE, "INSERT DATA { <s> <p> <test> }"),
]


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    """An endpoint with the graphs of the W3C's tests."""
    directory = tmp_path_factory.mktemp("protocol")
    async with endpoint(Written(QUADS), directory, (DATASET, *DATA)) as client:
        yield client


def test_every_test_of_the_w3c_is_here_once() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 34


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
async def test_the_protocol_of_the_w3c(case: Case, client: httpx.AsyncClient) -> None:
    answer = await client.request(
        case.method,
        "/sparql",
        params=QueryParams(tuple(case.address)),
        headers=case.headers,
        content=case.body,
    )
    media_type = answer.headers["content-type"].partition(";")[0]
    match case.expected:
        case "refused":
            assert 400 <= answer.status_code < 500
            assert media_type == "application/problem+json"
            assert answer.json()["status"] == answer.status_code
        case "read only":
            assert answer.status_code == 403
            assert "answers queries only" in answer.json()["detail"]
        case "graph":
            assert answer.status_code == 200
            found = RdfFormat.from_media_type(media_type)
            assert found is not None
            assert len(list(parse(answer.content, found))) == (1 if "CONSTRUCT" in str(case.body) else 0)
        case "table":
            assert answer.json()["results"]["bindings"][0]["value"]["value"] == "1"
        case _:
            assert media_type == "application/sparql-results+json"
            assert answer.json()["boolean"] is True
