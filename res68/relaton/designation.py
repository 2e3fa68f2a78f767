"""How a text of ITU-T is cited, taken apart: ITU-T G.8271/Y.1366 (2012) Cor. 1 (08/2013)."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Self

# The number of a Recommendation, or the letter of a series; the version; the year of the edition that is
# amended; the part; month and year of approval.
FORM = re.compile(
    r"(?:ITU-T )?(?P<number>[A-Z].*?)(?: \(V[\d.]+\)| v\.? ?[\d.]+)?(?: \((?P<base>\d{4})\))?"
    r"(?P<part>(?: (?:series )?(?:Annex|App|Suppl|attachment|Amd|Cor|Technical|Err|Add)\b.*?)?)"
    r" \((?P<month>\d\d)/(?P<year>\d{4})\)"
)
NUMBER = re.compile(r"[A-Z]\.\d[\w.-]*")
KEY = re.compile(r"[^A-Za-z0-9._~-]+")
CHANGES = re.compile(r"\b(?:Amd|Cor|Err|Add)\b")  # a part that changes an edition and does not replace one


@dataclass(frozen=True)
class Designation:
    """The parts of a citation; `number` may be several, as in G.8271/Y.1366."""

    printed: str
    number: str
    base: str
    part: str
    month: str

    @classmethod
    def parse(cls, printed: str) -> Self:
        """Take a citation apart; a ValueError where it has another form."""
        found = FORM.fullmatch(printed.strip())
        if found is None:
            raise ValueError(f"{printed!r} is not how a text of ITU-T is cited, as in ITU-T Y.3172 (06/2019)")
        part = found["part"].strip().removeprefix("series ")
        month = f"{found['year']}-{found['month']}"
        return cls(found[0].removeprefix("ITU-T "), found["number"], found["base"] or "", part, month)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Every number that the text has, the one under which it is kept first: D.200 R is D.200R."""
        return tuple(one.replace(" ", "") for one in self.number.split("/"))

    @property
    def first(self) -> str:
        """The number under which the text is kept."""
        return self.numbers[0]

    @property
    def of_recommendation(self) -> bool:
        """Whether it is a Recommendation or a part of one: not so a Supplement, or the guide EMC-5."""
        return bool(NUMBER.fullmatch(self.first)) and not self.supplement

    @property
    def whole(self) -> bool:
        """Whether it is an edition of the Recommendation itself, and no part of one."""
        return not self.part and not self.base

    @property
    def supplement(self) -> bool:
        """Whether it is a Supplement, or changes one."""
        return self.part.startswith("Suppl")

    @property
    def replaces(self) -> bool:
        """Whether it takes the place of an earlier text with the same number and part."""
        return not self.base and not CHANGES.search(self.part)

    @property
    def recommendation(self) -> str:
        """The id of the Recommendation."""
        return f"recommendation/{self.first}"

    def edition_of(self, recommendation: str, *, base: bool = False) -> str:
        """The id of the edition of a Recommendation; `base`: with the year of the edition that it changes."""
        number = recommendation.partition("/")[2]
        parts = [number, self.base if base else "", keyed(self.part), self.month]
        return f"recommendation-edition/{'-'.join(part for part in parts if part)}"

    @property
    def deliverable(self) -> str:
        """The id of what is no Recommendation: G Suppl. 55 is deliverable/G-Suppl-55."""
        part = f"-{keyed(self.part.partition(' (')[0].replace('. ', ' '))}" if self.supplement else ""
        return f"deliverable/{keyed(self.number)}{part}"


def keyed(part: str) -> str:
    """A part as it stands in an id: Amd. 2 is Amd.2, Annex A is Annex-A."""
    return KEY.sub("-", part.replace(". ", ".")).strip("-")
