"""The pages of the project as a reader meets them: their blocks, tables, links and headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.house.layout import ROOT

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language and its text."""

    language: str
    text: str


@dataclass(frozen=True)
class Page:
    """A page in Markdown."""

    path: Path

    @property
    def name(self) -> str:
        """The path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """All of it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def prose(self) -> str:
        """The page without its fenced blocks."""
        return FENCE.sub("", self.text)

    @property
    def blocks(self) -> list[Block]:
        """The fenced blocks in their order."""
        return [Block(*found) for found in FENCE.findall(self.text)]

    def of(self, language: str) -> list[str]:
        """The texts of the blocks in a language."""
        return [block.text for block in self.blocks if block.language == language]

    @property
    def links(self) -> list[str]:
        """Where its links and pictures lead."""
        return [target or address for target, address in LINK.findall(self.prose)]

    @property
    def codes(self) -> list[str]:
        """What stands between backticks in the prose."""
        return CODE.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """The names by which its headings can be linked to."""
        return {
            re.sub(r"[^\w\- ]", "", found.lower()).replace(" ", "-") for found in HEADING.findall(self.prose)
        }

    def rows(self, *head: str) -> list[list[str]]:
        """The rows of all tables with these headings."""
        wanted = list(head)
        return [row for table in self.tables() if table[0] == wanted for row in table[2:]]

    def tables(self) -> Iterator[list[list[str]]]:
        """Its tables: each a list of rows, of which the first has the headings."""
        for found in re.findall(r"(?:^\|.*\|\n)+", self.prose, re.MULTILINE):
            yield [[cell.strip() for cell in line.strip("|").split("|")] for line in found.splitlines()]


def page(name: str) -> Page:
    """The page at a path from the root."""
    return Page(ROOT / name)


def pages() -> list[Page]:
    """All pages that the project has for its readers."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").glob("*.md")]
    return [Page(path) for path in sorted(found)]
