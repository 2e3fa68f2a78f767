"""The workers over one copy: started when needed, used again, ended when a query takes too long.

* QueryTimeout: a query took longer than it may
* WorkerLost: a worker died over a query
* NoWorker: no worker could be started
"""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import orjson

ROOT = Path(__file__).parents[2]
SECONDS_IDLE = 60.0
SECONDS_TO_START = 10.0
LARGE = 192 * 2**20  # a worker that has grown beyond this is not kept
# What a worker gets of our environment: no password has any business there. Fewer arenas, less memory.
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")
OWN = {"MALLOC_ARENA_MAX": "2", "PYTHONUNBUFFERED": "1"}


class QueryTimeout(Exception):
    """A query took longer than it may."""


class WorkerLost(Exception):
    """A worker died over a query: it was nested too deep, or needed more memory than it may."""


class NoWorker(Exception):
    """No worker could be started, for a reason that has nothing to do with the query."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker answered: how it went, and the body."""

    head: Mapping[str, Any]
    body: bytes


async def start(module: str, *arguments: str) -> asyncio.subprocess.Process:
    """A process of ours that runs this module, in a group of its own so that Ctrl-C is not for it."""
    given = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        cwd=ROOT,
        env={**given, **OWN},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )


async def end(process: asyncio.subprocess.Process) -> None:
    """End a process whatever it does, and wait until it is gone."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    await process.wait()


class Worker:
    """A process that answers queries one by one."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.process = process
        self.inward, self.outward = process.stdin, process.stdout

    @classmethod
    async def started(cls, directory: Path, memory: int) -> Self:
        """A worker that has the copy open; NoWorker where it does not come to that."""
        worker = cls(await start("res68.sparql.worker", str(directory), str(memory)))
        try:
            async with asyncio.timeout(SECONDS_TO_START):
                await worker.reply()
        except (TimeoutError, WorkerLost) as error:
            await end(worker.process)
            raise NoWorker("No process is to be had for this query: ask again in a few seconds.") from error
        except BaseException:
            await end(worker.process)
            raise
        return worker

    async def ask(self, request: Mapping[str, Any]) -> Reply:
        """The answer to a request."""
        try:
            self.inward.write(orjson.dumps(request) + b"\n")
            await self.inward.drain()
            return await self.reply()
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise WorkerLost("The worker died.") from error

    async def reply(self) -> Reply:
        """What the worker says next."""
        line = await self.outward.readline()
        if not line:
            raise WorkerLost("The worker died.")
        head = orjson.loads(line)
        return Reply(head, await self.outward.readexactly(head["length"]))


class Pool:
    """The workers over the store in a directory, which is removed once the pool is closed and nobody holds
    it any more."""

    def __init__(self, directory: Path, memory: int) -> None:
        self.directory = directory
        self._memory = memory
        self._idle: dict[Worker, asyncio.TimerHandle] = {}
        self._holders = 0
        self._closed = False

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """Keep the store from being removed."""
        self._holders += 1
        try:
            yield
        finally:
            self._holders -= 1
            await self._remove_if_done()

    async def ask(self, request: Mapping[str, Any], seconds: float) -> Reply:
        """The answer of a worker, to one who holds the pool; QueryTimeout, WorkerLost or NoWorker."""
        worker = self._taken() or await Worker.started(self.directory, self._memory)
        return await self._asked(worker, request, seconds)

    async def close(self) -> None:
        """Let the workers go; those that answer still do so."""
        self._closed = True
        while worker := self._taken():
            await end(worker.process)
        await self._remove_if_done()

    async def _asked(self, worker: Worker, request: Mapping[str, Any], seconds: float) -> Reply:
        usable = False
        try:
            async with asyncio.timeout(seconds):
                reply = await worker.ask(request)
            usable = not self._closed and reply.head["peak"] <= LARGE
            return reply
        except TimeoutError:
            raise QueryTimeout(f"The query took longer than {seconds:g} seconds.") from None
        finally:
            if usable:
                self._keep(worker)
            else:
                await end(worker.process)

    def _taken(self) -> Worker | None:
        """The worker that was used last, if one is idle."""
        if not self._idle:
            return None
        worker, retiring = self._idle.popitem()
        retiring.cancel()
        return worker

    def _keep(self, worker: Worker) -> None:
        """Let a worker wait for the next query, for a while."""
        loop = asyncio.get_running_loop()
        self._idle[worker] = loop.call_later(SECONDS_IDLE, self._retire, worker)

    def _retire(self, worker: Worker) -> None:
        """Let an idle worker go: it ends with its input."""
        del self._idle[worker]
        worker.inward.close()

    async def _remove_if_done(self) -> None:
        if self._closed and not self._holders:
            await asyncio.to_thread(shutil.rmtree, self.directory, ignore_errors=True)
