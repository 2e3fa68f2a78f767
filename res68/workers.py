"""Several processes that serve on one socket: started after the load, watched, and ended in order."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.dataset import read
from ontology.model import Model
from res68.failures import Failure
from res68.loading import put
from res68.logs import log
from res68.opening import open_store
from res68.serving import SECONDS_TO_FINISH, announce, end_on_sigterm, listen, metrics_listening
from res68.settings import Settings
from res68.worker import NO_SOCKET, READY

SECONDS_TO_END = SECONDS_TO_FINISH + 5
SECONDS_BETWEEN_STARTS = 1.0


async def serve(settings: Settings) -> None:
    """Serve by several processes until a signal ends them."""
    if not settings.neo4j_uri:
        raise Failure(
            "The embedded engine lives in one process: for several workers name a Neo4j in RES68_NEO4J_URI, "
            "or leave RES68_WORKERS at 1."
        )
    if os.name != "posix":
        raise Failure("Several workers need a system on which processes share a socket: use one here.")
    end_on_sigterm()
    with listen(settings.host, settings.port) as listening, metrics_listening(settings) as scraped:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        await _load(settings)
        with TemporaryDirectory(prefix="res68-") as directory:  # for the owner only, as its sockets are
            await Workers(settings, listening, scraped, Path(directory)).run()


async def _load(settings: Settings) -> None:
    """Load where that is wanted; whether the store is to be had at all is known before any worker starts."""
    async with open_store(settings) as store:
        if settings.load:
            model = Model.load()
            dataset = await asyncio.to_thread(read, settings.datasets, model)
            await put(store, dataset, model, adopt=settings.adopt)


class Workers:
    """The processes of one service. In the directory each has a socket on which it tells its metrics."""

    def __init__(
        self, settings: Settings, listening: socket.socket, scraped: socket.socket | None, directory: Path
    ) -> None:
        self._settings = settings
        self._sockets = [listening] if scraped is None else [listening, scraped]
        self._arguments = (str(listening.fileno()), str(scraped.fileno() if scraped else NO_SOCKET))
        self._directory = directory
        self._processes: dict[int, Process] = {}
        self._ready: set[int] = set()
        self._ending = asyncio.Event()

    async def run(self) -> None:
        """Keep all of them running until a signal comes; a Failure where one does not get ready at first."""
        numbers = range(1, self._settings.workers + 1)
        with self._signals():
            keeping = [asyncio.create_task(self._keep(number)) for number in numbers]
            ending = asyncio.create_task(self._ending.wait())
            try:
                done, _ = await asyncio.wait([*keeping, ending], return_when=asyncio.FIRST_COMPLETED)
            finally:
                self._ending.set()
                await self._end()
                for task in (*keeping, ending):
                    task.cancel()
                await asyncio.wait([*keeping, ending])
        for task in done:
            await task  # its Failure, if it ended by one

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """The signals that end a service set the end going."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._ending.set)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    async def _keep(self, number: int) -> None:
        """Keep one worker running."""
        while not self._ending.is_set():
            process = self._processes[number] = await self._started(number)
            await self._until_ready(number, process)
            code = await process.wait()
            if self._ending.is_set():
                return
            if number not in self._ready:
                raise Failure("A worker ended before it was ready: the log says why.")
            log().error("a worker died and is started again", worker=number, code=code)
            await asyncio.sleep(SECONDS_BETWEEN_STARTS)

    async def _started(self, number: int) -> Process:
        """A worker in a session of its own, so that Ctrl-C is for us alone; it ends when its input does."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "res68.worker",
            *self._arguments,
            str(self._settings.port),
            str(number),
            str(self._directory),
            stdin=PIPE,
            stdout=PIPE,
            pass_fds=[one.fileno() for one in self._sockets],
            start_new_session=True,
        )

    async def _until_ready(self, number: int, process: Process) -> None:
        """Wait until a worker says that it is; when all have been, say so once."""
        assert process.stdout is not None
        if await process.stdout.readline() != READY or number in self._ready:
            return
        self._ready.add(number)
        if len(self._ready) == self._settings.workers:
            announce(self._settings)

    async def _end(self) -> None:
        """Let all finish what they are at; who takes too long is killed."""
        processes = [process for process in self._processes.values() if process.returncode is None]
        for process in processes:
            with suppress(ProcessLookupError):
                process.terminate()
        waiting = [asyncio.create_task(process.wait()) for process in processes]
        if waiting:
            await asyncio.wait(waiting, timeout=SECONDS_TO_END)
        for process in processes:
            if process.returncode is None:
                process.kill()
                await process.wait()
