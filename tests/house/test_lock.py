"""The lock: everything pinned with hashes, in step with pyproject.toml, and free of download addresses."""

import json
import re
import tomllib
from importlib.metadata import version

import pytest

from tests.house.layout import ROOT, tracked_files

LOCKS = ("requirements.txt", "requirements-otel.txt", "requirements-dev.txt")
PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;]+)(?: ;[^\\]+)? \\$")
OTHER_LOCKS = {
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "pylock.toml",
    "Pipfile.lock",
    "package-lock.json",
    "yarn.lock",
}
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host| @ ")


def pins(lock: str) -> dict[str, str]:
    """What a lock pins: name to version."""
    lines = (ROOT / lock).read_text().splitlines()
    return {found[1]: found[2] for line in lines if (found := PINNED.match(line))}


def asked_for() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by the lock that must have it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run = project["project"]["dependencies"]
    groups = project["dependency-groups"]
    traced = [*run, *groups["otel"]]
    tools = [one for one in groups["dev"] if isinstance(one, str)]
    return {
        "requirements.txt": run,
        "requirements-otel.txt": traced,
        "requirements-dev.txt": [*traced, *tools],
    }


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower().replace(".", "-").replace("_", "-")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert ADDRESS.findall((ROOT / lock).read_text()) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_pin_or_its_hashes(lock: str) -> None:
    for line in (ROOT / lock).read_text().splitlines():
        assert PINNED.match(line) or re.match(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$|^ *#", line), line


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_all_that_the_project_asks_for(lock: str) -> None:
    assert {name_of(requirement) for requirement in asked_for()[lock]} <= pins(lock).keys()


def test_the_service_runs_on_the_versions_that_were_tested() -> None:
    tested = pins("requirements-dev.txt")
    for lock in LOCKS:
        assert {name: tested.get(name) for name in pins(lock)} == pins(lock)


def test_the_fast_codec_belongs_to_the_driver() -> None:
    """The Rust extension replaces files of the driver of exactly its own version."""
    assert version("neo4j-rust-ext").rpartition(".")[0] == version("neo4j")


def test_a_lock_of_another_kind_has_hashes_and_no_addresses() -> None:
    others = [file for file in tracked_files() if file.name in OTHER_LOCKS]
    assert {file.name for file in others} == {"package-lock.json"}
    for file in others:
        packages = json.loads(file.read_text(encoding="utf-8"))["packages"]
        installed = [one for path, one in packages.items() if path]
        assert len(installed) > 100
        assert all("integrity" in one and "resolved" not in one for one in installed)
