"""Coverage, search and the facts of the dataset as Cypher: values are parameters, names are checked."""

import re

import pytest

from graph.conditions import condition
from graph.connection import EdgePart
from graph.coverage import FIGURES, GROUPS, AboutTopic, Coverage, CoverageRows, Covered, Rule
from graph.cypher import expression, statement
from graph.dataset_read import DatasetFacts, Loads
from graph.search import After, Search, place, read_place
from graph.selection import Both, Parameter, Stored, ThingSelection, Wanted
from graph.variables import Names

NEVER, BODIES, SIZE = Parameter("p0"), Parameter("p1"), Parameter("p2")
ALL = tuple((name, name) for name in FIGURES)
THING = ThingSelection((Wanted("id", Stored("id")),))
ROWS = CoverageRows("rows", SIZE, ALL, (("group", THING),))


def cypher(read: object) -> str:
    return expression(read, "", Names())


def fresh(prefix: str) -> str:
    return f"{prefix}1"


def test_cover_is_a_verified_tie_that_is_not_prior_work_to_an_act_that_takes_up() -> None:
    assert condition(Covered(Rule(NEVER)), "c", fresh) == (
        "EXISTS { MATCH (c)-[l1:LED_TO]->(a1:Action) WHERE l1.strength IS NOT NULL "
        "AND NOT coalesce(l1.priorWork, false) AND NOT a1.actionType IN $p0 }"
    )


def test_cover_of_some_strengths_by_some_bodies() -> None:
    text = condition(Covered(Rule(NEVER, BODIES), Parameter("p3")), "c", fresh)
    assert "l1.strength IN $p3" in text
    assert "TAKEN_BY]->(b1:Body) WHERE t1.unverified IS NULL AND (b1.id IN $p1" in text


def test_narrower_topics_count_for_the_wider_one() -> None:
    text = condition(AboutTopic(Parameter("p3")), "c", fresh)
    assert "(c)-[u1:ABOUT]->(:Topic)-[w1:BROADER*0..8]->(g1:Topic)" in text
    assert "g1.id IN $p3" in text


@pytest.mark.parametrize("by", GROUPS)
def test_no_value_but_constants_of_ours_enters_the_text(by: str) -> None:
    text = cypher(Coverage(Both(()), Rule(NEVER, BODIES), ALL, by, (ROWS,), ("n",)))
    assert set(re.findall(r"'([^']*)'", text)) == {"stated", ""}
    assert set(re.findall(r"\$(\w+)", text)) == {"p0", "p1", "p2"}


def test_conclusions_are_looked_for_at_their_meetings_where_the_scope_names_some() -> None:
    read = Coverage(Both(()), Rule(NEVER), ALL, meetings=Parameter("p3"))
    assert "UNWIND $p3 AS" in cypher(read)
    assert "(:Meeting {id: " in cypher(read)


def test_a_name_that_is_none_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="no name of the model"):
        condition(AboutTopic(Parameter("p} //")), "c", fresh)


def test_search_asks_indexes_by_parameters_and_filters_by_label() -> None:
    edges = EdgePart("edges", "edges", (("score", "score"),), (("node", THING),))
    read = Search(Parameter("q"), Parameter("i"), SIZE, Parameter("s"), ("Body", "Topic"), parts=(edges,))
    text = cypher(read)
    assert "CALL db.index.fulltext.queryNodes(q" in text
    assert re.search(r"\(n\d+:Body\|Topic\)", text)
    assert set(re.findall(r"'([^']*)'", text)) == {"zh"}


def test_the_next_page_of_a_search_starts_after_rank_score_and_id() -> None:
    after = After(Parameter("r"), Parameter("s"), Parameter("k"))
    text = cypher(Search(Parameter("q"), Parameter("i"), SIZE, Parameter("o"), after=after))
    assert re.search(r"h\d+\[1\] > \$r OR \(h\d+\[1\] = \$r AND \(h\d+\[2\] < \$s OR", text)


def test_the_place_of_a_hit_is_written_without_loss() -> None:
    assert read_place(place(["x", 2, 0.1 + 0.2, "en"])) == (2, 0.1 + 0.2)
    for wrong in ("", "2", "x 1.0", "9 1.0", "1 x", "99999999999999999999 1.0"):
        with pytest.raises(ValueError):  # noqa: PT011 # whatever it says, the reader turns it into its own message
            read_place(wrong)


def test_the_facts_of_the_dataset_are_one_read() -> None:
    text = statement([DatasetFacts((("version", "version"),), loads=(Loads("loads", SIZE),))])
    assert text.count("MATCH (d:Dataset {id: 'dataset'})") == 2
    assert "MATCH (d1:Dataset {id: 'dataset'})" in text
    assert "LIMIT $p2" in text
