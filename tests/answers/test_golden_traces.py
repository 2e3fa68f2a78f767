"""Traces that are known from the sources are found over GraphQL, on both engines, with their strengths."""

import pytest

from schema.service import Service
from tests.graph.served import data

TRACE = """query ($from: ID!, $strength: [Strength!]) {
  trace(from: $from, strength: $strength) {
    paths(first: 500) { strength steps { thing { id } takenBy { id } takenAt { id } } }
    reached { id }
  }
}"""
# From where, what lies on one path in this order, and whether sources state every step of it.
GOLDEN = [
    ("conclusion/CTO-2009-C6", ["tsag-meeting/2010-02", "focus-group/FG-Smart"], True),
    ("conclusion/CTO-2012-C4", ["study-group/SG13", "resolution-revision/WTSA-77-2012"], True),
    ("conclusion/CTO-2012-C5", ["advisory-group/TSAG", "resolution-revision/WTSA-77-2012"], True),
    ("conclusion/CTO-2012-C6", ["resolution/WTSA-77"], True),
    ("meeting/CTO-2012", ["meeting/GSS-2012", "assembly/WTSA-12"], False),
    ("conclusion/GSS-12-C4", ["assembly/WTSA-12", "resolution-revision/WTSA-78-2012"], True),
    ("conclusion/CTO-2013-C2", ["study-group/SG12"], True),
    ("conclusion/CTO-2015-CJK1-C1", ["study-group/SG13", "focus-group/FG-IMT2020"], True),
    ("conclusion/CTO-2015-CJK1-C4", ["focus-group/FG-IMT2020"], True),
    ("meeting/CXO-2016", ["tsag-meeting/2017-05"], True),
    ("meeting/CTO-2016", ["tsag-meeting/2017-05"], True),
    ("meeting/CTO-2017-NAW", ["tsag-meeting/2017-05"], True),
]


def on_the_way(path: dict[str, list[dict[str, object]]]) -> list[str]:
    """The ids of the things of a path, each with the bodies and events of its act, in order."""
    found: list[str] = []
    for step in path["steps"]:
        both = [*step["takenBy"], *step["takenAt"], step["thing"]]  # type: ignore[misc] # lists of mappings
        found += [one["id"] for one in both]
    return found


def in_order(wanted: list[str], found: list[str]) -> bool:
    rest = iter(found)
    return all(one in rest for one in wanted)


@pytest.mark.parametrize(("start", "way", "stated"), GOLDEN)
async def test_a_known_trace_is_found(service: Service, start: str, way: list[str], stated: bool) -> None:
    answer = await data(service, TRACE, **{"from": start, "strength": ["STATED"] if stated else None})
    ways = [on_the_way(path) for path in answer["trace"]["paths"]]
    assert any(in_order(way, found) for found in ways), ways


async def test_a_path_is_as_strong_as_its_weakest_link(service: Service) -> None:
    query = """{ conclusion(id: "conclusion/CTO-2009-C6") { trace {
      paths(first: 500) { strength steps { link { strength } } } } } }"""
    for path in (await data(service, query))["conclusion"]["trace"]["paths"]:
        strengths = {step["link"]["strength"] for step in path["steps"]}
        assert path["strength"] == ("INFERRED" if "INFERRED" in strengths else "STATED")


async def test_a_trace_back_finds_the_conclusion_from_which_it_came(service: Service) -> None:
    down = """{ conclusion(id: "conclusion/CTO-2009-C6") {
      trace(to: [RECOMMENDATION]) { reached { id } } } }"""
    up = """query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Thing {
      trace(direction: UPSTREAM, to: [CONCLUSION]) { reached { id } } } } }"""
    reached = (await data(service, down))["conclusion"]["trace"]["reached"]
    assert reached
    for node in (await data(service, up, ids=[one["id"] for one in reached]))["nodes"]:
        assert {"id": "conclusion/CTO-2009-C6"} in node["trace"]["reached"]


async def test_without_kinds_the_paths_are_the_longest(service: Service) -> None:
    query = """query ($depth: Int!) { conclusion(id: "conclusion/CTO-2009-C6") {
      trace(maxDepth: $depth) { paths(first: 500) { length } ends { reason } } } }"""
    whole = (await data(service, query, depth=8))["conclusion"]["trace"]
    cut = (await data(service, query, depth=1))["conclusion"]["trace"]
    assert "DEPTH_LIMIT" not in {end["reason"] for end in whole["ends"]}
    assert "DEPTH_LIMIT" in {end["reason"] for end in cut["ends"]}
    assert {path["length"] for path in cut["paths"]} == {1}


async def test_fewer_paths_than_there_are_is_said(service: Service) -> None:
    query = """query ($first: Int!) { trace(from: "meeting/CTO-2012") {
      truncated paths(first: $first) { length } } }"""
    few = (await data(service, query, first=3))["trace"]
    assert few["truncated"] is True
    assert len(few["paths"]) == 3
    assert (await data(service, query, first=1000))["trace"]["truncated"] is False


async def test_a_trace_both_ways_is_one_each_way(service: Service) -> None:
    query = """query ($direction: TraceDirection!) {
      trace(from: "action/CTO-2009-F1", direction: $direction) {
      paths(first: 500) { direction end { id } } } }"""
    found = {
        direction: (await data(service, query, direction=direction))["trace"]["paths"]
        for direction in ("UPSTREAM", "DOWNSTREAM", "BOTH")
    }
    ends = {
        key: sorted((one["direction"], one["end"]["id"]) for one in paths) for key, paths in found.items()
    }
    assert ends["BOTH"] == sorted(ends["UPSTREAM"] + ends["DOWNSTREAM"])
    assert ends["UPSTREAM"]


async def test_work_that_began_before_is_marked(service: Service) -> None:
    query = """{ trace(from: "conclusion/GSS-2024-CA2") { paths { priorWork } } }"""
    assert {path["priorWork"] for path in (await data(service, query))["trace"]["paths"]} == {True}


async def test_the_trace_of_what_is_not_there_is_null(service: Service) -> None:
    assert (await data(service, '{ trace(from: "conclusion/no-such") { truncated } }'))["trace"] is None
