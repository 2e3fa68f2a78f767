"""Several processes serve as one: they start and end together, and one that dies is started again."""

import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import psutil
import pytest

from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.http.commands import Place, Serving, place

SECONDS = 60.0


def settings(address: Neo4jAddress) -> dict[str, str]:
    """What tells a service of this Neo4j, and to load."""
    given = {
        "RES68_NEO4J_URI": address.uri,
        "RES68_NEO4J_USER": address.user,
        "RES68_NEO4J_PASSWORD": address.password,
        "RES68_NEO4J_DATABASE": address.database,
        "RES68_LOAD": "1",
        "RES68_WORKERS": "2",
        "RES68_LOG_FORMAT": "json",
    }
    return {name: value for name, value in given.items() if value is not None}


def workers(serving: Serving) -> list[psutil.Process]:
    """The processes that serve."""
    return [
        one
        for one in psutil.Process(serving.process.pid).children()
        if one.status() != psutil.STATUS_ZOMBIE and "res68.worker" in one.cmdline()
    ]


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


def told(address: str) -> set[str]:
    """The numbers of the processes whose metrics are told."""
    return set(
        re.findall(r'process_start_time_seconds\{worker="(\d+)"\}', httpx.get(f"{address}/metrics").text)
    )


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """A place of the test's own."""
    return place(tmp_path)


@pytest.mark.neo4j
def test_several_workers_serve_as_one(here: Place, neo4j_address: Neo4jAddress) -> None:
    with here.serving(**settings(neo4j_address)) as serving:
        address = serving.address()
        first = workers(serving)
        assert len(first) == 2
        until(lambda: told(address) == {"1", "2"})
        first[0].kill()
        until(lambda: len(workers(serving)) == 2 and first[0] not in workers(serving))
        until(lambda: told(address) == {"1", "2"})
        answer = httpx.post(f"{address}/graphql", json={"query": "{ dataset { version } }"})
        assert "errors" not in answer.json()
        last = workers(serving)
        code, errors = serving.end(signal.SIGTERM)
    assert code == 0
    assert "a worker died and is started again" in errors
    assert "Traceback" not in errors
    assert not [one for one in last if one.is_running()]


@pytest.mark.neo4j
def test_no_worker_outlives_a_parent_that_is_killed(here: Place, neo4j_address: Neo4jAddress) -> None:
    with here.serving(**settings(neo4j_address)) as serving:
        serving.address()
        left = workers(serving)
        serving.process.kill()
        until(lambda: not any(one.is_running() for one in left))


def test_the_embedded_engine_lives_in_one_process(here: Place) -> None:
    done = here.run("serve", "--workers", "2")
    assert done.returncode == 1
    assert "name a Neo4j in RES68_NEO4J_URI" in done.stderr
