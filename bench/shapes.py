"""The real records as the generator needs them: plain values, and which of them there can be more of."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from graph.errors import DataProblems
from graph.files import data_files, read_file
from graph.problems import Problems

Record: TypeAlias = "dict[str, object]"

# Of these the world has as many as it has. What grows around them makes hubs of them, as it does in life:
# nine conclusions in ten are addressed to ITU-T at large.
FIXED = frozenset({"bureau", "country", "country-group", "region", "sector", "study-period"})


def real_records(directory: Path) -> list[Record]:
    """The records of a dataset directory; DataProblems where they cannot be read."""
    problems = Problems()
    files = data_files([directory], problems)
    records = [
        {key: given.value for key, given in raw.fields.items()}
        for name, path in files
        for raw in read_file(name, path, problems)
    ]
    if problems.violations:
        raise DataProblems(problems.violations)
    return records


def kind_key(thing: str) -> str:
    """The kind in an id."""
    return thing.partition("/")[0]


def growing(records: Iterable[Record]) -> list[Record]:
    """The records of the kinds of which there can be more."""
    return [record for record in records if kind_key(str(record["id"])) not in FIXED]


def repeated(records: Sequence[Record], name: str) -> frozenset[object]:
    """The values that more than one thing of a kind has in this field: they name nothing by themselves."""
    seen: set[tuple[str, object]] = set()
    found: set[object] = set()
    for record in records:
        value = record.get(name)
        if isinstance(value, str):
            key = (kind_key(str(record["id"])), value)
            if key in seen:
                found.add(value)
            seen.add(key)
    return frozenset(found)
