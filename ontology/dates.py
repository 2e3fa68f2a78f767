"""Dates with a precision: a day, a month or a year, and the days that they can mean."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """An ISO 8601 date cut at its precision, with the first and the last day that it can mean."""

    first: date
    last: date
    text: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is a ValueError."""
        found = FORM.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is no date: write YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
        except ValueError as error:
            raise ValueError(f"{text!r} is no day of the calendar: {error}") from None
        if day:
            return cls(first, first, text)
        if month:
            return cls(first, first.replace(day=monthrange(first.year, month)[1]), text)
        return cls(first, date(first.year, 12, 31), text)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return PRECISIONS[len(self.text)]

    def before(self, other: "PartialDate") -> bool | None:
        """Whether this lies before `other`; None where the two can mean the same day."""
        if self.last < other.first:
            return True
        return False if self.first > other.last or self.first >= other.first else None
