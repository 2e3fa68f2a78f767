"""A Neo4j server that somebody else runs."""

from collections.abc import Sequence

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError

from graph.engine import NEO4J, EngineProfile
from graph.errors import StoreUnavailable
from graph.sessions import Connected, Sessions

OLDEST = (5, 23)  # the first with CALL (x) { }
SCHEMES = tuple(f"{scheme}{security}" for scheme in ("bolt", "neo4j") for security in ("", "+s", "+ssc"))
SECONDS_TO_CONNECT = 10.0
SECONDS_FOR_INDEXES = 300


class Neo4jServer(Connected):
    """A Neo4j at an address; it is never started or stopped from here, only connected to."""

    profile: EngineProfile = NEO4J

    def __init__(
        self, uri: str, user: str | None = None, password: str | None = None, database: str = "neo4j"
    ) -> None:
        self.uri = uri
        self.database = database
        self._auth = (user, password or "") if user is not None else None

    async def start(self) -> bool:
        """Connect to a server that is new enough and has the database; False if it was connected already."""
        if self._sessions is not None:
            return False
        if self.uri.partition("://")[0] not in SCHEMES:
            raise StoreUnavailable(self._no_address())
        try:
            driver = AsyncGraphDatabase.driver(
                self.uri,
                auth=self._auth,
                connection_timeout=SECONDS_TO_CONNECT,
                connection_acquisition_timeout=SECONDS_TO_CONNECT,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
            self._sessions = Sessions(driver, self.database)
            await self._greet(driver)
        except (DriverError, Neo4jError, ValueError, OSError) as error:
            await self.stop()
            raise StoreUnavailable(self._reason(error)) from error
        except BaseException:
            await self.stop()
            raise
        return True

    async def define(self, statements: Sequence[str]) -> None:
        """Run the Cypher definitions whose names are new, in one transaction, and wait for the indexes."""
        async with self.driver.session(database=self.database) as session:
            shown = await session.run("SHOW INDEXES YIELD name RETURN collect(name) AS names")
            there = set((await shown.single(strict=True))["names"])
            async with await session.begin_transaction() as transaction:
                for statement in statements:
                    if _defined(statement) not in there:
                        await (await transaction.run(statement)).consume()
                await transaction.commit()
            await (await session.run("CALL db.awaitIndexes($seconds)", seconds=SECONDS_FOR_INDEXES)).consume()

    async def stop(self) -> None:
        """Close the driver."""
        await self._close_sessions()

    async def _greet(self, driver: AsyncDriver) -> None:
        async with driver.session(database=self.database, default_access_mode=READ_ACCESS) as session:
            summary = await (await session.run("RETURN 1")).consume()
        version = summary.server.agent.removeprefix("Neo4j/")
        if _number(version) < OLDEST:
            oldest = ".".join(str(part) for part in OLDEST)
            raise StoreUnavailable(f"Neo4j at {self.uri} is {version}: {oldest} or newer is needed.")

    def _reason(self, error: Exception) -> str:
        match error:
            case AuthError():
                return (
                    f"Neo4j at {self.uri} did not accept the user or the password: "
                    "set RES68_NEO4J_USER and RES68_NEO4J_PASSWORD."
                )
            case ClientError() if "Database" in str(error.code):
                return f"Neo4j at {self.uri} has no database {self.database!r}: set RES68_NEO4J_DATABASE."
            case ConfigurationError() | ValueError():
                return self._no_address()
        return f"Neo4j at {self.uri} does not answer: is it running, and is the address right?"

    def _no_address(self) -> str:
        return f"{self.uri!r} is no address of a Neo4j: write bolt://host:7687 or neo4j://host:7687."


def _defined(statement: str) -> str:
    """The name that a definition gives; a constraint has an index of the same name."""
    return statement.partition(" IF NOT EXISTS")[0].rpartition(" ")[2]


def _number(version: str) -> tuple[int, ...]:
    """The first two parts of a version as numbers: (5, 26) for 5.26.31."""
    parts = (part for part in version.split(".")[:2])
    return tuple(int(part) for part in parts if part.isdigit())
