"""The embedded engine: a store inside this process, in a directory of its own, that speaks Bolt here only.

In the directory: `held` (the lock), `address.json` (where it listens and the password, for the owner only),
`engine/` (the databases and the engine's configuration) and `log/`.
"""

import asyncio
import atexit
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import orjson
from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.engine import EMBEDDED, EngineProfile
from graph.errors import StoreError, StoreHeld, StoreUnavailable
from graph.holding import Holding
from graph.sessions import Connected, Sessions

Result = TypeVar("Result")

DATABASE = "res68"
USER = "root"
BOLT = "Neo4j-Bolt"
SECONDS_TO_CONNECT = 10.0
LOGGING = """\
handlers=java.util.logging.FileHandler
.level=WARNING
java.util.logging.FileHandler.pattern={log}/engine.log
java.util.logging.FileHandler.append=true
java.util.logging.FileHandler.limit=2000000
java.util.logging.FileHandler.count=2
java.util.logging.FileHandler.encoding=UTF-8
java.util.logging.FileHandler.formatter=com.arcadedb.log.LogFormatter
"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the engine listens and the password that lets its owner in."""

    uri: str
    password: str
    process: int


class EmbeddedEngine(Connected):
    """The engine over one data directory; only one process at a time can have it open."""

    profile: EngineProfile = EMBEDDED
    database = DATABASE

    def __init__(self, directory: Path, *, command_timeout: float = 30.0, heap: str = "2g") -> None:
        self.directory = directory.absolute()
        self._milliseconds = int(command_timeout * 1000)
        self._heap = heap
        self._holding = Holding(self.directory)
        self._server: Any = None  # the engine's package ships no types

    async def start(self) -> bool:
        """Open the directory and listen on a free port of this machine; False if it was open already."""
        if self._sessions is not None:
            return False
        try:
            self._make_directories()
            await self._holding.take()
            address = await _whole(self._open)
            driver = AsyncGraphDatabase.driver(
                address.uri,
                auth=(USER, address.password),
                connection_acquisition_timeout=SECONDS_TO_CONNECT,
                telemetry_disabled=True,
            )
            self._sessions = Sessions(driver, DATABASE)
            await driver.verify_connectivity()
        except BaseException as error:
            await self.stop()
            if isinstance(error, DriverError | Neo4jError | OSError):
                raise StoreUnavailable(self._reason(error)) from error
            raise
        return True

    async def define(self, statements: Sequence[str]) -> None:
        """Run SQL definitions one by one; an index is complete when its statement returns."""
        await _whole(self._define, statements)

    async def sql(self, text: str) -> None:
        """Run one SQL command inside the engine."""
        await self.define([text])

    async def stop(self) -> None:
        """Close the driver and the engine, then let go of the directory."""
        await self._close_sessions()
        server, self._server = self._server, None
        if server is not None:
            atexit.unregister(server.stop)
            await _whole(server.stop)
        self._holding.release()

    def _make_directories(self) -> None:
        for directory in (self.directory, self.directory / "engine", self.directory / "log"):
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _open(self) -> Address:
        import arcadedb_embedded  # here: a user of Neo4j needs neither the package nor its Java

        password = self._password()
        _start_java(self.directory / "log", self._heap)
        server = arcadedb_embedded.create_server(
            str(self.directory / "engine"), password, self._configuration()
        )
        try:
            server.start()
            self._server = server
            atexit.register(server.stop)  # what is not stopped keeps Java, and so the process, alive
            java = server._java_server  # the package has no other way to the plugins and to HTTP
            java.getHttpServer().stopService()  # nothing here speaks to it
            server.get_database(DATABASE).set_wal_flush("yes_nometadata")  # or a power cut loses commits
            self._define([f"ALTER DATABASE `arcadedb.command.timeout` {self._milliseconds}"])
            port = next(plugin.getPort() for plugin in java.getPlugins() if str(plugin.getName()) == BOLT)
        except arcadedb_embedded.ArcadeDBError as error:
            raise self._refusal(str(error)) from error
        address = Address(f"bolt://127.0.0.1:{port}", password, os.getpid())
        _write_for_owner(self._address_file, orjson.dumps(address))
        return address

    def _configuration(self) -> dict[str, str | int | bool]:
        """What differs from the engine's defaults; port 0 is any free one."""
        return {
            "server_plugins": f"{BOLT}:com.arcadedb.bolt.BoltProtocolPlugin",
            "server_defaultDatabases": f"{DATABASE}[{USER}]",
            "server_logsDirectory": str(self.directory / "log"),
            "host": "127.0.0.1",
            "bolt_port": 0,
            "http_port": 0,
            "polyglotEngineEnabled": False,
            "opencypher_loadCsv_allowFileUrls": False,
            "opencypher_loadCsv_allowRemoteUrls": False,
        }

    def _define(self, statements: Sequence[str]) -> None:
        import arcadedb_embedded

        if self._server is None:
            raise StoreUnavailable("The store is not open.")
        database = self._server.get_database(DATABASE)
        for statement in statements:
            try:
                database.command("sql", statement)
            except arcadedb_embedded.ArcadeDBError as error:
                raise StoreError(f"The embedded engine refused {statement!r}: {error}") from error

    def _password(self) -> str:
        """The password of this directory; a lost one is replaced, since the directory is the owner's."""
        try:
            return str(orjson.loads(self._address_file.read_bytes())["password"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            (self.directory / "engine" / "config" / "server-users.jsonl").unlink(missing_ok=True)
            password = secrets.token_urlsafe(24)
            _write_for_owner(self._address_file, orjson.dumps({"password": password}))
            return password

    @property
    def _address_file(self) -> Path:
        return self.directory / "address.json"

    def _refusal(self, message: str) -> StoreError:
        if "locked by another process" in message:
            return StoreHeld(
                f"Another process has the database in {self.directory} open: "
                "stop it, or name another directory in RES68_DATA_DIR."
            )
        return StoreUnavailable(f"The database in {self.directory} could not be opened: {message}")

    def _reason(self, error: Exception) -> str:
        if isinstance(error, OSError):
            return (
                f"The data directory {self.directory} cannot be used ({error.strerror or error}): "
                "make it readable and writable, or name another in RES68_DATA_DIR."
            )
        return f"The embedded engine in {self.directory} does not answer: {error}"


async def _whole(work: Callable[..., Result], *arguments: object) -> Result:
    """Run blocking work in a thread to its end, even if the one who waits for it gives up."""
    running = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _start_java(log: Path, heap: str) -> None:
    """Start the Java of this process, once; its first engine says where it writes its log."""
    import jpype
    from arcadedb_embedded.jvm import start_jvm

    if jpype.isJVMStarted():
        return
    settings = log / "logging.properties"
    settings.write_text(LOGGING.format(log=log.as_posix()), encoding="utf-8")
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(log / "crash-%p.log"))
    signals_are_ours = "-Xrs"
    with _silent_stderr():
        start_jvm(heap_size=heap, jvm_args=[f"-Djava.util.logging.config.file={settings}", signals_are_ours])
    # Java's first thread is this one: were it not let go, the process would wait for it at its end.
    jpype.JClass("java.lang.Thread").detach()


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Keep the process's stderr from Java, which greets with a warning that no option turns off."""
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _write_for_owner(path: Path, content: bytes) -> None:
    """Replace a file in one step by one that only its owner can read."""
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
    with os.fdopen(file, "wb") as opened:
        opened.write(content)
    os.replace(name, path)
