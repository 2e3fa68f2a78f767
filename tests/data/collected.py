"""What was collected: the meetings with how many conclusions and follow-ups each has.

The numbers were counted in the collected facts, not in data/.
"""

from tests.data.plain_trace import resolve

# meeting: conclusions and follow-ups of the first collection, then of the second (ids with an A)
COLLECTED = {
    "GSS-2008": (4, 4, 2, 3),
    "CTO-2009": (6, 11, 0, 0),
    "CTO-2010": (6, 4, 0, 0),
    "CTO-2011": (6, 7, 0, 0),
    "CTO-2012": (7, 19, 0, 3),
    "GSS-2012": (4, 7, 1, 2),
    "CTO-2013": (6, 11, 0, 0),
    "CTO-2014": (6, 7, 0, 0),
    "CTO-2015-CJK1": (5, 17, 0, 0),
    "CTO-2015": (6, 8, 0, 1),
    "CTO-2016-CJK2": (5, 6, 0, 2),
    "CXO-2016": (6, 10, 0, 1),
    "GSS-2016": (2, 5, 3, 1),
    "CTO-2016": (4, 5, 0, 0),
    "CTO-2017-NAW": (0, 1, 0, 0),
    "CTO-2017": (4, 10, 0, 0),
    "CXO-2017": (3, 3, 0, 0),
    "CXO-2018": (0, 0, 0, 0),
    "CTO-2018": (5, 7, 0, 0),
    "CTO-2019-CJK3": (8, 12, 0, 0),
    "CTO-2019": (0, 0, 0, 0),
    "CXO-2019": (5, 9, 0, 0),
    "CXO-2020": (0, 0, 0, 0),
    "CXO-2021": (5, 3, 0, 0),
    "GSS-2020": (7, 5, 7, 0),
    "CXO-2022": (0, 0, 0, 0),
    "CXO-2023": (1, 0, 0, 0),
    "IEW-2024": (1, 0, 0, 0),
    "GSS-2024": (4, 3, 7, 4),
    "CXO-2024": (0, 0, 0, 0),
    "CXO-2025": (0, 0, 0, 0),
}


def numbered(meeting: str, letter: str, count: int) -> list[str]:
    """CTO-2009-F1, CTO-2009-F2 ..."""
    return [f"{meeting}-{letter}{number}" for number in range(1, count + 1)]


def follow_ups() -> list[str]:
    """The 191 ids under which follow-ups were collected."""
    return [
        id
        for meeting, (_, first, _, second) in COLLECTED.items()
        for id in numbered(meeting, "F", first) + numbered(meeting, "FA", second)
    ]


def acts_of_follow_ups() -> set[str]:
    """The actions that the follow-ups became; several may be one act."""
    return {resolve(f"action/{id}") for id in follow_ups()}
