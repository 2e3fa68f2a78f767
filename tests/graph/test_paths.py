"""Traces find the paths that a plain walk finds, on both engines, and are quick where there are many."""

import time
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.paths import SCAN
from graph.store import Store
from graph.trace import Follow
from ontology.identity import link_id
from tests.graph.conftest import emptied
from tests.graph.plain_walk import (
    Tie,
    expected,
    expected_reached,
    follow,
    ids,
    traced,
    walk,
    way_of,
    ways,
    write,
)

MEETING, ASKED, OTHER = "meeting/M", "conclusion/C", "conclusion/D"
STUDY, REPORT, REFUSAL = "action/study", "action/report", "action/refusal"
ITEM, EDITION, NUMBER = "work-item/W", "recommendation-edition/Y.1-2012", "recommendation/Y.1"
SG13, TERM, GROUP = "study-group/SG13", "study-group-term/SG13-2009-2012", "focus-group/FG"
STORY = [
    Tie(MEETING, ASKED, "REACHED"),
    Tie(MEETING, OTHER, "REACHED"),
    Tie(ASKED, STUDY, more={"priorWork": False, "date": "2010"}),
    Tie(ASKED, REPORT, strength="inferred", more={"priorWork": True}),
    Tie(STUDY, REPORT),
    Tie(OTHER, REFUSAL, strength=None),
    Tie(STUDY, ITEM, "OPENED"),
    Tie(STUDY, GROUP, "SET_UP"),
    Tie(ITEM, EDITION, "RESULTED_IN", "inferred"),
    Tie(EDITION, NUMBER, "EDITION_OF"),
    Tie(STUDY, TERM, "TAKEN_BY"),
    Tie(REPORT, GROUP, "TAKEN_BY"),
    Tie(TERM, SG13, "PART_OF"),
]
FACTS = {
    STUDY: {"actionType": "study", "date": "2010-03"},
    REPORT: {"actionType": "consideration", "date": "2009-12-01"},
    REFUSAL: {"actionType": "decline"},
    EDITION: {"date": "2012-11"},
    "meeting/alone": {},
    "conclusion/alone": {},
}


@pytest.fixture
async def graph(store: Store) -> AsyncIterator[Store]:
    """A store without things, before and after: a load must not meet what it did not write."""
    yield store
    await emptied(store)


@pytest.fixture
async def story(graph: Store) -> Store:
    await write(graph, STORY, FACTS)
    return graph


def in_order(found: Any) -> list[list[str]]:
    """The paths, the shortest first; those of one length by their things, not by their links."""
    assert [len(way) for way in ways(found)] == sorted(len(way) for way in ways(found))
    return sorted(ways(found), key=lambda way: (len(way), way))


async def test_without_kinds_paths_go_on_until_no_link_leads_further(story: Store) -> None:
    found = await traced(story, ASKED, follow())
    assert in_order(found) == [[REPORT], [STUDY, REPORT], [STUDY, GROUP], [STUDY, ITEM, EDITION, NUMBER]]
    assert found["origin"]["id"] == ASKED
    assert not found["truncated"]


async def test_with_kinds_every_path_to_one_of_them_is_found_abstract_kinds_too(story: Store) -> None:
    acts = await traced(story, ASKED, follow(to=("Action",)))
    texts = await traced(story, ASKED, follow(to=("Document",)))
    assert in_order(acts) == [[REPORT], [STUDY], [STUDY, REPORT]]
    assert in_order(texts) == [[STUDY, ITEM, EDITION], [STUDY, ITEM, EDITION, NUMBER]]
    assert ids(texts["reached"]) == [EDITION, NUMBER]


async def test_both_is_one_trace_each_way_and_no_path_turns_round(story: Store) -> None:
    found = await traced(story, STUDY, follow(up=True))
    upward = [path for path in found["paths"] if path["direction"] == "UPSTREAM"]
    assert [[step["thing"]["id"] for step in path["steps"]] for path in upward] == [[ASKED, MEETING]]
    assert OTHER not in ids(found["reached"])
    assert {MEETING, ASKED, REPORT, NUMBER} <= {*ids(found["reached"])}


async def test_the_depth_cuts_paths_and_the_end_says_so(story: Store) -> None:
    found = await traced(story, ASKED, follow(depth=2))
    assert in_order(found) == [[REPORT], [STUDY, REPORT], [STUDY, GROUP], [STUDY, ITEM]]
    reasons = {end["at"]["id"]: end["reason"] for end in found["ends"]}
    assert reasons == {REPORT: "considered", GROUP: "group", ITEM: "depth-limit"}
    assert not found["truncated"]


async def test_only_links_of_the_strengths_asked_for_are_followed(story: Store) -> None:
    stated = await traced(story, ASKED, follow(strengths=True))
    assert in_order(stated) == [[STUDY, REPORT], [STUDY, GROUP], [STUDY, ITEM]]
    reasons = {end["at"]["id"]: end["reason"] for end in stated["ends"]}
    assert reasons[ITEM] == "excluded"
    assert (await traced(story, OTHER, follow(strengths=True)))["paths"] == []


async def test_only_links_of_the_types_asked_for_are_followed(story: Store) -> None:
    found = await traced(story, ASKED, follow(via=("LED_TO",)))
    assert in_order(found) == [[REPORT], [STUDY, REPORT]]


async def test_a_path_is_as_strong_as_its_weakest_link(story: Store) -> None:
    found = await traced(story, ASKED, follow())
    strengths = {way[-1]: path["strength"] for way, path in zip(ways(found), found["paths"], strict=True)}
    assert strengths == {REPORT: "stated", GROUP: "stated", NUMBER: "inferred"}
    assert found["paths"][0]["strength"] == "inferred"


async def test_a_path_over_a_link_without_strength_has_none_and_is_marked(story: Store) -> None:
    (path,) = (await traced(story, OTHER, follow()))["paths"]
    assert path["strength"] is None
    assert path["unverified"]


async def test_the_dates_of_a_path_are_those_of_its_links_and_things_after_the_origin(story: Store) -> None:
    found = await traced(story, ASKED, follow())
    dates = {(*way_of(path),): (path["firstDate"], path["lastDate"]) for path in found["paths"]}
    assert dates == {
        (REPORT,): ("2009-12-01", "2009-12-01"),
        (STUDY, REPORT): ("2009-12-01", "2010"),
        (STUDY, GROUP): ("2010", "2010"),
        (STUDY, ITEM, EDITION, NUMBER): ("2010", "2012-11"),
    }


async def test_prior_work_is_what_a_link_of_the_path_says_of_it(story: Store) -> None:
    from_asked = await traced(story, ASKED, follow())
    assert [path["priorWork"] for path in from_asked["paths"]] == [True, False, False, False]
    (unknown,) = (await traced(story, OTHER, follow()))["paths"]
    assert unknown["priorWork"] is None


async def test_steps_say_who_acted(story: Store) -> None:
    found = await traced(story, ASKED, follow(to=("Recommendation",)))
    (path,) = found["paths"]
    assert [ids(step["takenBy"]) for step in path["steps"]] == [[TERM], [], [], []]
    assert path["steps"][0]["link"]["id"] == link_id(ASKED, "LED_TO", STUDY)
    assert path["end"]["id"] == NUMBER


async def test_with_a_body_only_paths_over_its_own_deeds_are_found(story: Store) -> None:
    found = await traced(story, ASKED, follow(body=True), body=SG13)
    assert in_order(found) == [[STUDY, REPORT], [STUDY, GROUP], [STUDY, ITEM, EDITION, NUMBER]]
    assert ids((await traced(story, ASKED, follow(body=True), body=GROUP))["reached"]) == [REPORT]
    assert (await traced(story, OTHER, follow(body=True), body=SG13))["paths"] == []


@pytest.mark.parametrize(
    ("origin", "wanted", "reason"),
    [
        (OTHER, follow(), "declined"),
        (NUMBER, follow(up=True, down=False), "origin"),
        ("conclusion/alone", follow(), "not-addressed"),
        ("meeting/alone", follow(), "nothing-known"),
        (ASKED, follow(to=("InputDocument",)), "excluded"),
        (ASKED, follow(to=("RecommendationEdition",)), "reached"),
        (ASKED, follow(to=("Recommendation",)), "delivered"),
    ],
)
async def test_an_end_says_why_the_trace_stops(
    story: Store, origin: str, wanted: Follow, reason: str
) -> None:
    ends = (await traced(story, origin, wanted))["ends"]
    assert [end["reason"] for end in ends] == [reason]
    assert ends[0]["explanation"].endswith(".")


async def test_each_way_without_a_path_ends_at_the_origin(story: Store) -> None:
    ends = (await traced(story, MEETING, follow(up=True)))["ends"]
    assert {"id": MEETING, "__typename": "Meeting"} in [end["at"] for end in ends]
    assert "origin" in {end["reason"] for end in ends}


async def test_a_thing_that_does_not_exist_has_no_trace(story: Store) -> None:
    assert await traced(story, "conclusion/none", follow()) is None


async def test_no_link_occurs_twice_in_a_path_where_links_run_in_a_circle(graph: Store) -> None:
    one, two, three = "action/1", "action/2", "action/3"
    await write(graph, [Tie(one, two), Tie(two, three), Tie(three, one)])
    found = await traced(graph, one, follow())
    assert in_order(found) == [[two, three, one]]
    assert ids(found["reached"]) == [one, two, three]
    assert [end["reason"] for end in found["ends"]] == ["acted"]


async def test_paths_that_are_not_shown_are_told_of(story: Store) -> None:
    found = await traced(story, ASKED, follow(), first=3)
    assert [len(way) for way in ways(found)] == [1, 2, 2]
    assert found["truncated"]
    assert not (await traced(story, ASKED, follow(), first=4))["truncated"]


async def test_a_fan_of_very_many_paths_is_cut_quickly(graph: Store) -> None:
    """There are 40 x 50 x 50 ways: the shortest come first, and the rest is not walked through."""
    near = [f"action/{first}" for first in range(40)]
    middle = [f"work-item/{second}" for second in range(50)]
    far = [f"recommendation-edition/{third}" for third in range(50)]
    ties = [Tie(ASKED, one) for one in near]
    ties += [Tie(one, two, "OPENED") for one in near for two in middle]
    ties += [Tie(two, three, "RESULTED_IN") for two in middle for three in far]
    await write(graph, [*ties, Tie(ASKED, REPORT)])
    assert len(near) * len(middle) * len(far) >= SCAN
    await traced(graph, ASKED, follow(), first=100)
    started = time.monotonic()
    found = await traced(graph, ASKED, follow(), first=100)
    assert time.monotonic() - started < 5
    assert ways(found)[0] == [REPORT]
    assert len(found["paths"]) == 100
    assert found["truncated"]
    assert len(found["reached"]) == len(near) + len(middle) + len(far) + 1
    assert [end["reason"] for end in found["ends"]].count("delivered") >= 1


async def test_layers_in_which_everything_leads_to_everything_are_answered(graph: Store) -> None:
    """Six layers of ten things have a million ways through them, and sixty things."""
    layers = [[f"action/{layer}-{place}" for place in range(10)] for layer in range(6)]
    ties = [Tie(ASKED, one) for one in layers[0]]
    for upper, lower in pairwise(layers):
        ties += [Tie(one, two) for one in upper for two in lower]
    await write(graph, ties)
    found = await traced(graph, ASKED, follow(), first=10)
    assert len(found["paths"]) == 10
    assert found["truncated"]
    assert len(found["reached"]) == 60


KINDS = ("conclusion", "action", "work-item", "action", "recommendation-edition")
NODES = [f"{kind}/{place}" for place, kind in enumerate(KINDS)]
PLACES = st.integers(0, len(NODES) - 1)
TIES = st.lists(
    st.tuples(
        PLACES,
        PLACES,
        st.sampled_from(["LED_TO", "OPENED", "RESULTED_IN"]),
        st.sampled_from(["stated", "inferred", None]),
    ),
    max_size=9,
    unique_by=lambda tie: tie[:3],
)
RULES = [
    follow(depth=3),
    follow(depth=4, up=True),
    follow(depth=3, to=("Action", "Document")),
    follow(depth=4, strengths=True),
    follow(depth=3, down=False, up=True, via=("LED_TO", "OPENED"), strengths=True),
    follow(depth=4, body=True),
]
DEEDS = frozenset({"action/1", "work-item/2"})


def made(drawn: Sequence[tuple[int, int, str, str | None]], *, rising: bool) -> list[Tie]:
    """Links between the things; `rising`: without circles."""
    ordered = [(min(a, b), max(a, b), kind, strength) for a, b, kind, strength in drawn] if rising else drawn
    unique = {(a, b, kind): strength for a, b, kind, strength in ordered if a != b}
    return [Tie(NODES[a], NODES[b], kind, strength) for (a, b, kind), strength in unique.items()]


@pytest.mark.parametrize("wanted", RULES)
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(drawn=TIES)
async def test_a_trace_finds_what_a_plain_walk_finds(
    graph: Store, wanted: Follow, drawn: list[tuple[int, int, str, str | None]]
) -> None:
    ties = made(drawn, rising=wanted.body is not None)
    await emptied(graph)
    own = [Tie(deed, SG13, "TAKEN_BY") for deed in sorted(DEEDS)]
    await write(graph, [*ties, *own], {name: {} for name in NODES})
    found = await traced(graph, NODES[1], wanted, body=SG13)
    everything = walk(NODES[1], ties, wanted, ("stated",))
    shown = expected(everything, wanted, DEEDS)
    assert ways(found) == [list(way.things[1:]) for way in shown]
    assert ids(found["reached"]) == expected_reached(everything, wanted, DEEDS)
    assert [path["length"] for path in found["paths"]] == [len(way.ties) for way in shown]
    assert {end["at"]["id"] for end in found["ends"]} >= {way.things[-1] for way in shown}
