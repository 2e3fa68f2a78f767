"""Where the copies lie: a directory for each process, which the next to come clears when it was killed."""

import asyncio
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from graph.errors import StoreHeld
from graph.holding import Holding

SECONDS_TO_SETTLE = 60.0  # a directory that is younger may be held any moment


@asynccontextmanager
async def own_place(parent: Path) -> AsyncIterator[Path]:
    """A directory of this process alone, removed at the end."""
    for other in _older(parent):
        await _clear(other)
    place = _made(parent)
    holding = Holding(place)
    await holding.take(0)
    try:
        yield place
    finally:
        holding.release()
        await _remove(place)


def _older(parent: Path) -> list[Path]:
    until = time.time() - SECONDS_TO_SETTLE
    return [one for one in parent.glob("*") if one.stat().st_mtime < until]


def _made(parent: Path) -> Path:
    place = parent / secrets.token_hex(4)
    place.mkdir(parents=True)
    return place


async def _clear(other: Path) -> None:
    """Remove a directory, unless a process holds it."""
    holding = Holding(other)
    try:
        await holding.take(0)
    except StoreHeld:
        return
    holding.release()
    await _remove(other)


async def _remove(place: Path) -> None:
    await asyncio.to_thread(shutil.rmtree, place, ignore_errors=True)
