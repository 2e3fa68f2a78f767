"""Clients that ask as fast as they are answered: raw HTTP over open connections, every answer looked at."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import orjson

from bench.service import BenchError


@dataclass(frozen=True, slots=True)
class Target:
    """A place where a question is asked: an address, and the bodies to send there, one after the other."""

    url: str
    bodies: Sequence[bytes]


@dataclass(slots=True)
class Turn:
    """One turn at a target: seconds that each answer took, and the seconds of the whole turn."""

    answers: list[float] = field(default_factory=list)
    seconds: float = 0.0


class WrongAnswer(BenchError):
    """A server answered the same request in two ways, or not with 200."""


def request_of(url: str, body: bytes) -> bytes:
    """A request as it is sent."""
    parts = urlsplit(url)
    head = (
        f"POST {parts.path or '/'} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\n"
        f"accept: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body


class Connection:
    """An open connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def ask(self, request: bytes) -> bytes:
        """The body of the answer."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, _, rest = head.partition(b"\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in rest.split(b"\r\n"))
        }
        body = await self.body(headers)
        if status.split()[1] != b"200":
            raise WrongAnswer(f"{status.decode()}: {body[:500].decode()}")
        return body

    async def body(self, headers: Mapping[bytes, bytes]) -> bytes:
        """What follows the head, of a length that is told at once or chunk by chunk."""
        if b"content-length" in headers:
            return await self.reader.readexactly(int(headers[b"content-length"]))
        chunks = []
        while size := int(await self.reader.readline(), 16):
            chunks.append(await self.reader.readexactly(size))
            await self.reader.readexactly(2)
        await self.reader.readexactly(2)
        return b"".join(chunks)


async def connected(url: str) -> Connection:
    """A new connection to the server of an address."""
    parts = urlsplit(url)
    return Connection(*await asyncio.open_connection(parts.hostname, parts.port, limit=2**24))


async def turn(target: Target, expected: Sequence[bytes], clients: int, seconds: float) -> Turn:
    """Ask for some seconds with so many clients; every answer must be the one that is expected."""
    requests = [request_of(target.url, body) for body in target.bodies]
    found, clock = Turn(), time.perf_counter
    connections = [await connected(target.url) for _ in range(clients)]
    began = clock()

    async def client(connection: Connection, number: int) -> None:
        while clock() - began < seconds:
            number = (number + clients) % len(requests)
            asked = clock()
            body = await connection.ask(requests[number])
            found.answers.append(clock() - asked)
            if body != expected[number]:
                raise WrongAnswer(f"the same request was answered otherwise: {body[:500].decode()}")

    try:
        await asyncio.gather(*(client(one, number) for number, one in enumerate(connections)))
    finally:
        for one in connections:
            one.writer.close()
    found.seconds = clock() - began
    return found


async def answers(target: Target) -> list[bytes]:
    """One answer to each body."""
    connection = await connected(target.url)
    found = [await connection.ask(request_of(target.url, body)) for body in target.bodies]
    connection.writer.close()
    return found


def body_of(text: str, variables: Mapping[str, object]) -> bytes:
    """A GraphQL request."""
    return orjson.dumps({"query": text, "variables": variables})
