"""The seam between the project and its two engines: what each can do, and how it is started and stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from neo4j import AsyncDriver

from graph.sessions import Lent


class Definition(Enum):
    """The language in which constraints and indexes are defined."""

    CYPHER = "cypher"
    SQL = "sql"


@dataclass(frozen=True, slots=True)
class EngineProfile:
    """The true differences between the engines; whoever writes Cypher asks here and nowhere else.

    `fulltext_call` asks a full-text index: its name is $index, the question $query.
    `shortest_path` is a pattern with {} in place of the path, for str.format.
    `server_timeout` says that the server itself ends a statement when the driver asks it to.
    `exclusive` says that only the process that started it can be in it at that moment.
    `relationship_constraints` says that a relationship is found by its own id without a scan.
    `explains` says that it shows how it would run a statement.
    """

    name: str
    definition: Definition
    fulltext_call: str
    shortest_path: str
    server_timeout: bool
    exclusive: bool
    relationship_constraints: bool
    explains: bool

    def fulltext_index(self, property_name: str, label: str = "Thing") -> str:
        """The name under which the full-text index of a property is asked."""
        if self.definition is Definition.SQL:
            return f"{label}[{property_name}]"
        return f"{label.lower()}_{property_name}"


FULLTEXT_CALL = "CALL db.index.fulltext.queryNodes($index, $query) YIELD node, score"

NEO4J = EngineProfile(
    name="neo4j",
    definition=Definition.CYPHER,
    fulltext_call=FULLTEXT_CALL,
    shortest_path="shortestPath({})",
    server_timeout=True,
    exclusive=False,
    relationship_constraints=True,
    explains=True,
)

EMBEDDED = EngineProfile(
    name="embedded",
    definition=Definition.SQL,
    fulltext_call=FULLTEXT_CALL,
    shortest_path="shortestPath({})",
    server_timeout=False,
    exclusive=True,
    relationship_constraints=False,
    explains=False,
)


class Engine(Protocol):
    """A store that has been, or can be, started: the official driver talks to it."""

    @property
    def profile(self) -> EngineProfile:
        """What the engine can do."""
        ...

    @property
    def driver(self) -> AsyncDriver:
        """The driver, open between `start` and `stop`."""
        ...

    def reading(self) -> Lent:
        """A session that reads, for one use."""
        ...

    @property
    def database(self) -> str:
        """The database to name with every session."""
        ...

    async def start(self) -> bool:
        """Open the store and the driver; False if they were open. A StoreError says why they cannot be."""
        ...

    async def define(self, statements: Sequence[str]) -> None:
        """Run statements of the profile's definition language and wait for the indexes."""
        ...

    async def stop(self) -> None:
        """Close the driver and what `start` opened; may be called twice."""
        ...
