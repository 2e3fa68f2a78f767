"""Every link of the pages leads somewhere, every file that they name exists, every drawing says something."""

import re
import tomllib

import pytest

from tests.docs.pages import Page, page, pages
from tests.house.layout import ROOMS, ROOT

PAGES = pytest.mark.parametrize("one", pages(), ids=lambda one: str(one.name))
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir()}
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
DRAWN_FILE = re.compile(r"\b[\w]+\.py\b")
BIGGEST_PICTURE = 300_000


@PAGES
def test_a_relative_link_leads_to_a_file_and_to_a_heading_of_it(one: Page) -> None:
    lost = []
    for link in one.links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (one.path.parent / path).resolve() if path else one.path
        if not target.exists() or (anchor and anchor not in Page(target).anchors):
            lost.append(link)
    assert lost == []


@PAGES
def test_every_file_that_is_named_exists(one: Page) -> None:
    named = [
        code for code in one.codes if PATH.fullmatch(code) and code.split("/")[0] in FOLDERS and "/" in code
    ]
    assert [code for code in named if not (ROOT / code).exists()] == []


@PAGES
def test_a_drawing_is_not_empty(one: Page) -> None:
    for drawing in one.of("mermaid"):
        assert re.match(r"flowchart (LR|TB)\n", drawing)
        assert "-->" in drawing


def test_the_rooms_are_drawn_with_files_that_they_have() -> None:
    drawing = page("ARCHITECTURE.md").of("mermaid")[0]
    drawn = dict(re.findall(r"subgraph (\w+)\[.*?\]\n(.*?)\n    end", drawing, re.DOTALL))
    assert tuple(reversed(drawn)) == ROOMS
    for room, inside in drawn.items():
        missing = [name for name in DRAWN_FILE.findall(inside) if not (ROOT / room / name).exists()]
        assert missing == []
        assert all((ROOT / room / folder).is_dir() for folder in re.findall(r"\b(\w+)/", inside))


@PAGES
def test_a_picture_is_small_enough_to_be_fetched(one: Page) -> None:
    pictures = [one.path.parent / link for link in one.links if link.endswith(".png")]
    assert all(picture.stat().st_size < BIGGEST_PICTURE for picture in pictures)


def test_decisions_are_numbered_without_a_gap_and_titled_with_their_number() -> None:
    found = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(path.name[:4]) for path in found] == list(range(1, len(found) + 1))
    for path in found:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]}: "), path.name


def test_decisions_that_are_named_exist() -> None:
    known = {path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")}
    for one in pages():
        assert set(re.findall(r"\b(00\d\d)\b", one.prose)) <= known, one.name


def test_the_changelog_has_the_version_of_the_project() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[?([\d.]+)\]?", page("CHANGELOG.md").text, re.MULTILINE)
    assert headings[0] == version


def test_every_test_folder_is_told() -> None:
    told = {
        code for row in page("CONTRIBUTING.md").rows("Folder", "Needs", "Says") for code in row[0].split("`")
    }
    folders = {
        f"tests/{path.parent.relative_to(ROOT / 'tests').parts[0]}"
        for path in (ROOT / "tests").glob("*/test_*.py")
    }
    assert folders - told == set()
