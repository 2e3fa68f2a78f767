"""Every SPARQL query of the pages finds something in the reference dataset."""

import pytest
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat
from pyoxigraph import Store as Triples

from graph.export import Export
from ontology.header import ONTOLOGY
from ontology.model import reference
from ontology.publishing import published
from schema.service import Service
from tests.docs.pages import pages

BASE = "http://127.0.0.1:8068"
QUERIES = [
    (f"{page.name} {number}", text) for page in pages() for number, text in enumerate(page.of("sparql"), 1)
]


@pytest.fixture(scope="module")
async def triples(service: Service) -> Triples:
    """The reference dataset as triples."""
    parts = [part async for part in Export(service.store, reference(), BASE).stream("nt")]
    found = Triples()
    found.bulk_load(b"".join(parts), RdfFormat.N_TRIPLES)
    found.bulk_load(path=published("res68.ttl"), format=RdfFormat.TURTLE, to_graph=NamedNode(ONTOLOGY))
    return found


@pytest.mark.parametrize(("place", "query"), QUERIES, ids=[place for place, _ in QUERIES])
def test_a_query_in_sparql_finds_something(triples: Triples, place: str, query: str) -> None:
    found = triples.query(query, base_iri=f"{BASE}/sparql")
    assert isinstance(found, QuerySolutions)
    assert next(found, None) is not None, place
