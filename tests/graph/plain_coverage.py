"""The coverage of the reference data, counted over its files as plain YAML without model or engine."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from tests.data.plain_trace import Record, links, of_kind, records

NO_COVER = {"decline", "refer", "no-contribution"}
Group = dict[str | None, set[str]]


def both_ways(kind: str, field: str, other_kind: str, inverse: str) -> Iterator[tuple[str, str, Record]]:
    """The links of a field, whether they are given at their start or at their end."""
    for record in of_kind(kind):
        yield from ((str(record["id"]), str(link["to"]), link) for link in links(record, field))
    for record in of_kind(other_kind):
        yield from ((str(link["to"]), str(record["id"]), link) for link in links(record, inverse))


def verified(kind: str, field: str, other_kind: str, inverse: str) -> dict[str, set[str]]:
    """Where the links of a field lead that do not rest on recollection alone."""
    found = defaultdict(set)
    for start, end, link in both_ways(kind, field, other_kind, inverse):
        if not link.get("unverified"):
            found[start].add(end)
    return found


@cache
def meeting_of() -> dict[str, str]:
    """The meeting of each conclusion."""
    found = verified("conclusion", "meeting", "meeting", "reached")
    return {conclusion: meeting for conclusion, (meeting,) in found.items()}


def counts(start: str, act: str, link: Record) -> bool:
    """Whether a tie counts; where the tie does not say so, the dates tell whether the act came before."""
    if link.get("unverified") or records()[act]["actionType"] in NO_COVER:
        return False
    if "priorWork" in link:
        return link["priorWork"] is not True
    date = str(link.get("date", records()[act].get("date", "9999")))
    begun = str(records()[meeting_of().get(start, start)].get("startDate", "0000"))
    return not f"{date}-99-99"[:10] < begun and not (len(date) < 10 and date < begun[: len(date)])


@cache
def ties(kind: str) -> dict[str, list[tuple[str, str]]]:
    """The ties that count of things of a kind: to which act, and of which strength."""
    found = defaultdict(list)
    inverse = "conclusions" if kind == "conclusion" else "meetings"
    for start, act, link in both_ways(kind, "actions", "action", inverse):
        if counts(start, act, link):
            found[start].append((act, str(link["strength"])))
    return found


def stated(conclusion: str) -> bool:
    """Whether a source states one of its ties."""
    return any(strength == "stated" for _, strength in ties("conclusion").get(conclusion, []))


def covered(conclusion: str) -> bool:
    """Whether it has a tie that counts."""
    return bool(ties("conclusion").get(conclusion))


def figures(conclusions: set[str]) -> tuple[int, int, int, int]:
    """The four figures of some conclusions."""
    wide = {one for one in conclusions if not covered(one) and ties("meeting").get(meeting_of()[one])}
    return len(conclusions), sum(map(stated, conclusions)), sum(map(covered, conclusions)), len(wide)


def everything() -> set[str]:
    """All conclusions."""
    return {str(record["id"]) for record in of_kind("conclusion")}


def grouped(groups_of: dict[str, set[str]]) -> Group:
    """The conclusions by group; those of none under None."""
    found: Group = defaultdict(set)
    for conclusion in everything():
        groups: Iterable[str | None] = groups_of.get(conclusion) or [None]
        for group in groups:
            found[group].add(conclusion)
    return found


def by_meeting() -> Group:
    """By meeting."""
    return grouped({one: {meeting} for one, meeting in meeting_of().items()})


def by_series() -> Group:
    """By the series of the meeting."""
    series = verified("meeting", "series", "meeting-series", "meetings")
    return grouped({one: series[meeting] for one, meeting in meeting_of().items()})


def by_study_period() -> Group:
    """By the study period of the meeting."""
    periods = verified("meeting", "during", "study-period", "events")
    return grouped({one: periods[meeting] for one, meeting in meeting_of().items()})


def by_topic() -> Group:
    """By topic and all wider ones."""
    about = verified("conclusion", "about", "topic", "conclusions")
    wider = verified("topic", "broader", "topic", "narrower")

    def up(topic: str) -> set[str]:
        return {topic}.union(*(up(one) for one in wider[topic]))

    return grouped({one: set().union(*map(up, topics)) for one, topics in about.items()})


def by_body() -> dict[str, tuple[int, int, int, int]]:
    """The figures by the body that acted, each with its own acts."""
    bodies = verified("action", "takenBy", "none", "none")
    whole = verified("study-group-term", "studyGroup", "study-group", "terms")
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for conclusion, own in ties("conclusion").items():
        for act, strength in own:
            for body in bodies[act]:
                for group in whole.get(body) or {body}:
                    found[group][conclusion] = found[group].get(conclusion, False) or strength == "stated"
    return {group: (len(own), sum(own.values()), len(own), 0) for group, own in found.items()}
