"""Holding the load lock: taken, renewed while a load works, given back however it ends."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from graph import lease
from graph.errors import LoadInProgress, StoreError
from graph.statement import Statement
from graph.store import Store

LOST = "The load lock was lost: another load has taken over."


class LoadLock:
    """The lock as its holder has it; `seconds` is the time after which a dead holder has lost it."""

    def __init__(self, store: Store, seconds: float) -> None:
        self.store = store
        self.seconds = seconds
        self.holder = f"{os.getpid()}-{secrets.token_hex(8)}"
        self._renewing: asyncio.Task[None] | None = None

    async def take(self) -> None:
        """Take the lock. One whose holder is dead is waited for; LoadInProgress when the holder renews it."""
        if not (await self.store.rows(lease.COUNT))[0][0]:
            with suppress(StoreError):  # another load made it in the same moment
                await self.store.rows(lease.CREATE, write=True)
        seen, _, until = await self._holder()
        while not await self._taken():
            holder, _, renewed = await self._holder()
            if holder is not None and holder == seen and renewed != until:
                raise LoadInProgress("Another load is at work on this store: wait until it has ended.")
            seen, until = holder, renewed
            await asyncio.sleep(self.seconds / lease.RENEWALS / 4)
        self._renewing = asyncio.create_task(self._renew())

    async def last_steps(self) -> Statement:
        """Stop renewing; the statement that is returned holds the lock in a transaction until it commits."""
        await self._stop_renewing()
        keep = lease.keep(self.holder, self.seconds)
        if not await self.store.rows(keep, write=True):
            raise LoadInProgress(LOST)
        return keep

    async def release(self) -> None:
        """Give the lock back."""
        await self._stop_renewing()
        await self.store.rows(lease.release(self.holder), write=True)

    async def _holder(self) -> tuple[object, ...]:
        """Who holds the lock, whether the lease has run out, and when it does."""
        return (await self.store.rows(lease.HOLDER))[0]

    async def _taken(self) -> bool:
        """Ask for a lock that is free; one that is held is only looked at, since its holder writes to it."""
        holder, expired, _ = await self._holder()
        if holder is not None and not expired:
            return False
        return bool(await self.store.rows(lease.take(self.holder, self.seconds), write=True))

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(self.seconds / lease.RENEWALS)
            with suppress(StoreError):  # the last steps find out whether the lock is still held
                await self.store.rows(lease.keep(self.holder, self.seconds), write=True)

    async def _stop_renewing(self) -> None:
        task, self._renewing = self._renewing, None
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


@asynccontextmanager
async def held(store: Store, seconds: float) -> AsyncIterator[LoadLock]:
    """The load lock for as long as the block lasts."""
    lock = LoadLock(store, seconds)
    await lock.take()
    try:
        yield lock
    finally:
        with suppress(StoreError):  # a store that is gone lets the lease run out
            await lock.release()
