"""Clients that go away before they are answered: their work is broken off, in the store too."""

import asyncio
from collections.abc import Awaitable
from typing import Self

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.rounds import Rounds
from res68.telemetry.visit import VISIT

SECONDS_UNTIL_LOOK = 0.05  # what is answered sooner never pays for a look
HEADERS_OF_A_BODY = (b"content-length", b"transfer-encoding")


class Hangups:
    """Cancels what answers a request as soon as its client is gone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and look after its client."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        whole = not any(name in HEADERS_OF_A_BODY for name, _ in scope["headers"])
        rounds: Rounds = scope["state"]["running"].rounds
        with Client(receive, send, rounds, whole=whole) as client:
            await self.app(scope, client.receive, client.send)


class Client:
    """One client while its request is answered, which is in its block: when the client is gone, the task of
    the block is cancelled, and the block ends without a word.

    Once the request is here whole, the only thing left to come from it is that it goes away. `whole`: the
    request has no body, so it is."""

    __slots__ = ("_gone", "_kept", "_look", "_receive", "_rounds", "_send", "_task", "_whole")

    def __init__(self, receive: Receive, send: Send, rounds: Rounds, *, whole: bool) -> None:
        self._receive, self._send = receive, send
        self._rounds = rounds
        self._whole = whole
        self._kept: Message | None = None  # what came while nobody but the look asked for it
        self._task: asyncio.Task[object] | None = None
        self._look: asyncio.Task[None] | None = None
        self._gone = False

    async def receive(self) -> Message:
        """What the client sends next."""
        if self._kept is not None:
            message, self._kept = self._kept, None
            return message
        message = await self._receive()
        if not message.get("more_body", False):
            self._whole = True
        return message

    def send(self, message: Message) -> Awaitable[None]:
        """Send the client a part of the answer; from the first on the server minds its going away."""
        self._stop_looking()
        return self._send(message)

    def __enter__(self) -> Self:
        self._task = asyncio.current_task()
        self._rounds.add(self, SECONDS_UNTIL_LOOK)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._stop_looking()
        task, self._task = self._task, None  # which holds this client too
        assert task is not None
        if kind is not asyncio.CancelledError or not self._gone or task.uncancel() > 0:
            return False  # nothing, or a failure, or the server wants an end too
        if visit := VISIT.get():
            visit.gone = True
        return True

    def late(self) -> None:
        """Begin to look whether it is still there; not yet while whoever reads the body learns it first."""
        if self._whole:
            self._look = asyncio.create_task(self._until_gone())
        else:
            self._rounds.add(self, SECONDS_UNTIL_LOOK)

    async def _until_gone(self) -> None:
        while (message := await self._receive())["type"] != "http.disconnect":
            self._kept = message
        if self._task is not None:
            self._gone = True
            self._task.cancel()

    def _stop_looking(self) -> None:
        self._rounds.drop(self)
        if self._look is not None:
            self._look.cancel()
            self._look = None
