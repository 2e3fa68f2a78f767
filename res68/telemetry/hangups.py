"""Clients that go away before they are answered: their work is broken off, in the store too."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
        client = Client(receive, send, whole=whole)
        with client.looked_after():
            await self.app(scope, client.receive, client.send)


class Client:
    """One client while its request is answered. Once the request is here whole, the only thing left to come
    from it is that it goes away. `whole`: the request has no body, so it is."""

    def __init__(self, receive: Receive, send: Send, *, whole: bool) -> None:
        self._receive, self._send = receive, send
        self._whole = whole
        self._kept: Message | None = None  # what came while nobody but the look asked for it
        self._look: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
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

    async def send(self, message: Message) -> None:
        """Send the client a part of the answer; from the first on the server minds its going away."""
        self._stop_looking()
        await self._send(message)

    @contextmanager
    def looked_after(self) -> Iterator[None]:
        """Cancel the task of the block when the client is gone; the block then ends without a word."""
        task = asyncio.current_task()
        assert task is not None
        self._wait(task)
        try:
            yield
        except asyncio.CancelledError:
            if not self._gone or task.uncancel() > 0:
                raise  # the server wants an end too
            if visit := VISIT.get():
                visit.gone = True
        finally:
            self._stop_looking()

    def _wait(self, task: asyncio.Task[object]) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(SECONDS_UNTIL_LOOK, self._begin, task)

    def _begin(self, task: asyncio.Task[object]) -> None:
        if self._whole:
            self._look = asyncio.create_task(self._until_gone(task))
        else:  # whoever reads the body learns it first
            self._wait(task)

    async def _until_gone(self, task: asyncio.Task[object]) -> None:
        while (message := await self._receive())["type"] != "http.disconnect":
            self._kept = message
        self._gone = True
        task.cancel()

    def _stop_looking(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._look is not None:
            self._look.cancel()
            self._look = None
