"""The history of a store, page by page: what each load created, changed and removed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.statement import Statement
from graph.store import Store

KEY = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(\d{1,6})")
COLUMNS = "j.at, j.sequence, j.version, j.created, j.changed, j.removed"
PAGES = Statement(f"MATCH (j:Journal) RETURN {COLUMNS} ORDER BY j.at, j.sequence")
CHANGES = f"MATCH (j:Journal) WHERE j.at = $at AND j.sequence = $sequence RETURN {COLUMNS}, j.changes"


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a load that is never changed: when it was, the dataset version that it led to, and how many
    things and links it created, changed and removed."""

    at: str
    sequence: int
    version: str
    created: int
    changed: int
    removed: int

    @property
    def key(self) -> str:
        """The page in an address: 20161025T081500000Z-0."""
        return f"{re.sub('[-:.]', '', self.at)}-{self.sequence}"


@dataclass(frozen=True, slots=True)
class Change:
    """What a load did to a thing or link: `op` is create, change or remove; records are those of the
    interchange format."""

    op: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        before, after = self.before or {}, self.after or {}
        names = sorted({*before, *after} - {"id"})
        return tuple(name for name in names if before.get(name) != after.get(name))


async def pages(store: Store) -> list[Page]:
    """All pages, the oldest first."""
    return [_page(row) for row in await store.rows(PAGES)]


async def page(store: Store, key: str) -> tuple[Page, Sequence[Change]] | None:
    """A page with its changes in their order; None where there is none of this key."""
    found = KEY.fullmatch(key)
    if found is None:
        return None
    year, month, day, hour, minute, second, thousandth, sequence = found.groups()
    at = f"{year}-{month}-{day}T{hour}:{minute}:{second}.{thousandth}Z"
    rows = await store.rows(Statement(CHANGES, {"at": at, "sequence": int(sequence)}))
    if not rows:
        return None
    lines = str(rows[0][-1]).splitlines()
    return _page(rows[0][:-1]), [Change(**orjson.loads(line)) for line in lines]


def _page(row: Sequence[Any]) -> Page:
    return Page(*row)
