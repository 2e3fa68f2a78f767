"""What is wrong with a dataset: every problem with its place and with what to do about it."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """Whether a dataset with the problem is refused, or loaded all the same."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a line of it, and the record there, as far as they are known."""

    file: str
    line: int = 0
    record: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, in which field, what, and the remedy."""

    place: Place
    field: str
    message: str
    remedy: str
    severity: Severity = Severity.VIOLATION

    def __str__(self) -> str:
        where = [str(self.place), self.place.record, self.field]
        return f"{': '.join(part for part in where if part)}: {self.message}. {self.remedy}"


class Problems:
    """The problems found so far; those past the limit are counted only."""

    def __init__(self, limit: int = 100) -> None:
        self.limit = limit
        self.violations: list[Problem] = []
        self.warnings: list[Problem] = []
        self.more = 0

    def add(
        self, place: Place, field: str, message: str, remedy: str, severity: Severity = Severity.VIOLATION
    ) -> None:
        """Take note of a problem."""
        kept = self.violations if severity is Severity.VIOLATION else self.warnings
        if len(kept) < self.limit:
            kept.append(Problem(place, field, message, remedy, severity))
        elif severity is Severity.VIOLATION:
            self.more += 1

    def warn(self, place: Place, field: str, message: str, remedy: str) -> None:
        """Take note of something that does not keep the dataset from being loaded."""
        self.add(place, field, message, remedy, Severity.WARNING)
