"""Search finds names however they are written, and texts in every language, alike on both engines."""

from typing import Any

import pytest

from graph.engine import Engine
from schema.service import Service
from tests.graph.served import ENGINES, data, refusal, service_in

SEARCH = """query(
  $text: String!, $kinds: [Kind!], $language: Language! = EN, $first: Int! = 20, $after: String
) {
  search(text: $text, kinds: $kinds, language: $language, first: $first, after: $after) {
    totalCount
    edges { cursor score matched language node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


@pytest.fixture(scope="module", params=ENGINES)
def here(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture(scope="module")
async def service(here: Engine) -> Service:
    return await service_in(here)


async def found(service: Service, text: str, **more: Any) -> list[tuple[str, str, str | None]]:
    answer = (await data(service, SEARCH, text=text, **more))["search"]
    assert [edge["node"] for edge in answer["edges"]] == answer["nodes"]
    return [(edge["node"]["id"], edge["matched"], edge["language"]) for edge in answer["edges"]]


async def first(service: Service, text: str, **more: Any) -> tuple[str, str, str | None]:
    return (await found(service, text, **more))[0]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("ITU-T Y.3172", "recommendation/Y.3172"),
        ("y3172", "recommendation/Y.3172"),
        ("Q6/13", "question/Q6-13-2009-2012"),
        ("FG CLOUD", "focus-group/FG-Cloud"),
        ("fg-cloud", "focus-group/FG-Cloud"),
        ("SG 13", "study-group/SG13"),
        ("Study  Group 13", "study-group/SG13"),
        ("M1-C3", "conclusion/M1-C3"),
        ("第 首席技术官会议".removeprefix("第 "), "meeting-series/cto"),
        ("БУДУЩИЕ СЕТИ", "topic/future-networks"),
    ],
)
async def test_a_printed_name_is_found_first_however_it_is_written(
    service: Service, text: str, thing: str
) -> None:
    assert await first(service, text) == (thing, "NAME", None)


async def test_a_designation_among_other_words_and_the_start_of_a_name_are_found(service: Service) -> None:
    assert await first(service, "what SG 13 decided") == ("study-group/SG13", "NAME", None)
    assert await first(service, "Y.31") == ("recommendation/Y.3172", "NAME", None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("标准化", "ZH"),
        ("发展中国家", "ZH"),
        ("差", "ZH"),
        ("البلدان النامية", "AR"),
        ("normalisation", "FR"),
        ("écart", "FR"),
        ("ECART", "FR"),
        ("pays développement", "FR"),
        ("developing country", "EN"),
        ("bridging", "EN"),
        ("develo", "EN"),
    ],
)
async def test_a_text_is_found_in_its_language_whatever_language_is_asked(
    service: Service, text: str, language: str
) -> None:
    for asked in ("EN", language, "RU"):
        assert await first(service, text, language=asked) == ("conclusion/M1-C1", "TEXT", language)


async def test_what_has_all_words_comes_before_what_has_some(service: Service) -> None:
    ids = [thing for thing, *_ in await found(service, "worry networks")]
    assert ids[0] == "conclusion/M2-C2"
    assert {"topic/networks", "recommendation/Y.3172"} < set(ids[1:])


@pytest.mark.parametrize(
    "text", ['"quoted" AND', "C++ (quoted", "quoted OR [", "quoted~ ^2", "\\quoted", "quoted:*"]
)
async def test_nothing_that_is_typed_is_an_operator(service: Service, text: str) -> None:
    assert (await first(service, text))[0] == "conclusion/M1-C2"


@pytest.mark.parametrize(
    "text",
    ["AND", "NOT OR", "x') DETACH DELETE n //", "a" * 500, "标" * 500, "a b " * 125, "\u202e\u0000a", "½"],
)
async def test_odd_texts_are_answered(service: Service, text: str) -> None:
    await found(service, text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "no letter and no digit"),
        (" \t\n", "no letter and no digit"),
        ('?! "*"', "no letter and no digit"),
        ("word " * 2_000, "has 10000 characters: write 500 at most"),
    ],
)
async def test_a_text_without_words_or_too_long_is_refused(service: Service, text: str, wrong: str) -> None:
    assert wrong in await refusal(service, SEARCH, text=text)


async def test_kinds_may_be_abstract_and_are_one_at_least(service: Service) -> None:
    everything = {thing for thing, *_ in await found(service, "networks")}
    bodies = {thing for thing, *_ in await found(service, "networks", kinds=["BODY"])}
    assert bodies == {"study-group/SG13", "study-group-term/SG13-2009-2012"}
    both = {thing for thing, *_ in await found(service, "networks", kinds=["BODY", "TOPIC"])}
    assert bodies < both < everything
    assert {thing for thing, *_ in await found(service, "networks", kinds=["THING"])} == everything
    assert "kinds is empty" in await refusal(service, SEARCH, text="networks", kinds=[])


async def test_pages_follow_each_other_without_gap_or_repeat(service: Service) -> None:
    whole = (await data(service, SEARCH, text="networks"))["search"]
    walked: list[Any] = []
    after, pages = None, 0
    while pages == 0 or after is not None:
        page = (await data(service, SEARCH, text="networks", first=2, after=after))["search"]
        assert page["totalCount"] == whole["totalCount"]
        assert page["pageInfo"]["hasPreviousPage"] is (pages > 0)
        walked += page["edges"]
        after = page["pageInfo"]["endCursor"] if page["pageInfo"]["hasNextPage"] else None
        pages += 1
    assert [edge["node"] for edge in walked] == whole["nodes"]
    assert [edge["cursor"] for edge in walked] == [edge["cursor"] for edge in whole["edges"]]
    assert len(walked) == whole["totalCount"] > 4


async def test_a_cursor_of_another_search_is_refused(service: Service) -> None:
    cursor = (await data(service, SEARCH, text="networks", first=1))["search"]["pageInfo"]["endCursor"]
    assert "another list" in await refusal(service, SEARCH, text="network", after=cursor)
    assert "another list" in await refusal(service, SEARCH, text="networks", kinds=["BODY"], after=cursor)
    assert "no cursor" in await refusal(service, SEARCH, text="networks", after="x")


async def test_an_empty_page_and_one_too_large(service: Service) -> None:
    assert await found(service, "networks", first=0) == []
    assert "201 is more" in await refusal(service, SEARCH, text="networks", first=201)
    assert await found(service, "zyxwv") == []
