"""Comunica finds over a file, over the endpoint and over documents what the endpoint answers itself."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from res68.running import Running
from tests.http.service import client_of
from tests.node.packages import Run

PREFIXES = """\
PREFIX r68: <https://w3id.org/res68/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
QUERIES = {
    "conclusions of each meeting": """\
SELECT ?meeting (COUNT(?conclusion) AS ?number) { ?meeting r68:reached ?conclusion } GROUP BY ?meeting""",
    "stated acts": """\
SELECT ?conclusion ?act {
  ?link a r68:Link ; rdf:subject ?conclusion ; rdf:predicate r68:ledTo ; rdf:object ?act .
  ?link r68:strength r68:strength-stated . ?conclusion a r68:Conclusion
}""",
    "names in Chinese": """\
SELECT ?country ?name { ?country a r68:Country ; skos:prefLabel ?name FILTER(LANG(?name) = "zh") }""",
    "dates of three precisions": """\
SELECT ?type (COUNT(?act) AS ?number) {
  ?act a r68:Action ; dcterms:date ?date BIND(DATATYPE(?date) AS ?type)
} GROUP BY ?type""",
}
ACTS = "SELECT ?act {{ <{base}/id/conclusion/CTO-2009-C6> r68:ledTo ?act }}"
HERE = Path(__file__).parent
Rows = list[tuple[str, ...]]


def rows(answer: bytes) -> Rows:
    """The rows of a SPARQL JSON result, in one order."""
    result: dict[str, Any] = orjson.loads(answer)
    names = result["head"]["vars"]
    return sorted(tuple(row[name]["value"] for name in names) for row in result["results"]["bindings"])


def comunica(node: Run, query: str, *sources: dict[str, str]) -> Rows:
    """What Comunica finds in these sources."""
    asked = orjson.dumps({"sources": list(sources), "query": PREFIXES + query})
    return rows(node(HERE / "query.mjs", asked.decode()))


async def ours(client: httpx.AsyncClient, query: str) -> Rows:
    """What the endpoint answers."""
    response = await client.get(
        "/sparql", params={"query": PREFIXES + query}, headers={"Accept": "application/sparql-results+json"}
    )
    assert response.status_code == 200, response.text
    return rows(response.content)


@pytest.mark.slow
@pytest.mark.parametrize("name", QUERIES)
async def test_a_file_and_the_endpoint_answer_alike(
    client: httpx.AsyncClient, node: Run, exports: dict[str, Path], name: str
) -> None:
    expected = await ours(client, QUERIES[name])
    assert expected
    assert comunica(node, QUERIES[name], {"type": "file", "value": str(exports["ttl"])}) == expected


@pytest.mark.slow
async def test_comunica_can_ask_the_endpoint(client: httpx.AsyncClient, node: Run, here: Running) -> None:
    query = QUERIES["stated acts"]
    source = {"type": "sparql", "value": f"{client.base_url}/sparql"}
    found = await asyncio.to_thread(comunica, node, query, source)
    assert found == await ours(client, query)


@pytest.mark.slow
async def test_comunica_finds_in_a_document_what_the_endpoint_says_of_the_thing(
    client: httpx.AsyncClient, node: Run, here: Running
) -> None:
    base = here.settings.base
    expected = await ours(client, ACTS.format(base=base))
    assert expected
    async with client_of(here, at_home=True) as documents:
        home = str(documents.base_url).rstrip("/")
        for suffix in ("ttl", "nt", "jsonld", "rdf"):
            source = {"type": "file", "value": f"{home}/doc/conclusion/CTO-2009-C6.{suffix}"}
            found = await asyncio.to_thread(comunica, node, ACTS.format(base=home), source)
            assert [(act.replace(home, base),) for (act,) in found] == expected, suffix
        source = {"type": "file", "value": f"{home}/id/conclusion/CTO-2009-C6"}
        found = await asyncio.to_thread(comunica, node, ACTS.format(base=home), source)
        assert len(found) == len(expected)
