"""What is sent to a store and what comes back."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher statement with the values of its parameters."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one row, and the version of the dataset from which all of them come."""

    row: tuple[object, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A statement that was sent, and how that went: when it began by the clock of the system, in nanoseconds,
    the seconds until all records were there, their number, and the class of the failure if it failed."""

    statement: Statement
    at: int
    seconds: float
    records: int
    failure: str | None


class Sending:
    """Times one statement, and tells of it at the end whatever happened; `records` is set on the way."""

    __slots__ = ("_at", "_began", "_statement", "_tell", "records")

    def __init__(self, statement: Statement, tell: Callable[[Sent], None] | None) -> None:
        self._statement = statement
        self._tell = tell
        self.records = 0

    def __enter__(self) -> "Sending":
        if self._tell is not None:
            self._at, self._began = time.time_ns(), time.perf_counter()
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if self._tell is not None:
            seconds = time.perf_counter() - self._began
            name = failure.__name__ if failure else None
            self._tell(Sent(self._statement, self._at, seconds, self.records, name))
