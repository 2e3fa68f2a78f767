"""The log: one line an event, for people or for machines, and one line a request with its id."""

import logging
import re
import secrets
import sys
import time
from typing import Literal

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import FilteringBoundLogger, Processor

from res68.problems import refused
from res68.refusals import error_response

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
QUIET_PATHS = ("/health/", "/static/")
SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def log() -> FilteringBoundLogger:
    """The logger of the service."""
    logger: FilteringBoundLogger = structlog.get_logger("res68")
    return logger


def set_up(form: Literal["auto", "console", "json"]) -> None:
    """Send the log of this process, and of every library in it, to stderr in one form."""
    people = form == "console" or (form == "auto" and sys.stderr.isatty())
    last: list[Processor] = (
        [
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            )
        ]
        if people
        else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("res68").setLevel(logging.INFO)


class RequestLog:
    """Gives each request an id, logs one line about it, and keeps what goes wrong inside from getting out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        request_id = _request_id(Headers(scope=scope).get("x-request-id"))

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await self.app(scope, receive, noted)
            except Exception as error:
                log().error("request failed", method=scope["method"], path=scope["path"], exc_info=error)
                if status:
                    raise
                await _masked(scope, request_id)(scope, receive, noted)
            if not scope["path"].startswith(QUIET_PATHS):
                log().info(
                    "request",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )


def _masked(scope: Scope, incident: str) -> ASGIApp:
    message = "Something went wrong inside; whoever runs this service finds it in the log by the incident."
    if scope["path"] == "/graphql":
        return error_response(500, message, {"code": "INTERNAL", "incident": incident})
    return refused(Headers(scope=scope), 500, message, "INTERNAL", incident=incident)


def _request_id(given: str | None) -> str:
    """The id that a proxy gave the request, if it is one, else a new one."""
    return given if given and REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
