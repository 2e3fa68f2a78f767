"""The containers, which no test can start: every path, port, command and variable is one the code knows."""

import ast
import json
import re
import subprocess
import sys

import pytest
from neo4j import AsyncGraphDatabase

from tests.engines.neo4j_for_tests import NEO4J_5, Neo4jAddress
from tests.house.containers import Value, compose, dockerfile, fill, sources_of
from tests.house.layout import ROOMS, ROOT

PASSWORD = {"RES68_NEO4J_PASSWORD": "only-for-this-test"}
SERVICES = compose()["services"]


def environment(service: str) -> dict[str, str]:
    """What a service finds in its environment once the password is given."""
    said = SERVICES[service]["environment"]
    assert isinstance(said, dict)
    return {name: fill(str(value), PASSWORD) for name, value in said.items()}


def texts(value: Value) -> list[str]:
    assert isinstance(value, list)
    return [str(one) for one in value]


def health_command(service: str) -> list[str]:
    check = SERVICES[service]["healthcheck"]
    assert isinstance(check, dict)
    return texts(check["test"])


def instructions(word: str) -> list[str]:
    return [instruction.rest for instruction in dockerfile() if instruction.word == word]


def command() -> list[str]:
    """What the container runs."""
    (said,) = instructions("CMD")
    words: list[str] = json.loads(said)
    return words


@pytest.mark.parametrize("service", SERVICES)
def test_ports_are_published_to_this_machine_only(service: str) -> None:
    assert all(port.startswith("127.0.0.1:") for port in texts(SERVICES[service]["ports"]))


def test_the_service_waits_until_the_store_is_healthy() -> None:
    assert SERVICES["res68"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert health_command("neo4j")[0] == "CMD-SHELL"


def test_every_image_is_pinned() -> None:
    images = [image.split()[0] for image in instructions("FROM")] + [
        str(one["image"]) for one in SERVICES.values()
    ]
    assert all(re.search(r":\d+\.\d+", image) for image in images)


def test_the_store_is_the_release_that_the_tests_run_on() -> None:
    assert SERVICES["neo4j"]["image"] == f"neo4j:{NEO4J_5.version}-community"


def test_the_password_comes_from_the_environment_and_must_be_given() -> None:
    for service, variable in (("neo4j", "NEO4J_AUTH"), ("res68", "RES68_NEO4J_PASSWORD")):
        said = SERVICES[service]["environment"]
        assert isinstance(said, dict)
        with pytest.raises(KeyError, match="RES68_NEO4J_PASSWORD"):
            fill(str(said[variable]), {})


def test_store_and_service_agree_on_user_password_and_place() -> None:
    service = environment("res68")
    assert (
        environment("neo4j")["NEO4J_AUTH"]
        == f"{service['RES68_NEO4J_USER']}/{service['RES68_NEO4J_PASSWORD']}"
    )
    assert service["RES68_NEO4J_URI"] == "bolt://neo4j:7687"
    assert "127.0.0.1:7687:7687" in texts(SERVICES["neo4j"]["ports"])


def test_what_is_kept_lies_on_volumes() -> None:
    kept = {
        volume.split(":")[0]: volume.split(":")[1]
        for one in SERVICES.values()
        for volume in texts(one["volumes"])
    }
    assert kept == {"neo4j-data": "/data", "res68-data": environment("res68")["RES68_DATA_DIR"]}
    assert compose()["volumes"].keys() == kept.keys()


@pytest.mark.neo4j
async def test_every_setting_of_the_store_is_one_it_knows(neo4j_address: Neo4jAddress) -> None:
    """The image turns NEO4J_a_b__c into the setting a.b_c and refuses to start on an unknown one."""
    named = [name.removeprefix("NEO4J_") for name in environment("neo4j") if name != "NEO4J_AUTH"]
    settings = {name.replace("__", "\0").replace("_", ".").replace("\0", "_") for name in named}
    async with AsyncGraphDatabase.driver(neo4j_address.uri, auth=neo4j_address.auth) as driver:
        found = await driver.execute_query(
            "SHOW SETTINGS YIELD name WHERE name IN $names RETURN name", names=sorted(settings)
        )
    assert {record["name"] for record in found.records} == settings


def test_every_variable_of_the_service_is_a_setting() -> None:
    from res68.settings import Settings

    from_image = [
        word.split("=")[0] for word in " ".join(instructions("ENV")).split() if word.startswith("RES68_")
    ]
    names = {name.removeprefix("RES68_").lower() for name in [*environment("res68"), *from_image]}
    assert names <= Settings.model_fields.keys()


def test_the_service_takes_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from res68.settings import Settings

    for name, value in environment("res68").items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert (settings.host, settings.port) == ("0.0.0.0", 8068)
    assert settings.load is True


def test_the_service_listens_where_its_port_is_published() -> None:
    port = environment("res68")["RES68_PORT"]
    assert texts(SERVICES["res68"]["ports"]) == [f"127.0.0.1:{port}:{port}"]
    assert instructions("EXPOSE") == [port]


def test_the_health_check_asks_for_a_path_that_the_service_has() -> None:
    kind, program, flag, code = health_command("res68")
    assert (kind, program, flag) == ("CMD", "python", "-c")
    ast.parse(code)
    address = re.search(r"http://127\.0\.0\.1:(\d+)(/[\w/]+)", code)
    assert address is not None
    assert address[1] == environment("res68")["RES68_PORT"]
    assert f'"{address[2]}"' in "".join(file.read_text() for file in (ROOT / "res68").glob("*.py"))


def test_the_image_has_every_room_and_the_reference_dataset() -> None:
    copied = [source for one in dockerfile() if one.word == "COPY" for source in sources_of(one)]
    assert sorted(copied) == sorted(["requirements.txt", *ROOMS, "data"])
    assert all((ROOT / source).exists() for source in copied)


def test_the_build_sees_only_what_it_copies() -> None:
    lines = (ROOT / ".dockerignore").read_text().splitlines()
    copied = [source for one in dockerfile() if one.word == "COPY" for source in sources_of(one)]
    assert "*" in lines
    assert sorted(line[1:] for line in lines if line.startswith("!")) == sorted(copied)


def test_the_image_installs_the_lock_and_runs_as_nobody_special() -> None:
    assert any("--require-hashes --requirement requirements.txt" in run for run in instructions("RUN"))
    (user,) = instructions("USER")
    assert user != "root"
    assert any(f"useradd --system --uid 10068 --no-create-home {user}" in run for run in instructions("RUN"))


def test_the_data_directory_belongs_to_the_user_of_the_image() -> None:
    directory = environment("res68")["RES68_DATA_DIR"]
    assert f"RES68_DATA_DIR={directory}" in " ".join(instructions("ENV"))
    assert any(f"--owner {instructions('USER')[0]} {directory}" in run for run in instructions("RUN"))


def test_the_command_of_the_image_is_one_that_the_service_has() -> None:
    assert command()[0] == "python"
    done = subprocess.run(
        [sys.executable, *command()[1:], "--help"], cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
