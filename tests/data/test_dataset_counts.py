"""Tests that no meeting, participant, conclusion or follow-up was lost on the way into the data."""

from collections import Counter

import pytest

from tests.data.collected import COLLECTED, acts_of_follow_ups, follow_ups, numbered
from tests.data.plain_trace import Record, links, of_kind, records, resolve

PARTICIPANT_ENTRIES = {  # those of the second collection; the first has 165
    "GSS-2008": 1,
    "CTO-2010": 1,
    "CTO-2012": 1,
    "GSS-2012": 1,
    "CTO-2016-CJK2": 1,
    "CTO-2016": 4,
    "CTO-2017-NAW": 4,
    "CTO-2017": 1,
    "CXO-2017": 4,
    "GSS-2020": 2,
    "GSS-2024": 2,
}
CONSIDERATIONS = [
    "CTO-2015-TA1",
    "CTO-2016-CJK2-TA1",
    "CTO-2016-TA1",
    "CTO-2016-TA2",
    "CTO-2017-NAW-TA1",
    "CTO-2017-TA1",
    "CXO-2017-TA1",
    "IEW-2024-TA1",
]


def test_every_meeting_is_there() -> None:
    assert {str(meeting["id"]) for meeting in of_kind("meeting")} == {f"meeting/{id}" for id in COLLECTED}
    assert Counter(meeting["status"] for meeting in of_kind("meeting")) == {
        "held": 25,
        "unconfirmed": 3,
        "not-found": 3,
    }


def test_held_meetings_follow_each_other_in_their_series() -> None:
    held = [meeting for meeting in of_kind("meeting") if meeting["status"] == "held"]
    series = {str(meeting["series"]) for meeting in held}
    following = [link for meeting in held for link in links(meeting, "next")]
    assert len(following) == len(held) - len(series)
    assert all(records()[str(link["to"])]["status"] == "held" for link in following)


def test_every_conclusion_is_there_under_its_number() -> None:
    expected = {
        f"conclusion/{id}"
        for meeting, (first, _, second, _) in COLLECTED.items()
        for id in numbered(meeting, "C", first) + numbered(meeting, "CA", second)
    }
    assert {str(conclusion["id"]) for conclusion in of_kind("conclusion")} == expected
    assert len(expected) == 136


def test_natures_are_as_read_and_marked_as_our_reading() -> None:
    first = [c for c in of_kind("conclusion") if not str(c["number"]).startswith("CA")]
    assert Counter(conclusion["nature"] for conclusion in first) == {
        "call": 56,
        "agreement": 12,
        "view": 37,
        "topic": 11,
    }
    assert all(conclusion["unverified"] == ["nature"] for conclusion in of_kind("conclusion"))


def test_conclusions_keep_every_addressee_and_topic_as_printed() -> None:
    conclusions = of_kind("conclusion")
    assert all(conclusion["addressees"] for conclusion in conclusions)
    printed = Counter(as_printed for c in conclusions for as_printed in topics_as_printed(c))
    assert len(printed) == 125
    assert sum(printed.values()) == 136
    assert Counter(printed.values())[1] == 116


def topics_as_printed(conclusion: Record) -> set[str]:
    """The subject of a conclusion in the words of the collection; several topics may share it."""
    return {str(link["as"]) for link in links(conclusion, "about")}


def test_every_participant_entry_is_a_participation_or_a_count() -> None:
    entries = [id for meeting, count in PARTICIPANT_ENTRIES.items() for id in numbered(meeting, "PA", count)]
    found = [resolve(f"participation/{id}") for id in entries]
    counts_only = [id for id in found if id.startswith("meeting/")]
    listed_before = "participation/CTO-2017/ttc"  # already on the list of the meeting; the role is new
    assert len(counts_only) == 3
    assert listed_before in found
    assert 165 + len(entries) == 187
    assert len(of_kind("participation")) == 187 - len(counts_only) - 1


def test_participants_of_complete_lists_are_as_many_as_declared() -> None:
    attended = Counter(str(participation["meeting"]) for participation in of_kind("participation"))
    complete = [meeting for meeting in of_kind("meeting") if meeting.get("participantListComplete")]
    assert {str(meeting["id"]): meeting["declaredParticipants"] for meeting in complete} == {
        str(meeting["id"]): attended[str(meeting["id"])] for meeting in complete
    }


@pytest.mark.parametrize(
    ("kind", "number"),
    [("communique", 31), ("consultation", 7), ("need", 5), ("report", 2), ("topic", 38)],
)
def test_number_of_records(kind: str, number: int) -> None:
    assert len(of_kind(kind)) == number


def test_every_follow_up_is_an_action() -> None:
    assert len(follow_ups()) == len(set(follow_ups())) == 191
    acts = acts_of_follow_ups()
    assert all(act.startswith("action/") for act in acts)
    assert len(acts) == 157  # 34 follow-ups name an act that an earlier one names
    collected = acts | {resolve(f"action/{id}") for id in CONSIDERATIONS}
    beside = {str(action["id"]) for action in of_kind("action")} - collected
    assert beside == {
        "action/CTO-2018-P1",  # work before a meeting that its record names
        "action/CTO-2018-P2",
        "action/CXO-2016-P1",
        *(f"action/R68-A{number}" for number in range(4, 10)),  # how Resolution 68 was carried out
    }


def test_every_act_tells_what_it_was_and_most_what_came_of_it() -> None:
    results = ("opened", "setUp", "resultedIn", "takenAt", "takenBy")
    assert all(
        any(field in records()[act] for field in results) and "title" in records()[act]
        for act in acts_of_follow_ups()
    )


def test_considerations_are_actions_of_their_own_or_name_a_follow_up() -> None:
    found = [resolve(f"action/{id}") for id in CONSIDERATIONS]
    assert [id for id in found if id in acts_of_follow_ups()] == ["action/CTO-2016-CJK2-FA1"]
    assert all(records()[id]["actionType"] == "consideration" for id in found)
