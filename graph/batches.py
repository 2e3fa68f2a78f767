"""Rows in portions that a store takes in one message."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

Row = TypeVar("Row")

ROWS = 1_000
SIGNS = 2_000_000  # the embedded engine takes messages of 16 MiB, and a sign has up to four bytes


def batches(rows: Iterable[Row], most: int = ROWS) -> Iterator[list[Row]]:
    """The rows in lists of at most `most`, and of no more text than a message holds."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        weight = signs(row)
        if batch and (len(batch) >= most or size + weight > SIGNS):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += weight
    if batch:
        yield batch


def signs(value: object) -> int:
    """How much text a value holds, about."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(str(key)) + signs(one) for key, one in value.items())
    if isinstance(value, Sequence):
        return sum(signs(one) for one in value)
    return 8
