"""What breaks who asks by the schema of the last release is noted in the CHANGELOG, or refused."""

import re
from pathlib import Path

import orjson
import pytest

from tests.house.layout import ROOT
from tests.node.packages import Run

SCRIPT = Path(__file__).parent / "changes.mjs"
SERVED = ROOT / "schema" / "schema.graphql"
RELEASED = ROOT / "schema" / "released.graphql"
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
VERSION = re.compile(r"^# The schema of release (\d+\.\d+\.\d+):")
SMALL = """
type Query { topics(filter: TopicFilter): [Topic] strength: Strength }
type Topic { iri: String! label: String! }
enum Strength { STATED INFERRED }
input TopicFilter { name: String id: ID }
"""
NOTE = "\n## 0.2.0 - unreleased\n\n### Removed\n\n- `{path}`: nobody had any use of it.\n\n## "


def breaking(node: Run, before: Path, after: Path) -> dict[str, str]:
    """What graphql-inspector calls breaking: the place in the schema, and what happened there."""
    return {one["path"]: one["message"] for one in orjson.loads(node(SCRIPT, before, after))}


def noted(changelog: str) -> set[str]:
    """The places that the newest version of a CHANGELOG names as changed or removed."""
    newest = changelog.split("\n## ")[1]
    parts = re.split(r"^### (.+)$", newest, flags=re.MULTILINE)
    told = dict(zip(parts[1::2], parts[2::2], strict=True))
    return set(re.findall(r"`([A-Za-z_.]+)`", told.get("Changed", "") + told.get("Removed", "")))


def unnoted(changes: dict[str, str], changelog: str) -> dict[str, str]:
    """The changes that a CHANGELOG does not name."""
    return {path: message for path, message in changes.items() if path not in noted(changelog)}


def test_nothing_of_the_last_release_breaks_without_a_note(node: Run) -> None:
    """Name each place under Changed or Removed of the newest version, or leave it as it was."""
    assert unnoted(breaking(node, RELEASED, SERVED), CHANGELOG) == {}


def test_the_last_release_is_one_of_the_changelog() -> None:
    version = VERSION.match(RELEASED.read_text(encoding="utf-8"))
    assert version
    assert f"\n## {version[1]} - " in CHANGELOG


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("iri: String!", "address: String!", "Topic.iri"),
        ("iri: String!", "iri: String", "Topic.iri"),
        ("label: String!", "label(in: Int!): String!", "Topic.label.in"),
        ("label: String!", "label: ID!", "Topic.label"),
        ("INFERRED", "GUESSED", "Strength.INFERRED"),
        ("name: String", "title: String", "TopicFilter.name"),
        ("(filter: TopicFilter)", "", "Query.topics.filter"),
    ],
)
def test_a_change_that_breaks_is_refused_until_it_is_noted(
    node: Run, tmp_path: Path, before: str, after: str, path: str
) -> None:
    changes = changed(node, tmp_path, before, after)
    assert list(changes) == [path]
    assert unnoted(changes, CHANGELOG) == changes
    assert unnoted(changes, CHANGELOG.replace("\n## ", NOTE.format(path=path), 1)) == {}


def test_what_is_added_breaks_nothing(node: Run, tmp_path: Path) -> None:
    assert changed(node, tmp_path, "label: String!", "label(in: Int): String! more: Int") == {}


def changed(node: Run, directory: Path, before: str, after: str) -> dict[str, str]:
    """What a change of the small schema breaks."""
    old, new = directory / "old.graphql", directory / "new.graphql"
    assert before in SMALL
    old.write_text(SMALL, encoding="utf-8")
    new.write_text(SMALL.replace(before, after), encoding="utf-8")
    return breaking(node, old, new)
