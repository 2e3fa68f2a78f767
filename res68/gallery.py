"""The gallery: example operations, one a file in gallery/, each answering a question that users ask."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import orjson

FILES = Path(__file__).parent / "gallery"
OPENING = "what-became-of-a-conclusion"  # what the editor opens with
AUDIENCES = (
    "Study-group counsellor",
    "TSB officer",
    "TSAG delegate",
    "Delegate of a developing country",
    "Evaluator for WTSA",
    "Linked-data consumer",
)
HEADER = re.compile(r"#\s*(title|for|about):\s*(.+)")


@dataclass(frozen=True, slots=True)
class Example:
    """An example operation: what it asks in words, for whom, and how, with variables."""

    name: str
    title: str
    audience: str
    about: str
    query: str
    variables: Mapping[str, object]

    @property
    def variables_text(self) -> str:
        """The variables as one would write them into an editor."""
        return orjson.dumps(self.variables, option=orjson.OPT_INDENT_2).decode() if self.variables else ""


@cache
def gallery() -> tuple[Example, ...]:
    """All examples: by audience, and by name, but the one that the editor opens with comes first."""
    found = [example(file) for file in FILES.glob("*.graphql")]
    return tuple(
        sorted(found, key=lambda one: (AUDIENCES.index(one.audience), one.name != OPENING, one.name))
    )


def example(file: Path) -> Example:
    """The example in a file: comments with its title and so on, then the operation; its variables beside."""
    lines = file.read_text(encoding="utf-8").splitlines()
    said: dict[str, str] = {}
    while lines and (header := HEADER.match(lines[0])) is not None:
        key, text = header.groups()
        said[key] = f"{said[key]} {text}" if key in said else text
        lines.pop(0)
    variables = file.with_suffix(".json")
    return Example(
        name=file.stem,
        title=said["title"],
        audience=said["for"],
        about=said.get("about", ""),
        query="\n".join(lines).strip() + "\n",
        variables=orjson.loads(variables.read_bytes()) if variables.exists() else {},
    )


def by_audience(examples: Sequence[Example]) -> list[tuple[str, list[Example]]]:
    """The examples under the audiences that they are for."""
    return [(audience, list(group)) for audience, group in groupby(examples, key=lambda one: one.audience)]
