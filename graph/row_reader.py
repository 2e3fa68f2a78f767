"""Reading the rows of a whole store, batch by batch, in the order of ids and of one version."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from graph.errors import StoreUnavailable
from graph.rows import Columns, Row, bounds, columns, kinds_in_order, page
from graph.store import Store
from ontology.mapping import RdfMapping

FIRST, SIZE = 50, 500  # rows a statement: few at first, so that the first byte comes soon


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind in the order of their ids."""

    columns: Columns
    rows: list[Row]


class RowReader:
    """Reads all rows of a store; while a batch is used the next one is read.

    `kinds`: the names of the kinds that are wanted, else all; `persons`: whether properties that name
    persons are read. `version` is known from the first batch on.
    """

    def __init__(
        self, store: Store, mapping: RdfMapping, *, kinds: Sequence[str] | None = None, persons: bool = True
    ) -> None:
        self.store = store
        self.version = ""
        self._left = [columns(kind, persons=persons) for kind in kinds_in_order(mapping, kinds)]
        self._after: str | None = None
        self._size = FIRST

    async def batches(self) -> AsyncIterator[Batch]:
        """All batches; StoreUnavailable where another version takes the place of the first meanwhile."""
        ahead = asyncio.create_task(self._next())
        try:
            while (batch := await ahead) is not None:
                ahead = asyncio.create_task(self._next())
                await asyncio.sleep(0)  # so that the statement is on its way while this batch is used
                yield batch
        finally:
            ahead.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await ahead

    async def _next(self) -> Batch | None:
        """The next batch that is not empty."""
        while self._left:
            wanted, size = self._left[0], self._size
            after = bounds(wanted.kind)[0] if self._after is None else self._after
            rows = await self._page(wanted, after, size)
            if len(rows) == size:
                self._after, self._size = str(rows[-1][0]), SIZE
            else:
                self._left.pop(0)
                self._after = None
            if rows:
                return Batch(wanted, rows)
        return None

    async def _page(self, wanted: Columns, after: str, size: int) -> list[Row]:
        """One page of rows, if it is of the version that all others are of."""
        reading = await self.store.read(page(wanted, after, size))
        self.version = self.version or reading.version
        if reading.version != self.version:
            raise StoreUnavailable(
                f"The dataset {self.version} was replaced by {reading.version} while it was read: ask again."
            )
        found = reading.row[0]
        assert isinstance(found, list)
        return found
