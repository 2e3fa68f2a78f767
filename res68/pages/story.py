"""One trace told as a tree: each step once, under the step that it followed from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

TRACE = """\
query Example($from: ID!) {
  trace(from: $from) {
    origin { id kind label }
    paths(first: 20) {
      steps {
        link { id type strength date note priorWork sources { label url } }
        thing { id kind label ... on Action { date } ... on Document { date } }
        takenBy { id label }
        takenAt { label }
      }
    }
  }
}
"""
ORIGIN = "conclusion/CTO-2009-C6"
STRENGTHS = {"stated": "stated by a source", "inferred": "inferred", None: "not verified"}
SUREST_FIRST = tuple(STRENGTHS)
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class Row:
    """A thing on a trace. `above`: the row it followed from, None for the origin; `by`: which bodies did it,
    `who`: the same by their keys; `at`: at which event; `strength`: of the link that led here; `sources`:
    addresses with titles."""

    id: str
    kind: str
    label: str
    depth: int
    above: int | None
    link: str = ""
    strength: str | None = None
    date: str = ""
    by: str = ""
    who: str = ""
    at: str = ""
    note: str = ""
    prior: bool = False
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def strength_in_words(self) -> str:
        """How sure the step is, for people."""
        return STRENGTHS[self.strength]


def tell(trace: Mapping[str, Any], kinds: Mapping[str, str], most: int) -> tuple[list[Row], int]:
    """The rows of a trace as GraphQL answered it, at most so many, and how many more there are.

    `kinds`: what each member of the enum Kind is called.
    """
    rows = [_origin(trace["origin"], kinds)]
    found: dict[tuple[int, str], int] = {}
    for path in trace["paths"]:
        at = 0
        for step in path["steps"]:
            key = (at, step["link"]["id"])
            if key not in found:
                found[key] = len(rows)
                rows.append(_row(step, kinds, rows[at].depth + 1, at))
            at = found[key]
    return _as_tree(rows, most), max(0, len(rows) - most)


def in_words(date: str | None) -> str:
    """A date of any precision for people: 19 November 2012, November 2012, 2012."""
    if not date:
        return ""
    year, *rest = date.split("-")
    parts = [year, *(MONTHS[int(month) - 1] for month in rest[:1]), *(str(int(day)) for day in rest[1:])]
    return " ".join(reversed(parts))


def _origin(thing: Mapping[str, Any], kinds: Mapping[str, str]) -> Row:
    return Row(thing["id"], kinds[thing["kind"]], thing["label"], 0, None)


def _row(step: Mapping[str, Any], kinds: Mapping[str, str], depth: int, above: int) -> Row:
    link, thing = step["link"], step["thing"]
    return Row(
        id=thing["id"],
        kind=kinds[thing["kind"]],
        label=thing["label"],
        depth=depth,
        above=above,
        link=link["type"].replace("_", " ").lower(),
        strength=link["strength"].lower() if link["strength"] else None,
        date=in_words(link["date"] or thing.get("date")),
        by=_labels(step["takenBy"]),
        who=", ".join(body["id"].partition("/")[2] for body in step["takenBy"]),
        at=_labels(step["takenAt"]),
        note=link["note"] or "",
        prior=link["priorWork"] is True,
        sources=tuple((source["url"], source["label"]) for source in link["sources"] if source["url"]),
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


def _labels(things: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(thing["label"] for thing in things)
