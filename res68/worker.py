"""One of several processes that serve: python -m res68.worker, which res68.workers starts."""

import asyncio
import socket
import sys
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from ontology.model import Model
from res68.commands import run
from res68.failures import told_plainly
from res68.logs import set_up
from res68.opening import kept_open, store_of
from res68.running import Running, known_documents, service_of, serving
from res68.serving import end_on_sigterm, loop_factory, metrics_served, run_server
from res68.settings import Settings, read_settings
from res68.telemetry.neighbours import telling

READY = b"ready\n"
NO_SOCKET = -1


async def work(settings: Settings, listening: int, scraped: int, number: int, directory: Path) -> None:
    """Serve on a socket that was inherited, until a signal comes or the parent is gone."""
    end_on_sigterm()
    documents, store = known_documents(settings), store_of(settings)
    service = service_of(settings, store, Model.load())
    own = nullcontext() if scraped == NO_SOCKET else socket.socket(fileno=scraped)
    with socket.socket(fileno=listening) as shared, own as alone:
        async with kept_open(store), serving(settings, service, documents) as here:
            here = replace(here, neighbours=directory)
            async with telling(here.metrics, directory / f"{number}.sock"), metrics_served(here, alone):
                await _until_orphaned(here, shared)


async def _until_orphaned(here: Running, listening: socket.socket) -> None:
    """Run the server; the end of the input means that the parent is gone, however it went."""
    serving = asyncio.current_task()
    assert serving is not None
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)

    async def orphaned() -> None:
        await reader.read()
        serving.cancel()

    watching = asyncio.create_task(orphaned())
    try:
        await run_server(here, listening, ready)
    finally:
        watching.cancel()


def ready(_: Settings) -> None:
    """Tell the parent."""
    with suppress(BrokenPipeError):
        sys.stdout.buffer.write(READY)
        sys.stdout.buffer.flush()


def main() -> None:
    """Work as the arguments say: the sockets, the port, the number, the directory of the neighbours."""
    listening, scraped, port, number = map(int, sys.argv[1:5])
    with told_plainly():
        settings = read_settings().model_copy(update={"port": port})
        set_up(settings.log_format)
        run(work(settings, listening, scraped, number, Path(sys.argv[5])), loop_factory())


if __name__ == "__main__":
    main()
