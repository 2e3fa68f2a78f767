"""The text of a trace: for each length a literal and a limit, names of the model, values as parameters."""

import re
from dataclasses import replace

import pytest

from graph.cypher import expression
from graph.path_ends import Endings
from graph.paths import SCAN
from graph.selection import Parameter, ThingSelection
from graph.trace import Follow, PathField, Paths, Reached, Trace
from graph.variables import Names
from ontology.model import reference
from tests.graph.plain_walk import ID, STRENGTHS, follow, read_of

LIMIT, REACH, SIZE = Parameter("limit"), Parameter("reach"), Parameter("size")
SHORT = Follow(("LED_TO", "OPENED"), ("LED_TO", "OPENED"), 2)


def text_of(trace: Trace) -> str:
    return expression(trace, "x", Names())


def of_paths(wanted: Follow, *fields: PathField) -> Trace:
    return Trace(wanted, LIMIT, REACH, Endings.of(reference()), paths=(Paths("paths", SIZE, fields),))


def test_each_length_is_asked_for_with_a_limit_of_its_own() -> None:
    assert text_of(of_paths(SHORT)) == (
        "[[], head(COLLECT { UNWIND ["
        "COLLECT { MATCH p2 = (x)-[:LED_TO|OPENED*1..1]->(e3:Thing) WITH p2, e3 LIMIT 100000 WITH p2, e3 "
        "WHERE NOT EXISTS { MATCH (e3)-[o4:LED_TO|OPENED]->(o5:Thing) WHERE NOT o4 IN relationships(p2) } "
        "WITH p2, e3 LIMIT $limit WITH p2, e3 ORDER BY [x IN relationships(p2) | x.id] "
        "RETURN [relationships(p2), nodes(p2), false, false] }] AS w6 "
        "UNWIND [CASE WHEN size(w6) >= $limit THEN w6 ELSE w6 + "
        "COLLECT { MATCH p7 = (x)-[:LED_TO|OPENED*2..2]->(e8:Thing) "
        "WITH p7, e8 LIMIT $limit WITH p7, e8 ORDER BY [x IN relationships(p7) | x.id] "
        "RETURN [relationships(p7), nodes(p7), false, false] } END] AS w9 "
        "UNWIND [w9[..$limit - 1]] AS r10 RETURN ["
        "[w IN r10 | [[x IN w[0] | x.id], [x IN w[1] | x.id], w[2], w[3]]], null, "
        "COLLECT { UNWIND [[x]] + [w IN r10 | w[1]] AS p11 UNWIND p11 AS t12 WITH DISTINCT t12 "
        "RETURN [t12.id, coalesce(t12.date, t12.startDate, t12.from), null] }, "
        "COLLECT { UNWIND r10 AS p13 UNWIND p13[0] AS l14 WITH DISTINCT l14 "
        "RETURN [l14.id, type(l14), l14.strength, l14.priorWork, l14.date] }] }), []]"
    )


def test_things_reached_are_found_without_their_paths_further_and_further_away() -> None:
    trace = Trace(
        replace(SHORT, depth=3),
        LIMIT,
        REACH,
        Endings.of(reference()),
        reached=(Reached("reached", ThingSelection()),),
    )
    assert text_of(trace) == (
        "[[], null, head(COLLECT { "
        "UNWIND [COLLECT { UNWIND [x] AS s4 MATCH (s4)-[:LED_TO|OPENED*1..2]->(e6:Thing) "
        "WITH DISTINCT e6 LIMIT 20000 RETURN e6 }] AS f2 "
        "UNWIND [COLLECT { UNWIND f2 AS s9 MATCH (s9)-[:LED_TO|OPENED*1..1]->(e11:Thing) "
        "WITH DISTINCT e11 LIMIT 20000 RETURN e11 }] AS f7 "
        "RETURN [COLLECT { UNWIND f2 + f7 AS e12 WITH DISTINCT e12 WITH e12 ORDER BY e12.id "
        "LIMIT $reach RETURN [e12.id] }] })]"
    )


def test_upstream_the_same_links_are_followed_against_their_direction() -> None:
    text = text_of(of_paths(replace(SHORT, down=False, up=True)))
    assert "(x)<-[:LED_TO|OPENED*1..1]-(" in text
    assert "->" not in text


@pytest.mark.parametrize("depth", [1, 3, 10])
def test_a_depth_is_a_literal_of_the_text(depth: int) -> None:
    text = text_of(of_paths(replace(SHORT, depth=depth)))
    lengths = re.findall(r"\*(\d+)\.\.(\d+)", text)
    assert lengths == [(str(length), str(length)) for length in range(1, depth + 1)]


def test_whether_there_are_more_paths_is_looked_at_only_when_it_is_wanted() -> None:
    counted = f">= {SCAN}"
    assert counted not in text_of(of_paths(SHORT))
    assert counted in text_of(replace(of_paths(SHORT), truncated=("truncated",)))


def test_a_thing_that_is_wanted_twice_is_read_of_each_thing_once() -> None:
    node = ThingSelection((ID,))
    text = text_of(of_paths(SHORT, PathField("end", "end", node), PathField("last", "end", node)))
    assert text.count("UNWIND p11 AS t12") == 1
    assert "[t12.id, t12.id], [t12.id, t12.id]]" in text


def test_strengths_and_bodies_are_parameters() -> None:
    text = text_of(read_of(follow(strengths=True, body=True, to=("Action",))).trace)
    assert "x.strength IN $strengths" in text
    assert "(b" in text
    assert "id: $body" in text
    assert STRENGTHS.name in re.findall(r"\$(\w+)", text)


@pytest.mark.parametrize("name", ["LED_TO*0..9", "A|B", "x`) DETACH DELETE (y", ""])
def test_a_name_that_is_none_of_the_model_never_enters_the_text(name: str) -> None:
    with pytest.raises(ValueError, match="is no name of the model"):
        text_of(of_paths(replace(SHORT, types=(name,))))
    with pytest.raises(ValueError, match="is no name of the model"):
        text_of(of_paths(replace(SHORT, to=(name,))))
