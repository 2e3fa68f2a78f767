"""Serving: the port, the load where one is needed, the server, and a clean end."""

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, nullcontext
from typing import TypeAlias

import uvicorn
from starlette.applications import Starlette

from graph.content import Dataset
from graph.dataset import read
from graph.store import Store
from ontology.model import Model
from res68.app import create_app
from res68.failures import Failure
from res68.loading import put
from res68.opening import kept_open, store_of
from res68.running import Running, known_documents, service_of, serving
from res68.settings import Settings
from res68.telemetry.scrape import metrics_app
from schema.service import Service

SECONDS_TO_FINISH = 5
Prepared: TypeAlias = tuple[Service, Dataset | None]  # with the dataset where one is to be loaded


class Server(uvicorn.Server):
    """A server that says when it listens, and that keeps the signal which ends it to itself, so that what
    is around it closes in order. `beside` another server it leaves the signals to that one."""

    def __init__(self, config: uvicorn.Config, *, beside: bool = False) -> None:
        super().__init__(config)
        self._beside = beside
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        self.listening.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Listen for signals; one that ended the server is not raised again."""
        if self._beside:
            yield
            return
        with super().capture_signals():
            yield
            self._captured_signals.clear()


def loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The fastest event loop that is installed."""
    return uvicorn.Config("res68.app:create_app").get_loop_factory()


async def serve(settings: Settings) -> None:
    """Serve until a signal ends it."""
    end_on_sigterm()
    with listen(settings.host, settings.port) as listening, metrics_listening(settings) as scraped:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        documents, store = known_documents(settings), store_of(settings)
        async with prepared(settings, store) as preparing, kept_open(store):
            service, dataset = await preparing
            if dataset is not None:
                await put(store, dataset, service.model, adopt=settings.adopt)
            async with serving(settings, service, documents) as here, metrics_served(here, scraped):
                await run_server(here, listening, announce)


@asynccontextmanager
async def prepared(settings: Settings, store: Store) -> AsyncIterator[asyncio.Task[Prepared]]:
    """What needs no open store, made beside the opening of it: that takes seconds and mostly waits."""

    def prepare() -> Prepared:
        model = Model.load()
        dataset = read(settings.datasets, model) if settings.load or not settings.neo4j_uri else None
        return service_of(settings, store, model), dataset

    preparing = asyncio.create_task(asyncio.to_thread(prepare))
    try:
        yield preparing
    finally:
        await asyncio.wait([preparing])  # a thread cannot be broken off
        if not preparing.cancelled():
            preparing.exception()  # is told already, or something before it was


def end_on_sigterm() -> None:
    """SIGTERM ends a load, and the server, as Ctrl-C does: in a script too, where Ctrl-C is ignored."""
    interrupt = signal.getsignal(signal.SIGINT)
    ignored = interrupt is signal.SIG_IGN
    signal.signal(signal.SIGTERM, signal.default_int_handler if ignored else interrupt)


def metrics_listening(settings: Settings) -> AbstractContextManager[socket.socket | None]:
    """A socket for the metrics where they are to have their own."""
    if not settings.metrics or settings.metrics_port is None:
        return nullcontext()
    return listen(settings.metrics_host, settings.metrics_port, "RES68_METRICS")


@asynccontextmanager
async def metrics_served(here: Running, listening: socket.socket | None) -> AsyncIterator[None]:
    """The metrics on the socket of their own, if there is one, for as long as the block lasts."""
    if listening is None:
        yield
        return
    server = Server(_config(metrics_app(here)), beside=True)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


def listen(host: str, port: int, setting: str = "RES68") -> socket.socket:
    """A socket on the address, taken before anything long begins."""
    listening = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(2048)
        return listening
    except OSError as error:
        if listening is not None:
            listening.close()
        raise Failure(_reason(error, host, port, setting)) from error


async def run_server(here: Running, listening: socket.socket, tell: Callable[[Settings], None]) -> None:
    """Run the server over what is open already; its own signal handlers end it. As soon as the first answer
    would come at once, that is told."""
    app = create_app(here.settings, lambda _: nullcontext(here))
    server = Server(_config(app))
    announcing = asyncio.create_task(_told(server, here, tell))
    try:
        await server.serve(sockets=[listening])
    finally:
        announcing.cancel()


def _config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


async def _told(server: Server, here: Running, tell: Callable[[Settings], None]) -> None:
    await server.listening.wait()
    await here.warmed.wait()
    tell(here.settings)


def announce(settings: Settings) -> None:
    """Say where to look."""
    address = settings.address
    print(f"Res68 is ready: {address}/ for people, {address}/graphql to ask.")
    if sys.stdout.isatty():
        print("Press Ctrl-C to end it.")
    sys.stdout.flush()


def _reason(error: OSError, host: str, port: int, setting: str) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} of {host} is taken: stop what listens there, "
                f"or choose another in {setting}_PORT."
            )
        case errno.EACCES:
            return f"Port {port} may not be used by this user: choose one above 1023 in {setting}_PORT."
        case _:
            return (
                f"{host} is no address of this machine ({error.strerror}): choose another in {setting}_HOST."
            )
