"""What lists show beside the name: a date, the values of vocabularies, the links that lead to one thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ontology.model import Kind, LinkField, Property
from res68.pages.filters import dates, vocabularies
from res68.pages.footnotes import named
from res68.pages.labels import kinds_by_enum, name_label
from res68.pages.reader import Reader, Text
from res68.pages.values import worded
from res68.running import Running

MOST = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one column of a row; `id` where it is a thing."""

    label: Text
    text: Text
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of a list."""

    id: str
    label: Text
    cells: tuple[Cell | None, ...]


def columns(kind: Kind) -> list[Property | LinkField]:
    """The columns beside the name; what the name says already has none."""
    ones = [one for one in kind.links.values() if not one.many]
    found: list[Property | LinkField] = [*dates(kind), *vocabularies(kind), *ones]
    return [one for one in found if one.name not in kind.caption][:MOST]


def fields(kind: Kind) -> str:
    """What the columns ask of each thing."""
    return " ".join(
        one.name if isinstance(one, Property) else f"{one.name} {{ ...Named }}" for one in columns(kind)
    )


def line(here: Running, kind: Kind, found: Mapping[str, Any], reader: Reader) -> Line:
    """A row of a list."""
    cells: list[Cell | None] = []
    if kind.abstract:
        label = Text(reader.words["kind"], reader.language)
        cells.append(Cell(label, kinds_by_enum(here.model, reader)[found["kind"]]))
    for column in columns(kind):
        value = found[column.name]
        cells.append(None if value is None else _cell(column, value, reader))
    return Line(found["id"], named(found), tuple(cells))


def _cell(column: Property | LinkField, value: Any, reader: Reader) -> Cell:
    if isinstance(column, Property):
        return Cell(name_label(column, reader), worded(column, value, reader).text)
    return Cell(name_label(column, reader), named(value), value["id"])
