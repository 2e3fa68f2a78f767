"""A real Neo4j for tests: its jars kept in the user's cache, its process on a free port of this machine."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
START_SECONDS = 180
HEAP = "2g"  # enough for a load of 300,000 elements in one transaction
PAGE_CACHE = 128  # MiB
OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")


@dataclass(frozen=True, slots=True)
class Release:
    """A version of Neo4j and the Java versions that it runs on."""

    version: str
    java: tuple[int, int]


NEO4J_5 = Release("5.26.31", (17, 21))
NEO4J_2026 = Release("2026.09.0", (21, 25))


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """Where a Neo4j is and how to be let in; without a user it asks for no password."""

    uri: str
    user: str | None = None
    password: str | None = None
    database: str = "neo4j"

    @property
    def auth(self) -> tuple[str, str] | None:
        """What the driver takes as `auth`."""
        return (self.user, self.password or "") if self.user is not None else None


class Neo4jNotToBeHad(Exception):
    """This machine cannot run the release; the message is one line that says what is missing."""


class Neo4jProcess:
    """A Neo4j in a process of its own: started, stopped, or killed and started again on the same home."""

    def __init__(
        self, release: Release, home: Path, *, heap: str = HEAP, page_cache: int = PAGE_CACHE
    ) -> None:
        self.release = release
        self.home = home
        self.heap = heap
        self.page_cache = page_cache
        self.port = free_port()
        self._process: subprocess.Popen[str] | None = None

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None, "this Neo4j is not running"
        return self._process.pid

    def start(self) -> None:
        """Return when the server answers; a server that does not come up is an error with its last words."""
        command = self._command()
        self.home.mkdir(parents=True, exist_ok=True)
        with self._console.open("a") as console:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=console, text=True
            )
        if not self._said_ready(self._process):
            self.kill()
            raise RuntimeError(f"Neo4j {self.release.version} did not start:\n{self._last_words()}")

    def stop(self) -> None:
        """Shut down in order. The end of its input is the sign: it works on every system."""
        if self._process is None:
            return
        process, self._process = self._process, None
        try:
            process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()

    def kill(self) -> None:
        """End it without warning, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    @property
    def _console(self) -> Path:
        return self.home / "console.log"

    def _command(self) -> list[str]:
        opened = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
        path = str(jars(self.release) / "*")
        program = str(HERE / "Neo4jForTests.java")
        return [
            java_for(self.release),
            f"-Xmx{self.heap}",
            *opened,
            "-cp",
            path,
            program,
            str(self.home),
            str(self.port),
            str(self.page_cache),
        ]

    def _said_ready(self, process: subprocess.Popen[str]) -> bool:
        assert process.stdout is not None, "the output is a pipe"
        overdue = threading.Timer(START_SECONDS, process.kill)
        overdue.start()
        try:
            return process.stdout.readline() == "ready\n"
        finally:
            overdue.cancel()

    def _last_words(self) -> str:
        return "\n".join(self._console.read_text(errors="replace").splitlines()[-20:])


@contextmanager
def running_neo4j(
    release: Release, *, heap: str = HEAP, page_cache: int = PAGE_CACHE
) -> Iterator[Neo4jProcess]:
    """An empty Neo4j of that release, gone with all its files afterwards (so it need not save them)."""
    with tempfile.TemporaryDirectory(prefix="res68-neo4j-", ignore_cleanup_errors=True) as home:
        process = Neo4jProcess(release, Path(home), heap=heap, page_cache=page_cache)
        process.start()
        try:
            yield process
        finally:
            process.kill()


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def java_for(release: Release) -> str:
    """The program `java` of a development kit of a version that the release runs on."""
    lowest, highest = release.java
    for java in _javas():
        if lowest <= java_version(java) <= highest:
            return java
    raise Neo4jNotToBeHad(f"Neo4j {release.version} needs a JDK {lowest} to {highest}, and none was found")


def java_version(java: str) -> int:
    """The feature version of a Java: 17 for 17.0.15; 0 when it does not even start."""
    try:
        said = subprocess.run(
            [java, "-version"], capture_output=True, text=True, timeout=60, check=True
        ).stderr
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(\d+)', said)
    return int(found.group(1)) if found else 0


def _javas() -> Iterator[str]:
    """Only Javas that come with a compiler: they run a program from its source."""
    for folder in _java_folders():
        if (folder / "javac").is_file():
            yield str(folder / "java")


def _java_folders() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home) / "bin"
    if on_path := shutil.which("java"):
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin"))


def jars(release: Release) -> Path:
    """The folder of the release's jars, fetched once by Maven and kept in the user's cache."""
    kept = cache() / f"neo4j-{release.version}"
    if not kept.is_dir():
        _fetch(release, kept)
    return kept


def cache() -> Path:
    """The folder where this project keeps what it fetched."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "res68"


def _fetch(release: Release, kept: Path) -> None:
    """Fetch beside the place and move there in one step: a broken fetch leaves nothing, two do not mix."""
    maven = shutil.which("mvn")
    if maven is None:
        raise Neo4jNotToBeHad(f"Neo4j {release.version} is fetched with Maven, and mvn was not found")
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=f"{kept.name}-") as beside:
        _copy_jars(maven, release, Path(beside) / "lib")
        try:
            (Path(beside) / "lib").rename(kept)
        except OSError:
            if not kept.is_dir():  # it is there when another run was quicker, and that one will do
                raise


def _copy_jars(maven: str, release: Release, into: Path) -> None:
    goal = ["dependency:copy-dependencies", f"-Dneo4j.version={release.version}", f"-DoutputDirectory={into}"]
    command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), *goal]
    print(f"fetching the jars of Neo4j {release.version} with Maven ...", file=sys.stderr)
    done = subprocess.run(command, capture_output=True, text=True, timeout=1200, check=False)
    if done.returncode != 0:
        why = next((line for line in done.stdout.splitlines() if "ERROR" in line), "no reason given")
        raise Neo4jNotToBeHad(f"Maven could not fetch Neo4j {release.version}: {why}")
