"""Two hundred clients that send slowly, or read slowly, keep nobody else from being answered."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from statistics import median

import httpx
import psutil
import pytest

from res68.running import Running
from tests.http.service import client_with

SENDING, READING, QUICK = 100, 100, 40
PAUSE = 0.5
MEGABYTES = 150
HEAD = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4000\r\n\r\n{"
EXPORT = b"GET /export/all.nt HTTP/1.1\r\nhost: x\r\n\r\n"  # some are told that there is no place for them
SCRIPT = b"GET /static/graphiql/graphiql.min.js HTTP/1.1\r\nhost: x\r\n\r\n"
QUESTION = {"query": "{ topics(first: 3) { nodes { id label } } }"}


@asynccontextmanager
async def slow(address: tuple[str, int], first: bytes, *, sends: bool) -> AsyncIterator[None]:
    """A client that begins with these bytes, and then sends one, or reads a few, now and then."""
    loop = asyncio.get_running_loop()
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.setblocking(False)
        await loop.sock_connect(one, address)
        await loop.sock_sendall(one, first)

        async def dawdle() -> None:
            while True:
                await asyncio.sleep(PAUSE)
                if sends:
                    await loop.sock_sendall(one, b" ")
                else:
                    await loop.sock_recv(one, 16)

        dawdling = asyncio.create_task(dawdle())
        try:
            yield
        finally:
            dawdling.cancel()
            await asyncio.wait([dawdling])


async def quick(client: httpx.AsyncClient) -> float:
    """How long a quick question takes, as a rule."""
    taken = []
    for _ in range(QUICK):
        began = time.monotonic()
        answer = await client.post("/graphql", json=QUESTION)
        assert "errors" not in answer.json()
        taken.append(time.monotonic() - began)
    return median(taken)


async def test_slow_clients_keep_nobody_from_being_answered(client: httpx.AsyncClient) -> None:
    address = (client.base_url.host, client.base_url.port or 80)
    process = psutil.Process()
    before, usual = process.memory_info().rss, await quick(client)
    async with AsyncExitStack() as stack:
        for number in range(SENDING + READING):
            first = HEAD if number < SENDING else EXPORT if number < SENDING + 10 else SCRIPT
            await stack.enter_async_context(slow(address, first, sends=number < SENDING))
        await asyncio.sleep(2 * PAUSE)
        assert await quick(client) < 3 * usual + 0.25
        grown = process.memory_info().rss - before
        assert await under_way(client) > SENDING
    assert grown < MEGABYTES * 2**20
    async with asyncio.timeout(30):  # all of them are let go
        while await under_way(client) > 1:  # noqa: ASYNC110 # what a client can see
            await asyncio.sleep(0.2)


@pytest.mark.parametrize(
    ("address", "media_type"), [("/graphql", "application/json"), ("/sparql", "application/sparql-query")]
)
async def test_a_body_that_does_not_come_in_time_is_not_waited_for(
    here: Running, address: str, media_type: str
) -> None:
    async def dribble() -> AsyncIterator[bytes]:
        yield b"{ "
        await asyncio.sleep(60)

    async with client_with(here, limit_body_seconds=0.2) as client:
        headers = {"content-type": media_type, "accept": "application/json"}
        answer = await client.post(address, content=dribble(), headers=headers)
        assert answer.status_code == 408
        assert "within 0.2 seconds: 2 bytes did" in answer.text
        assert '"TIMEOUT"' in answer.text
        assert answer.headers["connection"] == "close"
        assert (await client.post("/graphql", json=QUESTION)).status_code == 200


async def under_way(client: httpx.AsyncClient) -> float:
    """How many requests are being answered, this one included."""
    lines = (await client.get("/metrics")).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("res68_requests_under_way "))
