"""Coverage counts what it says it counts, on both engines; the data say why each conclusion is there."""

from typing import Any

import pytest

from graph.engine import Engine
from schema.service import Service
from tests.graph.served import ENGINES, data, refusal, service_in

FIGURES = "total stated statedOrInferred meetingWide"
BY = f"query($by: CoverageGroup) {{ coverage(by: $by) {{ rowCount rows {{ group {{ id }} {FIGURES} }} }} }}"
OF = f"query($of: CoverageScope) {{ coverage(of: $of) {{ {FIGURES} }} }}"
UNCOVERED = """query($of: CoverageScope, $strength: [Strength!], $first: Int, $after: String) {
  coverage(of: $of) { uncovered(strength: $strength, first: $first, after: $after) {
    totalCount nodes { id date } pageInfo { hasNextPage hasPreviousPage endCursor }
  } }
}"""

Row = tuple[str | None, int, int, int, int]


@pytest.fixture(scope="module", params=ENGINES)
def here(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture(scope="module")
async def service(here: Engine) -> Service:
    return await service_in(here)


async def rows(service: Service, by: str) -> list[Row]:
    found = (await data(service, BY, by=by))["coverage"]
    made = [
        (row["group"] and row["group"]["id"], *(row[key] for key in FIGURES.split())) for row in found["rows"]
    ]
    assert found["rowCount"] == len(made)
    return made


async def figures(service: Service, **scope: Any) -> tuple[int, ...]:
    found = (await data(service, OF, of=scope))["coverage"]
    return tuple(found[key] for key in FIGURES.split())


async def uncovered(service: Service, **variables: Any) -> list[str]:
    found = (await data(service, UNCOVERED, **variables))["coverage"]["uncovered"]
    return [node["id"].removeprefix("conclusion/") for node in found["nodes"]]


async def test_only_verified_ties_that_follow_the_meeting_and_take_it_up_cover(service: Service) -> None:
    assert await figures(service) == (7, 1, 3, 3)
    assert await uncovered(service) == ["M1-C3", "M1-C4", "M1-C5", "M2-C2"]


async def test_a_tie_that_may_be_prior_work_covers(service: Service) -> None:
    query = '{ conclusion(id: "conclusion/M2-C1") { actions { edges { priorWork } } } }'
    edges = (await data(service, query))["conclusion"]["actions"]["edges"]
    assert edges == [{"priorWork": None}]
    assert "M2-C1" not in await uncovered(service)


async def test_an_act_tied_to_the_meeting_as_a_whole_covers_none_of_its_conclusions(service: Service) -> None:
    assert await rows(service, "MEETING") == [("meeting/M1", 5, 1, 2, 3), ("meeting/M2", 2, 0, 1, 0)]


async def test_links_from_memory_put_nothing_into_a_group(service: Service) -> None:
    assert await rows(service, "SERIES") == [("meeting-series/cto", 5, 1, 2, 3), (None, 2, 0, 1, 0)]
    assert await rows(service, "STUDY_PERIOD") == [("study-period/2009-2012", 5, 1, 2, 3), (None, 2, 0, 1, 0)]
    assert await figures(service, series=["meeting-series/cto"]) == (5, 1, 2, 3)
    assert await figures(service, studyPeriods=["study-period/2009-2012"]) == (5, 1, 2, 3)


async def test_a_topic_counts_for_the_wider_ones(service: Service) -> None:
    assert await rows(service, "TOPIC") == [
        ("topic/future-networks", 1, 1, 1, 0),
        ("topic/networks", 2, 1, 2, 0),
        (None, 5, 0, 1, 3),
    ]
    assert await figures(service, topics=["topic/networks"]) == (2, 1, 2, 0)
    assert await figures(service, topics=["topic/future-networks"]) == (1, 1, 1, 0)


async def test_a_body_is_credited_with_its_own_acts_and_those_of_its_terms(service: Service) -> None:
    assert await rows(service, "STUDY_GROUP") == [
        ("focus-group/FG-Cloud", 1, 0, 1, 0),
        ("study-group/SG13", 2, 1, 2, 0),
        (None, 5, 0, 1, 3),
    ]
    assert await figures(service, studyGroups=["study-group/SG13"]) == (2, 1, 2, 0)
    assert await figures(service, studyGroups=["focus-group/FG-Cloud"]) == (1, 0, 1, 0)
    assert await figures(service, studyGroups=["sector/ITU-T"]) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("scope", "total"),
    [
        ({}, 7),
        ({"meetings": ["meeting/M2"]}, 2),
        ({"meetings": ["meeting/M1", "meeting/M2", "meeting/M1", "meeting/none"]}, 7),
        ({"meetings": []}, 0),
        ({"nature": ["CALL", "VIEW"]}, 2),
        ({"addressedTo": ["sector/ITU-T"]}, 1),
        ({"from": "2010"}, 2),
        ({"to": "2009"}, 5),
        ({"to": "2010-02"}, 5),
        ({"from": "2009-10-07", "meetings": ["meeting/M1"]}, 0),
        ({"meetings": ["meeting/M1"], "nature": ["VIEW"], "topics": ["topic/networks"]}, 1),
        ({"meetings": None}, 7),
    ],
)
async def test_a_scope_is_all_that_it_names(service: Service, scope: dict[str, Any], total: int) -> None:
    assert (await figures(service, **scope))[0] == total


async def test_uncovered_at_one_strength(service: Service) -> None:
    never = ["M1-C3", "M1-C4", "M1-C5"]
    assert await uncovered(service, strength=["STATED"]) == ["M1-C2", *never, "M2-C1", "M2-C2"]
    assert await uncovered(service, strength=["INFERRED"]) == ["M1-C1", *never, "M2-C2"]
    assert await uncovered(service, strength=["STATED", "INFERRED"]) == await uncovered(service)
    assert await uncovered(service, of={"meetings": ["meeting/M2"]}) == ["M2-C2"]


async def test_uncovered_is_read_page_by_page_from_the_oldest(service: Service) -> None:
    walked: list[str] = []
    page: dict[str, Any] = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        answer = await data(service, UNCOVERED, strength=["STATED"], first=4, after=page["endCursor"])
        found = answer["coverage"]["uncovered"]
        walked += [node["id"] for node in found["nodes"]]
        page = found["pageInfo"]
        assert found["totalCount"] == 6
    assert len(walked) == len(set(walked)) == 6
    assert page["hasPreviousPage"]


async def test_a_cursor_of_another_scope_or_strength_is_refused(service: Service) -> None:
    found = (await data(service, UNCOVERED, first=1))["coverage"]["uncovered"]
    cursor = found["pageInfo"]["endCursor"]
    of = {"meetings": ["meeting/M1"]}
    assert "another list" in await refusal(service, UNCOVERED, of=of, after=cursor)
    assert "another list" in await refusal(service, UNCOVERED, strength=["STATED"], after=cursor)


async def test_fields_are_answered_under_the_keys_asked_for(service: Service) -> None:
    query = """{ all: coverage(by: MEETING) {
      n: total
      a: rows(first: 1) { t: total g: group { key: id __typename } }
      b: rows { group { ... on Meeting { series { id } } } } } }"""
    assert (await data(service, query))["all"] == {
        "n": 7,
        "a": [{"t": 5, "g": {"key": "meeting/M1", "__typename": "Meeting"}}],
        "b": [{"group": {"series": {"id": "meeting-series/cto"}}}] * 2,
    }


async def test_without_a_group_there_are_no_rows(service: Service) -> None:
    assert await data(service, "{ coverage { rowCount rows { total } } }") == {
        "coverage": {"rowCount": 0, "rows": []}
    }


@pytest.mark.parametrize(
    ("scope", "wrong"),
    [
        (
            {"meetings": ["conclusion/M1-C1"]},
            "'conclusion/M1-C1' is no id of a Meeting: such an id starts with",
        ),
        ({"topics": ["' OR true //"]}, "is no id of a Topic"),
        ({"studyGroups": ["meeting/M1"]}, "is no id of a Body"),
        ({"addressedTo": ["meeting/M1"]}, "is no id of a Body or CountryGroup"),
    ],
)
async def test_an_id_of_another_kind_is_refused(service: Service, scope: dict[str, Any], wrong: str) -> None:
    assert wrong in await refusal(service, OF, of=scope)


async def test_empty_strengths_and_sizes_out_of_bounds_are_refused(service: Service) -> None:
    assert "strength is empty" in await refusal(service, UNCOVERED, strength=[])
    assert "-1 is negative" in await refusal(service, "{ coverage(by: TOPIC) { rows(first: -1) { total } } }")
    assert "201 is more" in await refusal(service, "{ coverage(by: TOPIC) { rows(first: 201) { total } } }")
