"""The log: one line an event, for people or for machines; lines of requests take a shorter way."""

import logging
import sys
from datetime import UTC, datetime
from typing import BinaryIO, Literal, TextIO, cast

import orjson
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor

from res68.telemetry.visit import VISIT


def of_request(_: object, __: str, event: EventDict) -> EventDict:
    """Add the id of the request that is being answered to an event."""
    visit = VISIT.get()
    if visit is not None:
        event.setdefault("request", visit.id)
    return event


SHARED: list[Processor] = [
    of_request,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def log() -> FilteringBoundLogger:
    """The logger of the service."""
    logger: FilteringBoundLogger = structlog.get_logger("res68")
    return logger


class Held:
    """The bytes of a stream, which are held until they are sent to it in one go."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._held: list[bytes] = []

    def write(self, piece: bytes) -> None:
        """Hold it."""
        self._held.append(piece)

    def flush(self) -> None:
        """Nothing: whoever writes lines asks for it after each."""

    def send(self) -> None:
        """Write what is held."""
        held, self._held = self._held, []
        if held:
            self._stream.write(b"".join(held))
            self._stream.flush()


class Lines:
    """Where lines of requests go: straight to the stream, since the way through logging takes ten times as
    long. Before the log is set up they go there like all others. Those for machines are `held` until they are
    sent, many in one go."""

    logger: FilteringBoundLogger | None = None
    held: Held | None = None

    @classmethod
    def of(cls, stream: TextIO, console: Processor | None) -> None:
        """Send them to this stream, for machines or by this renderer for people."""
        as_bytes = hasattr(stream, "buffer") and console is None
        dumps = orjson.dumps if as_bytes else lambda event, **_: orjson.dumps(event).decode()
        cls.held = Held(stream.buffer) if as_bytes else None
        cls.logger = structlog.wrap_logger(
            structlog.BytesLogger(cast("BinaryIO", cls.held)) if cls.held else structlog.PrintLogger(stream),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.MaybeTimeStamper(fmt="iso", utc=True),
                console or structlog.processors.JSONRenderer(serializer=dumps),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        ).bind()

    @classmethod
    def send(cls) -> None:
        """Write those that are held."""
        if cls.held is not None:
            cls.held.send()


def stamp(seconds: float) -> str:
    """A moment of time.time() as a line of the log has it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def request_log() -> FilteringBoundLogger:
    """The logger for lines of requests."""
    return Lines.logger or log()


def set_up(form: Literal["auto", "console", "json"], stream: TextIO | None = None) -> None:
    """Send the log of this process, and of every library in it, to stderr (or a stream) in one form."""
    stream = stream or sys.stderr
    people = form == "console" or (form == "auto" and stream.isatty())
    console = structlog.dev.ConsoleRenderer(
        colors=stream.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    last: list[Processor] = (
        [console] if people else [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
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
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    logging.getLogger().handlers[:] = [handler]
    logging.getLogger().setLevel(logging.WARNING)
    logging.getLogger("res68").setLevel(logging.INFO)
    Lines.of(stream, console if people else None)
