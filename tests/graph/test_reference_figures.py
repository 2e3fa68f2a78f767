"""Coverage and search of the reference data: the figures of a plain count over the files, on both engines."""

from collections.abc import Callable

import pytest

from graph.engine import Engine
from schema.service import Service
from tests.graph import plain_coverage as plain
from tests.graph.served import ENGINES, REFERENCE, data, service_in

FIGURES = ("total", "stated", "statedOrInferred", "meetingWide")
BY = f"query($by: CoverageGroup!) {{ coverage(by: $by) {{ rows {{ group {{ id }} {' '.join(FIGURES)} }} }} }}"


@pytest.fixture(scope="module", params=ENGINES)
def here(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture(scope="module")
async def service(here: Engine) -> Service:
    return await service_in(here, REFERENCE)


async def rows(service: Service, by: str) -> dict[str | None, tuple[int, ...]]:
    found = (await data(service, BY, by=by))["coverage"]["rows"]
    return {row["group"] and row["group"]["id"]: tuple(row[key] for key in FIGURES) for row in found}


async def test_of_136_conclusions_17_are_covered_as_stated_and_79_with_what_is_inferred(
    service: Service,
) -> None:
    found = (await data(service, f"{{ coverage {{ {' '.join(FIGURES)} }} }}"))["coverage"]
    assert tuple(found[key] for key in FIGURES) == plain.figures(plain.everything())
    assert (found["total"], found["stated"], found["statedOrInferred"]) == (136, 17, 79)


@pytest.mark.parametrize(
    ("by", "count"),
    [
        ("MEETING", plain.by_meeting),
        ("SERIES", plain.by_series),
        ("STUDY_PERIOD", plain.by_study_period),
        ("TOPIC", plain.by_topic),
    ],
)
async def test_groups_are_those_of_a_plain_count(
    service: Service, by: str, count: Callable[[], plain.Group]
) -> None:
    assert await rows(service, by) == {group: plain.figures(own) for group, own in count().items()}


async def test_bodies_are_those_of_a_plain_count(service: Service) -> None:
    found = await rows(service, "STUDY_GROUP")
    assert {group: row for group, row in found.items() if group is not None} == plain.by_body()


@pytest.mark.parametrize(
    ("argument", "by"), [("studyGroups", "STUDY_GROUP"), ("topics", "TOPIC"), ("series", "SERIES")]
)
async def test_a_row_says_what_a_scope_of_its_group_says(service: Service, argument: str, by: str) -> None:
    query = f"query($ids: [ID!]) {{ coverage(of: {{{argument}: $ids}}) {{ {' '.join(FIGURES)} }} }}"
    for group, row in (await rows(service, by)).items():
        if group is not None:
            found = (await data(service, query, ids=[group]))["coverage"]
            assert tuple(found[key] for key in FIGURES) == row


async def test_uncovered_are_those_of_a_plain_count_from_the_oldest_meeting_on(service: Service) -> None:
    query = "{ coverage { uncovered(first: 200) { nodes { id date } } } }"
    nodes = (await data(service, query))["coverage"]["uncovered"]["nodes"]
    assert {node["id"] for node in nodes} == {one for one in plain.everything() if not plain.covered(one)}
    dates = [node["date"] for node in nodes]
    assert dates == sorted(dates)


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("ITU-T Y.3172", "recommendation/Y.3172"),
        ("Q6/13", "question/Q6-13-2017-2020"),
        ("FG IMT2020", "focus-group/FG-IMT2020"),
        ("SG 13", "study-group/SG13"),
        ("CTO-2009-C3", "conclusion/CTO-2009-C3"),
        ("Resolution 68", "resolution/WTSA-68"),
        ("Y.2065", "recommendation/Y.4110"),
        ("发展中国家", "country-group/developing"),
        ("развивающихся стран", "country-group/developing"),
        ("البلدان النامية", "country-group/developing"),
    ],
)
async def test_the_first_that_is_found(service: Service, text: str, thing: str) -> None:
    query = "query($text: String!) { search(text: $text, first: 1) { nodes { id } } }"
    assert (await data(service, query, text=text))["search"]["nodes"] == [{"id": thing}]
