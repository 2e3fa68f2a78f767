"""Data for the pages of others: what a script from any origin may read (CORS)."""

from collections.abc import Awaitable

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Public data, which no page has to be kept from. /graphql has a setting of its own.
OPEN = (
    "/id/",
    "/doc/",
    "/linkset/",
    "/ontology",
    "/context.jsonld",
    "/shapes",
    "/dataset",
    "/export",
    "/sparql",
    "/changes",
    "/.well-known/",
)


class Sharing:
    """Lets scripts of every origin read the addresses of data.

    All get the same headers, whether they say where they come from or not, so that a cache needs one copy.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.preflight = CORSMiddleware(
            app, ("*",), ("GET", "HEAD", "POST"), ("*",), max_age=86_400
        ).preflight_response

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass the request on, and open the answer where it is about data."""
        if scope["type"] != "http" or not scope["path"].startswith(OPEN):
            return self.app(scope, receive, send)
        return self._shared(scope, receive, send)

    async def _shared(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Headers(scope=scope)
        if scope["method"] == "OPTIONS" and "access-control-request-method" in asked:
            await self.preflight(asked)(scope, receive, send)
            return

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["access-control-allow-origin"] = "*"
                headers["access-control-expose-headers"] = "*"
            await send(message)

        await self.app(scope, receive, opened)
