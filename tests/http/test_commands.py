"""The commands: what they say when something is wrong, how they end, and what a pipe gets."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.engines.neo4j_for_tests import Neo4jAddress
from tests.house.layout import ROOT
from tests.http.commands import Place, place


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """A place of the test's own."""
    return place(tmp_path)


def sentence(done: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """The one line that a command says when it fails."""
    assert done.returncode == code, done
    (line,) = done.stderr.splitlines()
    assert line.endswith((".", "?"))
    return line


def test_a_taken_port_is_named(here: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = sentence(here.run("serve", RES68_PORT=str(port)))
    assert f"Port {port} of 127.0.0.1 is taken" in said
    assert "RES68_PORT" in said


def test_an_address_of_another_machine_is_refused(here: Place) -> None:
    assert "RES68_HOST" in sentence(here.run("serve", RES68_HOST="192.0.2.1"))


def test_a_data_directory_that_is_a_file_is_named(here: Place, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    said = sentence(here.run("serve", RES68_DATA_DIR=str(file)))
    assert str(file) in said
    assert "RES68_DATA_DIR" in said


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read any directory")
def test_a_data_directory_that_cannot_be_read_is_named(here: Place) -> None:
    here.data_dir.mkdir(mode=0o000)
    assert "RES68_DATA_DIR" in sentence(here.run("serve"))


def test_a_store_that_another_process_holds_is_said_to_be_held(here: Place) -> None:
    with here.serving() as service:
        service.address()
        said = [sentence(here.run(*command)) for command in (("serve",), ("load",), ("dump", "out"))]
    assert all("Another process" in one and str(here.data_dir) in one for one in said)


def test_a_neo4j_that_does_not_answer_is_named(here: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        uri = f"bolt://127.0.0.1:{unused.getsockname()[1]}"
    for command in ("serve", "load"):
        said = sentence(here.run(command, RES68_NEO4J_URI=uri))
        assert f"Neo4j at {uri} does not answer" in said


def settings_of(address: Neo4jAddress) -> dict[str, str]:
    """The settings that name a Neo4j."""
    settings = {"RES68_NEO4J_URI": address.uri, "RES68_NEO4J_DATABASE": address.database}
    if address.user:
        settings |= {"RES68_NEO4J_USER": address.user, "RES68_NEO4J_PASSWORD": address.password or ""}
    return settings


@pytest.mark.neo4j
def test_a_neo4j_that_was_loaded_before_is_served_as_it_is(here: Place, neo4j_address: Neo4jAddress) -> None:
    settings = settings_of(neo4j_address)
    loaded = here.run("load", **settings)
    assert loaded.returncode == 0, loaded
    with here.serving(**settings, RES68_DATASETS=str(here.datasets / "elsewhere")) as service:
        body = json.dumps({"query": "{ organizations { totalCount nodes { id } } }"}).encode()
        request = urllib.request.Request(
            f"{service.address()}/graphql", body, {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            found = json.load(answer)["data"]["organizations"]
    assert found == {"totalCount": 1, "nodes": [{"id": "organization/example"}]}


@pytest.mark.neo4j
async def test_a_database_of_others_is_not_touched(here: Place, neo4j_address: Neo4jAddress) -> None:
    from neo4j import AsyncGraphDatabase

    settings = settings_of(neo4j_address)
    async with AsyncGraphDatabase.driver(neo4j_address.uri, auth=neo4j_address.auth) as driver:
        found = await driver.execute_query(
            "MATCH (n) RETURN count(n) AS all, count(CASE WHEN n:Dataset THEN 1 END) AS ours",
            database_=neo4j_address.database,
        )
        if found.records[0]["all"] and not found.records[0]["ours"]:
            pytest.skip("the database holds data of others")
        await driver.execute_query("MATCH (n) DETACH DELETE n", database_=neo4j_address.database)
        await driver.execute_query("CREATE (:SomebodyElses)", database_=neo4j_address.database)
        try:
            said = sentence(here.run("load", **settings))
        finally:
            left = await driver.execute_query(
                "MATCH (n) DETACH DELETE n RETURN count(n) AS n", database_=neo4j_address.database
            )
    assert "--adopt" in said
    assert left.records[0]["n"] == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("RES68_PORT", "many", "RES68_PORT cannot be 'many'"),
        ("RES68_PROT", "1", "did you mean RES68_PORT?"),
        ("RES68_TRUSTED_DOCUMENTS", "/no/such/directory", "RES68_TRUSTED_DOCUMENTS"),
    ],
)
def test_a_wrong_setting_is_named(here: Place, name: str, value: str, said: str) -> None:
    done = here.run("serve", **{name: value})
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


BAD = """\
- id: organization/example
  name: {en: Example Telecom}
  organizationType: nonsense
  nmae: x
"""


@pytest.mark.parametrize("command", ["check", "load", "serve"])
def test_problems_of_the_data_are_listed_with_place_and_remedy(tmp_path: Path, command: str) -> None:
    done = place(tmp_path, {"organizations.yaml": BAD}).run(command)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert "organizations.yaml:3: organization/example: organizationType:" in said
    assert "organizations.yaml:4: organization/example: nmae:" in said
    assert "Traceback" not in said


def test_a_directory_without_data_is_named(here: Place, tmp_path: Path) -> None:
    done = here.run("check", str(tmp_path / "missing"))
    assert done.returncode == 1
    assert "missing: there is no such directory" in done.stdout


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_service_cleanly(here: Place, by: signal.Signals) -> None:
    with here.serving() as service:
        address = service.address()
        with urllib.request.urlopen(f"{address}/health/ready") as answer:
            assert answer.status == 200
        assert service.end(by) == (0, "")


@pytest.mark.parametrize("seconds", [0.5, 1.0, 2.0])
def test_a_signal_while_it_starts_leaves_no_traceback(here: Place, seconds: float) -> None:
    with here.serving() as service:
        code, errors = service.after(seconds).end(signal.SIGINT)
    assert code in (0, 130, -signal.SIGINT)
    assert "Traceback" not in errors


def test_a_pipe_hears_nothing_of_progress(here: Place) -> None:
    done = here.run("load")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_what_is_dumped_can_be_loaded_elsewhere(here: Place, tmp_path: Path) -> None:
    assert here.run("load").returncode == 0
    dumped = tmp_path / "dumped"
    assert here.run("dump", str(dumped)).returncode == 0
    elsewhere = Place(tmp_path / "elsewhere", dumped)
    first, second = here.run("load"), elsewhere.run("load")
    assert first.stdout.split()[-1] == second.stdout.split()[-1]


def test_a_dump_does_not_write_over_what_is_there(here: Place) -> None:
    here.run("load")
    assert "is there already" in sentence(here.run("dump", str(here.datasets)))


def test_a_dump_of_nothing_says_so(here: Place, tmp_path: Path) -> None:
    assert "no dataset" in sentence(here.run("dump", str(tmp_path / "dumped")))


@pytest.mark.parametrize(("form", "begins"), [("graphql", "type Query {"), ("cypher", "CREATE CONSTRAINT ")])
def test_the_schema_is_printed(here: Place, form: str, begins: str) -> None:
    done = here.run("schema", form)
    assert (done.returncode, done.stderr) == (0, "")
    assert begins in done.stdout


def test_a_command_that_does_not_exist_is_refused(here: Place) -> None:
    done = here.run("swerve")
    assert done.returncode == 2
    assert "serve" in done.stderr


def test_an_import_does_nothing() -> None:
    heavy = ("neo4j", "strawberry", "uvicorn", "arcadedb_embedded")
    code = f"import sys, res68, res68.commands; print([n for n in {heavy} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")
