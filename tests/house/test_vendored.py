"""The browser's files for GraphiQL are the published ones, unchanged, and those that Strawberry knows."""

import base64
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from tests.house.layout import ROOT

GRAPHIQL = ROOT / "res68" / "static" / "graphiql"
MANIFEST: list[dict[str, str]] = json.loads((GRAPHIQL / "manifest.json").read_text())
NOTES = {"manifest.json", "LICENSES.md"}


def integrity(file: Path) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(file.read_bytes()).digest()).decode()


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_file_is_what_its_package_published(entry: dict[str, str]) -> None:
    assert integrity(GRAPHIQL / entry["file"]) == entry["integrity"]


def test_every_file_is_in_the_manifest() -> None:
    listed = {entry["file"] for entry in MANIFEST}
    assert {file.name for file in GRAPHIQL.iterdir()} - NOTES == listed


def test_every_package_is_named_with_its_licence() -> None:
    licences = (GRAPHIQL / "LICENSES.md").read_text()
    for entry in MANIFEST:
        assert f"{entry['package']} {entry['version']} | {entry['licence']} |" in licences
        assert entry["file"] in licences


def test_they_are_the_versions_that_strawberry_shows() -> None:
    """Strawberry's own page names the same packages with the same hashes: raise them with it."""
    page = files("strawberry").joinpath("static/graphiql.html").read_text()
    assert set(re.findall(r'integrity="([^"]+)"', page)) == {entry["integrity"] for entry in MANIFEST}
