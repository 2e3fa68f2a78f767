"""One trace told as a tree: each step once, under the step that it followed from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ontology.model import Model
from res68.pages.asking import EVIDENCE, NAMED, STEPS
from res68.pages.footnotes import Cited, Footnotes, named
from res68.pages.labels import kinds_by_enum, name_label
from res68.pages.reader import Reader, Text
from res68.pages.ties import STRENGTHS

TRACE = f"""\
query Example($from: ID!, $language: Language!) {{
  trace(from: $from) {{ origin {{ ...Named }} ...Steps }}
}}
{NAMED}{EVIDENCE}{STEPS % 20}"""
ORIGIN = "conclusion/CTO-2009-C6"
NOTHING = Text("")
SUREST_FIRST = tuple(STRENGTHS.values())


@dataclass(frozen=True, slots=True)
class Row:
    """A thing on a trace. `above`: the row it followed from, None for the origin; `by`: which bodies did it,
    `who`: the same by their keys; `at`: at which event; `strength`: the name of the words for that of the
    link that led here."""

    id: str
    kind: Text
    label: Text
    depth: int
    above: int | None
    link: Text = NOTHING
    strength: str = ""
    date: str = ""
    by: tuple[Text, ...] = ()
    who: str = ""
    at: tuple[Text, ...] = ()
    note: str = ""
    prior: bool = False
    sources: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """What it takes to tell a trace to a reader."""

    model: Model
    reader: Reader
    notes: Footnotes

    def tell(self, origin: Mapping[str, Any], trace: Mapping[str, Any], most: int) -> tuple[list[Row], int]:
        """The rows of a trace as the API answered it, at most so many, and how many more there are."""
        kinds = kinds_by_enum(self.model, self.reader)
        rows = [Row(origin["id"], kinds[origin["kind"]], named(origin), 0, None)]
        found: dict[tuple[int, str], int] = {}
        for path in trace["paths"]:
            at = 0
            for step in path["steps"]:
                key = (at, step["link"]["id"])
                if key not in found:
                    found[key] = len(rows)
                    rows.append(self._row(step, kinds, rows[at].depth + 1, at))
                at = found[key]
        return _as_tree(rows, most), max(0, len(rows) - most)

    def _row(self, step: Mapping[str, Any], kinds: Mapping[str, Text], depth: int, above: int) -> Row:
        link, thing = step["link"], step["thing"]
        return Row(
            id=thing["id"],
            kind=kinds[thing["kind"]],
            label=named(thing),
            depth=depth,
            above=above,
            link=name_label(self.model.link_types[link["type"]], self.reader),
            strength=STRENGTHS[None if link["unverified"] else link["strength"]],
            date=self.reader.date(link["date"] or thing.get("date")),
            by=tuple(map(named, step["takenBy"])),
            who=", ".join(body["id"].partition("/")[2] for body in step["takenBy"]),
            at=tuple(map(named, step["takenAt"])),
            note=link["note"] or "",
            prior=link["priorWork"] is True,
            sources=self.notes.cite(link["sources"]),
        )


def _as_tree(rows: Sequence[Row], most: int) -> list[Row]:
    """The rows in the order of the tree, each after the one it followed from, cut to the first so many."""
    kept = list(_walk(rows, 0))[:most]
    places = {old: new for new, old in enumerate(kept)}
    return [_moved(rows[old], places) for old in kept]


def _walk(rows: Sequence[Row], at: int) -> Iterable[int]:
    """A row and all that followed from it, what sources state first."""
    yield at
    below = [number for number, row in enumerate(rows) if row.above == at]
    for number in sorted(below, key=lambda one: SUREST_FIRST.index(rows[one].strength)):
        yield from _walk(rows, number)


def _moved(row: Row, places: Mapping[int, int]) -> Row:
    return replace(row, above=None if row.above is None else places[row.above])
