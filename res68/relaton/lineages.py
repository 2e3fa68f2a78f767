"""Which edition took the place of which, worked out of what records name as editions of one text."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from res68.relaton.entry import Entry

SAME = "The source has both as editions of one text, this one as the next by date."
RENUMBERED = "The source has both as editions of one text, this one as the next by date, under a new number."


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry with the ids of its Recommendation and of its edition."""

    entry: Entry
    recommendation: str
    id: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """One edition took the place of another; `note` says what that rests on."""

    later: str
    earlier: str
    note: str


def replacements(placed: Sequence[Placed]) -> Iterator[Replacement]:
    """What took the place of what, at most one earlier edition for each."""
    for lineage in lineages(placed):
        replacing = [one for one in lineage if one.entry.designation.replaces]
        for one in replacing:
            before = [other for other in replacing if other.entry.date < one.entry.date]
            same = [other for other in before if text_of(other) == text_of(one)]
            if same:
                yield Replacement(one.id, newest(same)[-1].id, SAME)
            elif one.entry.designation.whole:
                ended = newest([other for other in before if not goes_on(other, one, replacing)])
                if len(ended) == 1:
                    yield Replacement(one.id, ended[0].id, RENUMBERED)


def lineages(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
    """The entries that belong together, by date: each names others, and these name others again."""
    leader: dict[str, str] = {}

    def found(name: str) -> str:
        leader.setdefault(name, name)
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for one in placed:
        for other in one.entry.others:
            leader[found(other.removeprefix("ITU-T "))] = found(one.entry.designation.printed)
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in sorted(placed, key=lambda one: (one.entry.date, one.id)):
        groups[found(one.entry.designation.printed)].append(one)
    return iter(groups.values())


def text_of(one: Placed) -> tuple[str, str]:
    """What stays the same from edition to edition: the Recommendation, and which part of it."""
    return one.recommendation, one.entry.designation.part


def newest(placed: Sequence[Placed]) -> list[Placed]:
    """Those with the latest date; of one text there is one."""
    latest = max((one.entry.date for one in placed), default="")
    return [one for one in placed if one.entry.date == latest]


def goes_on(earlier: Placed, later: Placed, replacing: Sequence[Placed]) -> bool:
    """Whether the earlier text has editions of its own when the later one begins, or is only a part."""
    return not earlier.entry.designation.whole or any(
        text_of(one) == text_of(earlier) and one.entry.date >= later.entry.date for one in replacing
    )
