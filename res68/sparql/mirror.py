"""The copy of the dataset that SPARQL asks: made from the export, and replaced whole by a newer one.

* NotReady: there is no copy to ask now; the message says why
"""

import asyncio
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import structlog

from graph.errors import StoreError
from res68.sparql.places import own_place
from res68.sparql.pool import Pool, end, start

SECONDS_TO_WAIT = 30.0  # for the first copy; a newer one is not waited for
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_UNTIL_NEXT_TRY = 5.0

NOTHING: Mapping[str, Path] = {}

log = structlog.get_logger("res68")


class NotReady(Exception):
    """There is no copy to ask now; the message says why."""


class Source(Protocol):
    """What a copy is made from."""

    async def version(self) -> str | None:
        """The version that can be read now, if any."""

    def triples(self) -> AsyncIterator[bytes]:
        """The whole of it as N-Triples; a StoreError where it is replaced meanwhile."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A version of the dataset with the workers over it; `known` is what was found out about it once."""

    version: str
    pool: Pool
    known: dict[object, object] = field(default_factory=dict)


class Mirror:
    """The newest copy that is whole. `graph` is the graph that holds it; "" where N-Quads say which.
    `beside` are files of Turtle that every copy has too, with the graphs that hold them."""

    def __init__(
        self, source: Source, directory: Path, graph: str, memory: int, beside: Mapping[str, Path] = NOTHING
    ) -> None:
        self._source, self._directory, self._graph, self._memory = source, directory, graph, memory
        self._beside = [part for name, path in beside.items() for part in (str(path), name)]
        self._copy: Copy | None = None
        self._seen: tuple[float, str | None] = (-SECONDS_BETWEEN_LOOKS, None)
        self._making: asyncio.Task[None] | None = None
        self._failed = (-SECONDS_UNTIL_NEXT_TRY, "")
        self._opened = AsyncExitStack()
        self._place: Path | None = None

    @asynccontextmanager
    async def held(self) -> AsyncIterator[Copy]:
        """The copy to ask, which stays while it is held; NotReady where there is none. One that is out of
        date is used until the next is made, which this sets going."""
        copy = await self._newest()
        async with copy.pool.held():
            yield copy

    async def prepare(self) -> None:
        """Have a copy of the newest version made, without waiting for it."""
        version = await self._version()
        if self._copy is None or version not in (None, self._copy.version):
            self._set_going()

    async def _newest(self) -> Copy:
        await self.prepare()
        if self._copy is None and self._making is not None:
            await asyncio.wait([self._making], timeout=SECONDS_TO_WAIT)
        if self._copy is None:
            raise NotReady(self._reason())
        return self._copy

    async def close(self) -> None:
        """End what runs and remove what was made."""
        if self._making is not None:
            self._making.cancel()
            await asyncio.wait([self._making])
        if self._copy is not None:
            await self._copy.pool.close()
        await self._opened.aclose()

    async def _version(self) -> str | None:
        """The version in the store, looked up once a second at most; None where it does not say."""
        at, version = self._seen
        now = time.monotonic()
        if now - at >= SECONDS_BETWEEN_LOOKS:
            try:
                version = await self._source.version()
            except StoreError:
                version = None
            self._seen = (now, version)
        return version

    def _set_going(self) -> None:
        if self._making is not None and not self._making.done():
            return
        if time.monotonic() - self._failed[0] >= SECONDS_UNTIL_NEXT_TRY:
            self._making = asyncio.create_task(self._make())

    def _reason(self) -> str:
        if self._making is not None and not self._making.done():
            return "The copy of the dataset for SPARQL is being made: ask again in a few seconds."
        return self._failed[1]

    async def _make(self) -> None:
        """Make a copy and put it in the place of the one there is; a failure is remembered for a while."""
        try:
            made = await self._made()
        except (StoreError, NotReady, OSError) as error:
            log.warning("no copy was made for SPARQL", reason=str(error))
            self._failed = (time.monotonic(), str(error))
            return
        old, self._copy = self._copy, made
        log.info("a copy was made for SPARQL", version=made.version)
        if old is not None:
            await old.pool.close()

    async def _made(self) -> Copy:
        version = await self._source.version()
        if version is None:
            raise NotReady("The store has no dataset to copy now: ask again in a few seconds.")
        if self._place is None:
            self._place = await self._opened.enter_async_context(own_place(self._directory))
        place = self._place / secrets.token_hex(4)
        try:
            await build(place, (self._graph, *self._beside), self._source.triples)
            if await self._source.version() != version:
                raise NotReady("The dataset was replaced while it was copied: ask again in a few seconds.")
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return Copy(version, Pool(place, self._memory))


async def build(place: Path, graphs: Sequence[str], triples: Callable[[], AsyncIterator[bytes]]) -> None:
    """Make a store in a directory, in a process of its own; NotReady where it fails."""
    process = await start("res68.sparql.building", str(place), *graphs)
    assert process.stdin is not None
    try:
        async for chunk in triples():
            process.stdin.write(chunk)
            await process.stdin.drain()
        process.stdin.close()
        if await process.wait():
            raise NotReady("The copy of the dataset for SPARQL could not be made.")
    except ConnectionError as error:
        raise NotReady("The copy of the dataset for SPARQL could not be made.") from error
    finally:
        await end(process)
