"""The reference data read as plain YAML, and a small walk along its trace links, without any engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parents[2] / "data"

Record = dict[str, object]

# Fields whose links point downstream, and the one that points upstream: a conclusion names its meeting.
DOWNSTREAM = (
    "actions",
    "ledTo",
    "opened",
    "setUp",
    "resultedIn",
    "deliverables",
    "carriedBy",
    "recommendation",
    "resolution",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One trace link: from where, to where, and what is known of it."""

    start: str
    field: str
    end: str
    strength: str | None
    prior: bool
    note: str | None


@cache
def records() -> dict[str, Record]:
    """All records of all files by their id."""
    found: dict[str, Record] = {}
    for file in sorted(DATA.glob("*.yaml")):
        for record in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            found[str(record["id"])] = record
    return found


def of_kind(kind: str) -> list[Record]:
    """The records of one kind, by the first part of their ids."""
    return [record for id, record in records().items() if id.startswith(f"{kind}/")]


def links(record: Record, field: str) -> list[Record]:
    """The links under a field, each as a mapping."""
    given = record.get(field, [])
    many = given if isinstance(given, list) else [given]
    return [link if isinstance(link, dict) else {"to": link} for link in many]


@cache
def mentioned() -> dict[str, str]:
    """Which record is meant by an id under which the collected facts name the same thing."""
    return {str(name): id for id, record in records().items() for name in _texts(record.get("mentions"))}


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def resolve(id: str) -> str:
    """The id of the record that has this id or mentions it."""
    return id if id in records() else mentioned()[id]


@cache
def steps() -> dict[str, list[Step]]:
    """The trace links that leave each thing."""
    found: dict[str, list[Step]] = {}
    for id, record in records().items():
        fields = [field for field in (*DOWNSTREAM, "conclusions") if field in record]
        for field in fields:
            for link in links(record, field):
                found.setdefault(id, []).append(_step(id, field, str(link["to"]), link))
        for link in links(record, "meeting") if id.startswith("conclusion/") else []:
            found.setdefault(str(link["to"]), []).append(_step(str(link["to"]), "reached", id, link))
    return found


def _step(start: str, field: str, end: str, link: Record) -> Step:
    strength, note = link.get("strength"), link.get("note")
    return Step(
        start,
        field,
        end,
        None if strength is None else str(strength),
        link.get("priorWork") is True,
        None if note is None else str(note),
    )


def paths(start: str, depth: int = 8) -> Iterator[list[Step]]:
    """Every path that leaves a thing, shorter ones before their continuations."""
    for step in steps().get(start, []):
        yield [step]
        if depth > 1:
            for rest in paths(step.end, depth - 1):
                yield [step, *rest]


def passes(path: list[Step], stops: list[str]) -> bool:
    """Whether a path comes by the stops in this order: as a thing, or as who acted or where."""
    waiting = list(stops)
    for step in path:
        while waiting and waiting[0] in around(step.end):
            waiting.pop(0)
    return not waiting


@cache
def around(id: str) -> frozenset[str]:
    """A thing, and the bodies and events of an act."""
    record = records()[id]
    acts = [str(link["to"]) for field in ("takenBy", "takenAt") for link in links(record, field)]
    return frozenset([id, *acts])


def weakest(path: list[Step]) -> str | None:
    """The strength of a path: that of its weakest step, None where one rests on recollection alone."""
    strengths = {step.strength for step in path}
    return None if None in strengths else "inferred" if "inferred" in strengths else "stated"


def traced(start: str, stops: list[str]) -> set[str | None]:
    """The strengths of the paths from a thing that come by the stops and end at the last of them."""
    return {
        weakest(path)
        for path in paths(resolve(start))
        if passes(path, stops) and not passes(path[:-1], stops)
    }
