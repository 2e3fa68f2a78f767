"""Who has a data directory open: one process at a time, let go by the system when that process dies."""

import asyncio
import os
import sys
from pathlib import Path

from graph.errors import StoreHeld

SECONDS_TO_WAIT = 3.0
SECONDS_BETWEEN = 0.1


class Holding:
    """The lock on a data directory. A killed process can hold it for a moment, so asking is patient."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._file: int | None = None

    async def take(self, patience: float = SECONDS_TO_WAIT) -> None:
        """Hold the directory; StoreHeld when another process keeps it."""
        clock = asyncio.get_running_loop()
        until = clock.time() + patience
        while not self._taken():
            if clock.time() >= until:
                raise StoreHeld(
                    f"Another process has the data directory {self.directory} open: "
                    "stop it, or name another directory in RES68_DATA_DIR."
                )
            await asyncio.sleep(SECONDS_BETWEEN)

    def release(self) -> None:
        """Let go; may be called twice."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def _taken(self) -> bool:
        file = os.open(self.directory / "held", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(file)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True


if sys.platform == "win32":

    def _lock(file: int) -> None:
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:

    def _lock(file: int) -> None:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
