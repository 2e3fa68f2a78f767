"""The headers that keep a browser from doing more with our pages than they ask for."""

from collections.abc import Awaitable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def policy(changes: Mapping[str, str] | None = None) -> str:
    """A Content-Security-Policy: ours, with what one page needs otherwise."""
    return "; ".join(f"{name} {value}" for name, value in {**POLICY, **(changes or {})}.items())


HEADERS = {
    "content-security-policy": policy(),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
ENCODED = [(name.encode("ascii"), value.encode("ascii")) for name, value in HEADERS.items()]
NAMES = frozenset(name for name, _ in ENCODED)


class Guard:
    """Adds the headers to every response that does not have them already."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass the request on and dress the response."""
        if scope["type"] != "http":
            return self.app(scope, receive, send)

        def dressed(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                there = {name for name, _ in headers}
                missing = ENCODED
                if not there.isdisjoint(NAMES):
                    missing = [pair for pair in ENCODED if pair[0] not in there]
                message["headers"] = [*headers, *missing]
            return send(message)

        return self.app(scope, receive, dressed)
