"""What answers SPARQL: a query in, within the limits, over the newest copy; so many queries at once.

* Busy: too many queries are being answered
* UnknownGraph: a query asks a graph that is not here
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from ontology.header import ONTOLOGY
from ontology.namespaces import namespaces
from ontology.publishing import published
from res68.settings import Settings
from res68.sparql.formats import Wanted
from res68.sparql.mirror import Copy, Mirror, Source
from res68.sparql.pool import Reply

SECONDS_FOR_A_TURN = 1.0


class Busy(Exception):
    """Too many queries are being answered."""


class UnknownGraph(Exception):
    """A query asks a graph that is not here; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs that make up its default graph, and those that it can name."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may take and how much its answer may hold."""

    seconds: float
    rows: int
    size: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Those of the settings."""
        return cls(settings.sparql_seconds, settings.sparql_rows, settings.sparql_bytes)


class Sparql:
    """Answers over a mirror. `graphs` are those that queries may name, the first of them the dataset, which
    is asked where a query names none; `base` is what relative IRIs are resolved against."""

    def __init__(
        self,
        mirror: Mirror,
        graphs: tuple[str, ...],
        base: str,
        at_once: int,
    ) -> None:
        self.mirror = mirror
        self.graphs = graphs
        self.base = base
        self._turns = asyncio.Semaphore(at_once)

    def question(self, query: str, default: tuple[str, ...], named: tuple[str, ...]) -> Question:
        """A query about these graphs, or about the dataset where there are none; UnknownGraph."""
        for one in (*default, *named):
            if one not in self.graphs:
                known = ", ".join(f"<{graph}>" for graph in self.graphs)
                raise UnknownGraph(f"There is no graph <{one[:200]}> here: ask {known}, or name none.")
        if not default and not named:
            return Question(query, self.graphs[:1], self.graphs)
        return Question(query, default, named)

    async def ask(self, copy: Copy, question: Question, wanted: Wanted, limits: Limits) -> Reply:
        """The answer; QueryTimeout, WorkerLost or Busy where there is none."""
        request = {
            "query": question.query,
            "base": self.base,
            "default": question.default,
            "named": question.named,
            "table": wanted.table,
            "boolean": wanted.boolean,
            "graph": wanted.graph,
            "rows": limits.rows,
            "bytes": limits.size,
            "seconds": limits.seconds,
            "link": f"{self.base}#limits",
            "prefixes": namespaces(),
        }
        async with self._turn():
            return await copy.pool.ask(request, limits.seconds)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(SECONDS_FOR_A_TURN):
                await self._turns.acquire()
        except TimeoutError:
            raise Busy("Too many queries are being answered: ask again in a few seconds.") from None
        try:
            yield
        finally:
            self._turns.release()


@asynccontextmanager
async def answering(settings: Settings, source: Source) -> AsyncIterator[Sparql]:
    """What answers SPARQL over a source; the copy is made when the first query comes."""
    dataset = f"{settings.base}/dataset"
    memory = settings.sparql_memory * 2**20
    beside = {ONTOLOGY: published("res68.ttl")}
    mirror = Mirror(source, settings.data_dir / "sparql", dataset, memory, beside)
    graphs = (dataset, *beside)
    try:
        yield Sparql(mirror, graphs, f"{settings.base}/sparql", settings.sparql_queries)
    finally:
        await mirror.close()
