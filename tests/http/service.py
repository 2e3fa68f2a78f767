"""A service for tests: the real application behind a real server, on a free port of this machine."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace

import httpx
import uvicorn
from starlette.routing import BaseRoute

from res68.app import create_app
from res68.kept import KeptAnswers
from res68.running import Running
from res68.serving import Server, listen
from res68.settings import Settings

SECONDS = 120.0


@asynccontextmanager
async def client_of(
    here: Running, *, at_home: bool = False, more: Sequence[BaseRoute] = ()
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that answers from `here`; it goes where it is sent, as browsers do.

    `at_home`: the base of all addresses is where the application listens; `more` are addresses that the
    application has for the test.
    """
    settings = here.settings
    here = replace(here, answers=KeptAnswers(here.service, settings.kept_bytes, settings.kept_seconds))
    with listen("127.0.0.1", 0) as listening:
        if at_home:
            base = f"http://127.0.0.1:{listening.getsockname()[1]}"
            here = replace(here, settings=here.settings.model_copy(update={"base_iri": base}))
        app = create_app(here.settings, lambda _: nullcontext(here))
        app.router.routes[:0] = more
        config = uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, server_header=False)
        server = Server(config, beside=True)  # pytest has the signals
        running = asyncio.create_task(server.serve(sockets=[listening]))
        await asyncio.wait_for(server.listening.wait(), SECONDS)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=address, timeout=SECONDS, follow_redirects=True) as client:
            yield client
        server.should_exit = True
        await running


@asynccontextmanager
async def client_with(here: Running, **changes: object) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the same service with other settings."""
    settings = Settings.model_validate({**here.settings.model_dump(), **changes})
    async with client_of(replace(here, settings=settings)) as client:
        yield client
