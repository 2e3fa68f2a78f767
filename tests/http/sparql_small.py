"""SPARQL over a handful of triples: the real application, real workers, a source that a test writes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import httpx

from graph.errors import StoreUnavailable
from ontology.model import reference
from res68.gallery import gallery
from res68.kept import KeptAnswers
from res68.opening import store_of
from res68.running import Running, known_documents, service_of
from res68.settings import read_settings
from res68.sparql.mirror import Mirror
from res68.sparql.service import Sparql
from res68.telemetry.metrics import Metrics
from schema.service import Service
from tests.http.service import client_of

BASE = "https://example.org"
DATASET = f"{BASE}/dataset"
TRIPLES = "".join(
    f'<{BASE}/id/thing/{number:03}> <{BASE}/is> "number {number}"@en .\n' for number in range(300)
)
EVERYTHING = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


@dataclass
class Written:
    """A source whose triples and version a test sets; without a version it has nothing to read."""

    text: str
    now: str | None = "1"

    async def version(self) -> str | None:
        """The version that the test has set."""
        return self.now

    async def triples(self) -> AsyncIterator[bytes]:
        """The triples in small pieces."""
        if self.now is None:
            raise StoreUnavailable("Nothing is here.")
        data = self.text.encode()
        for start in range(0, len(data), 1_000):
            yield data[start : start + 1_000]


@cache
def unasked() -> Service:
    """What answers GraphQL, over a store that is never opened: made once, since that takes seconds."""
    settings = read_settings({})
    return service_of(settings, store_of(settings), reference())


@asynccontextmanager
async def endpoint(
    source: Written, directory: Path, graphs: tuple[str, ...] = (), **settings: object
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service over such a source; the store of the service is not open. With `graphs` the
    source writes N-Quads."""
    given = {f"RES68_{name.upper()}": str(value) for name, value in settings.items()}
    chosen = read_settings({"RES68_BASE_IRI": BASE, "RES68_DATA_DIR": str(directory), **given})
    mirror = Mirror(source, directory / "sparql", "" if graphs else DATASET, chosen.sparql_memory * 2**20)
    sparql = Sparql(mirror, graphs or (DATASET,), f"{BASE}/sparql", chosen.sparql_queries)
    service = unasked()
    documents = known_documents(chosen)
    metrics = Metrics(service)
    answers = KeptAnswers(service, 0, 0)
    here = Running(
        chosen, service.model, service.store, service, gallery(), documents, sparql, metrics, answers
    )
    try:
        async with client_of(here) as client:
            yield client
    finally:
        await mirror.close()


async def ask(client: httpx.AsyncClient, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    """What a GET of this query answers."""
    return await client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})
