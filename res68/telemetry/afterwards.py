"""What is done after requests instead of within them: work that no client waits for, many pieces in a row."""

import asyncio
from collections import deque
from collections.abc import Callable

SECONDS = 0.05
MOST = 500  # pieces that are left at one time


class Afterwards:
    """Pieces of work that are left until later: 50 milliseconds at most, or until so many have come.

    A line of the log and the counts of a request cost a processor that does many of them in a row a fraction
    of what they cost between answers, when each time it has everything else at hand. What comes after a quiet
    time is done at once, since nobody knows when the next one comes. `last` is done after each row of them.
    """

    def __init__(self, last: Callable[[], object] = lambda: None) -> None:
        self._last = last
        self._left: deque[Callable[[], object]] = deque()
        self._done = float("-inf")  # when all was, by the clock of the loop
        self._loop: asyncio.AbstractEventLoop | None = None  # that of the timer that runs

    def add(self, work: Callable[[], object]) -> None:
        """Do this soon."""
        self._left.append(work)
        loop = asyncio.get_running_loop()
        now = loop.time()
        if self._loop is loop:
            if len(self._left) >= MOST:
                self.run()
        elif now - self._done > SECONDS:
            self.run()
            self._done = now
        else:  # no timer runs, or one that went with its loop
            self._loop = loop
            loop.call_later(SECONDS, self._ring, loop)

    def run(self) -> None:
        """Do all that is left. A piece that fails is told of, not tried again, and holds up no other."""
        while self._left:
            self._do(self._left.popleft())
        self._do(self._last)

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as failure:
            asyncio.get_running_loop().call_exception_handler(
                {"message": "what is done after requests failed", "exception": failure}
            )

    def _ring(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._done = None, loop.time()
        self.run()
