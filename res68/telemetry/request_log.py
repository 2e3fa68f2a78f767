"""The first layer of the application: an id for each request, one line about it, and masks for what fails."""

import random
import re
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from res68.logs import log, request_log, stamp
from res68.problems import refused
from res68.refusals import error_response
from res68.telemetry.metrics import NO_ROUTE, Metrics
from res68.telemetry.visit import VISIT, Visit

REQUEST_ID = b"x-request-id"
ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
QUIET_PATHS = ("/health/", "/static/", "/metrics")
LENGTH = b"content-length"
NO_STATUS = 499  # nothing was answered: the client was gone


class RequestLog:
    """Gives each request an id, logs one line about it, and keeps what goes wrong inside from getting out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it went.

        A failure is logged whole, and masked where nothing has been sent yet.
        """
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        visit = Visit(_request_id(scope))
        metrics: Metrics = scope["state"]["running"].metrics
        metrics.under_way += 1
        started = time.perf_counter()
        token = VISIT.set(visit)
        noted = _noting(send, visit)
        try:
            await self.app(scope, receive, noted)
        except Exception as error:
            log().error("request failed", method=scope["method"], path=scope["path"], exc_info=error)
            if visit.status is not None:
                raise
            await _masked(scope, visit.id)(scope, receive, noted)
        finally:
            VISIT.reset(token)
            visit.over = True
            metrics.under_way -= 1
            metrics.afterwards.add(_ending(scope, visit, time.perf_counter() - started, metrics))


def _noting(send: Send, visit: Visit) -> Send:
    """Sends the answer with the id of the request, and notes status and size."""

    def noted(message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            visit.status = message["status"]
            headers = message.get("headers", ())
            visit.size = next((int(value) for name, value in headers if name == LENGTH), None)
            message["headers"] = [*headers, (REQUEST_ID, visit.id.encode("ascii"))]
        return send(message)

    return noted


def _ending(scope: Scope, visit: Visit, seconds: float, metrics: Metrics) -> Callable[[], None]:
    """What says and counts, later, how a request went that is over now."""
    method, path, route, ended = scope["method"], scope["path"], scope.get("route"), time.time()
    say = None if path.startswith(QUIET_PATHS) else request_log().info

    def end() -> None:
        status = visit.status or NO_STATUS
        metrics.request(route.path if route is not None else NO_ROUTE, status, seconds)
        for each in visit.statements:
            metrics.statement(each)
        for facts in visit.operations:
            metrics.operation(facts)
        if visit.gone:
            metrics.gone.inc()
        if visit.cached:
            metrics.cached.inc()
        if say is not None:
            say(
                "request",
                request=visit.id,
                method=method,
                path=path,
                status=status,
                ms=round(seconds * 1000, 1),
                **visit.told(),
                timestamp=stamp(ended),
            )

    return end


def _masked(scope: Scope, incident: str) -> ASGIApp:
    message = "Something went wrong inside; whoever runs this service finds it in the log by the incident."
    if scope["path"] == "/graphql":
        return error_response(500, message, {"code": "INTERNAL", "incident": incident})
    return refused(Headers(scope=scope), 500, message, "INTERNAL", incident=incident)


def _request_id(scope: Scope) -> str:
    """The id that a proxy gave the request, if it is one, else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and ID.fullmatch(value):
            given: bytes = value
            return given.decode("ascii")
    return f"{random.getrandbits(64):016x}"  # no secret: it only has to be another one
