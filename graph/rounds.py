"""Waits that one timer looks after: nearly all of them are over long before it rings."""

import asyncio
from types import TracebackType
from typing import Protocol, Self

SECONDS = 0.05  # between two looks


class Waiting(Protocol):
    """Something that waits."""

    def late(self) -> None:
        """It has waited for as long as it may, or up to 50 milliseconds longer."""


class Rounds:
    """Looks every 50 milliseconds, while anything waits, which of it is late.

    A timer for each, as asyncio.timeout has one, costs several times as much as to come and go here.
    """

    def __init__(self) -> None:
        self._due: dict[Waiting, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None  # that of the timer that runs

    def add(self, waiting: Waiting, seconds: float) -> None:
        """It is late in so many seconds from now."""
        loop = asyncio.get_running_loop()
        self._due[waiting] = loop.time() + seconds
        if self._loop is not loop:  # no timer runs, or one that went with its loop
            self._loop = loop
            loop.call_later(SECONDS, self._round, loop)

    def drop(self, waiting: Waiting) -> None:
        """It waits no longer, or never did."""
        self._due.pop(waiting, None)

    def _round(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for waiting in [waiting for waiting, due in self._due.items() if due <= now]:
            self.drop(waiting)
            waiting.late()
        if self._due:
            loop.call_later(SECONDS, self._round, loop)
        else:
            self._loop = None


class Deadline:
    """Ends its block by a TimeoutError once so many seconds are over, as asyncio.timeout does."""

    __slots__ = ("_cancelling", "_late", "_rounds", "_seconds", "_task")

    def __init__(self, rounds: Rounds, seconds: float) -> None:
        self._rounds, self._seconds = rounds, seconds
        self._late = False

    def __enter__(self) -> Self:
        task = asyncio.current_task()
        assert task is not None
        self._task, self._cancelling = task, task.cancelling()
        self._rounds.add(self, self._seconds)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._rounds.drop(self)
        if self._late and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def late(self) -> None:
        """Cancel the task of the block."""
        self._late = True
        self._task.cancel()
