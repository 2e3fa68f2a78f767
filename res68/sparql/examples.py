"""The example queries of the page, one a file in examples/, each with its title in a comment."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILES = Path(__file__).parent / "examples"
TITLE = re.compile(r"# (.+)\n")
BASE = "{base}"  # stands for the address that the IRIs of things begin with


@dataclass(frozen=True, slots=True)
class Example:
    """A query and the question that it answers."""

    name: str
    title: str
    query: str


@cache
def examples(base: str) -> tuple[Example, ...]:
    """All of them, in the order of their names."""
    return tuple(_example(file, base) for file in sorted(FILES.glob("*.rq")))


def _example(file: Path, base: str) -> Example:
    text = file.read_text(encoding="utf-8")
    found = TITLE.match(text)
    assert found is not None, file
    return Example(file.stem.partition("-")[2], found[1], text.removeprefix(found[0]).replace(BASE, base))
