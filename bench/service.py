"""The service as it is measured: the real application under uvicorn in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import httpx
import psutil

ROOT = Path(__file__).parents[1]
SECONDS_TO_START = 900.0
SECONDS_TO_ANSWER = 300.0
BETWEEN_LOOKS = 0.02
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
LIMITS = {"RES68_LIMIT_SECONDS": "120", "RES68_LOG_FORMAT": "json"}  # a slow answer is a figure too


class BenchError(Exception):
    """The benchmark cannot go on; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service that runs: its client, its process and, where it is ours, that of its store.

    `ready`: seconds from the start of the process to the first answer of /health/ready that says ready.
    """

    client: httpx.Client
    process: psutil.Process
    store: psutil.Process | None
    ready: float

    def cpu(self) -> tuple[float, float]:
        """Seconds of CPU so far: of the service, and of a store in another process."""
        return spent(self.process), spent(self.store) if self.store else 0.0

    def ask(self, text: str, variables: Mapping[str, object]) -> dict[str, object]:
        """The data of an answer."""
        answer = self.client.post("/graphql", json={"query": text, "variables": variables}).json()
        if answer.get("errors") or "data" not in answer:
            raise BenchError(f"a question was not answered: {answer.get('errors', answer)}")
        found: dict[str, object] = answer["data"]
        return found


def spent(process: psutil.Process) -> float:
    """Seconds of CPU that a process has used."""
    times = process.cpu_times()
    return float(times.user + times.system)


@contextmanager
def running(
    settings: Mapping[str, str], store: psutil.Process | None, directory: Path = ROOT
) -> Iterator[Service]:
    """The service over a store that is loaded, from its start until it is stopped."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "res68.app:create_app", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "warning"]
    with (
        TemporaryFile("w+") as said,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=SECONDS_TO_ANSWER) as client,
    ):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=directory, env=environment(settings), stdout=said, stderr=subprocess.STDOUT
        )
        try:
            if not until_ready(client, process):
                said.seek(0)
                raise BenchError(f"the service did not get ready: {said.read()[-2000:]}")
            ready = time.perf_counter() - began
            yield Service(client, psutil.Process(process.pid), store, ready)
        finally:
            end(process)


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process of ours: none of the user's settings of Res68, but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RES68_")}
    return {**kept, **LIMITS, **settings}


def until_ready(client: httpx.Client, process: subprocess.Popen[bytes]) -> bool:
    """Wait until the service says that it is ready; False where it ends or takes too long."""
    until = time.perf_counter() + SECONDS_TO_START
    while time.perf_counter() < until and process.poll() is None:
        try:
            if client.get("/health/ready").status_code == 200:
                return True
        except httpx.TransportError:
            pass  # it does not listen yet
        time.sleep(BETWEEN_LOOKS)
    return False


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process in order, or else at once."""
    process.terminate()
    try:
        process.wait(60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass(frozen=True, slots=True)
class Done:
    """A command that came to its end: the seconds that it took, and its largest memory in MB."""

    seconds: float
    memory: float


def command(arguments: list[str], settings: Mapping[str, str]) -> Done:
    """Run a command of Res68 to its end."""
    began = time.perf_counter()
    with TemporaryFile("w+") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "res68", *arguments],
            cwd=ROOT,
            env=environment(settings),
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise BenchError(f"res68 {arguments[0]} failed: {said.read()[-2000:]}")
    return Done(time.perf_counter() - began, usage.ru_maxrss * RSS_UNIT / 2**20)


def free_port() -> int:
    """A port of this machine that nothing listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
