"""The servers that Res68 is measured beside, each in a process of its own: the peer, and the bare route."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson
import psutil

from bench.peer_schema import peer_schema
from bench.service import BenchError, end, environment, free_port
from bench.stores import Store
from ontology.model import Model

PEER_DIRECTORY = Path(__file__).parent / "peer_server"


@dataclass(frozen=True, slots=True)
class Floor:
    """What the bare route runs for a question: texts, and for each of its variables their parameters."""

    texts: list[str]
    parameters: list[list[dict[str, object]]]


@contextmanager
def process(
    command: Sequence[str | Path], settings: Mapping[str, str], ready: str
) -> Iterator[psutil.Process]:
    """A server in a process of its own, once it has said that it is ready."""
    made = subprocess.Popen(
        command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert made.stdout is not None
        said = []
        for line in made.stdout:
            said.append(line)
            if ready in line:
                break
        else:
            raise BenchError(f"{command[0]} did not start: {''.join(said)[-2000:]}")
        yield psutil.Process(made.pid)
    finally:
        end(made)  # type: ignore[arg-type] # a process is a process, whatever its output is


@contextmanager
def peer_running(store: Store, directory: Path) -> Iterator[tuple[psutil.Process, str]]:
    """The peer and its address."""
    schema, port = directory / "peer.graphql", free_port()
    schema.write_text(peer_schema(Model.load()), encoding="utf-8")
    installed = directory / "peer"
    shutil.copytree(PEER_DIRECTORY, installed, ignore=shutil.ignore_patterns("node_modules"))
    subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        cwd=installed,
        check=True,
        capture_output=True,
    )
    settings = {
        "PEER_SCHEMA": str(schema),
        "PEER_PORT": str(port),
        "NEO4J_URI": store.settings["RES68_NEO4J_URI"],
        "NODE_ENV": "production",
    }
    with process(["node", installed / "server.mjs"], settings, "ready") as started:
        yield started, f"http://127.0.0.1:{port}/"


@contextmanager
def floor_running(
    store: Store, directory: Path, texts: Mapping[str, Floor]
) -> Iterator[tuple[psutil.Process, str]]:
    """The bare route and its address."""
    file, port = directory / "statements.json", free_port()
    file.write_bytes(orjson.dumps({name: one.texts for name, one in texts.items()}))
    command = [sys.executable, "-m", "uvicorn", "--factory", "bench.floor:create_app", "--port", str(port)]
    settings = {"FLOOR_STATEMENTS": str(file), "FLOOR_URI": store.settings["RES68_NEO4J_URI"]}
    with process([*command, "--no-access-log"], environment(settings), "Uvicorn running") as started:
        yield started, f"http://127.0.0.1:{port}/"
