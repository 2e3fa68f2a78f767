"""From what is wanted to Cypher: one statement, names from the model alone, values as parameters alone."""

import pytest

from graph.conditions import condition, names
from graph.connection import AnyHop, Connection, EdgePart, Everything, Hop, Order, Page
from graph.cypher import expression, statement
from graph.selection import (
    Absent,
    Both,
    ById,
    Compare,
    Either,
    Linked,
    LinkSelection,
    Not,
    OfKind,
    One,
    Parameter,
    Sources,
    Stored,
    Text,
    ThingSelection,
    Wanted,
)
from graph.variables import Names
from ontology.model import reference

ACTIONS = reference().kinds["Conclusion"].links["actions"]
ADDRESSED = reference().kinds["Conclusion"].links["addressedTo"]
MEETING = reference().kinds["Conclusion"].links["meeting"]
SIZE, SCOPE, ID = Parameter("p0"), Parameter("p1"), Parameter("p2")
LABEL = ThingSelection((Wanted("label", Text("label", "zh")),))
NODES = (EdgePart("nodes", "nodes", node=(("nodes", ThingSelection()),)),)


def text_of(read: object) -> str:
    return expression(read, "x", Names())


def test_a_statement_looks_at_the_version_before_and_after() -> None:
    made = statement([ById(ID, ThingSelection())])
    first, *_, look, last = made.split("\n")
    assert first == "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
    assert look == "MATCH (d:Dataset {id: 'dataset'})"
    assert last == "RETURN before, r0, [d.version, d.pending] AS after"


def test_a_text_falls_back_through_the_languages() -> None:
    assert text_of(Text("name", "zh")) == (
        "coalesce(x.name_zh, x.name_en, x.name_fr, x.name_es, x.name_ru, x.name_ar)"
    )
    assert text_of(Text("name", "zh", fallback=False)) == "x.name_zh"


def test_sources_are_found_by_unwinding_their_ids() -> None:
    assert text_of(Sources(ThingSelection((Wanted("url", Stored("url")),)))) == (
        "COLLECT { UNWIND coalesce(x.sources, []) AS i1 MATCH (s2:Source {id: i1}) "
        "WITH s2 ORDER BY s2.id RETURN [s2.id, s2.url] }"
    )


def test_one_thing_at_the_end_of_a_link_is_the_first_by_link_id() -> None:
    assert text_of(One(MEETING, ThingSelection())) == (
        "head(COLLECT { MATCH (x)<-[l1:REACHED]-(n2:Meeting) "
        "WITH l1, n2 ORDER BY l1.id LIMIT 1 RETURN [n2.id] })"
    )


def test_a_page_is_one_range_of_one_stored_key() -> None:
    page = Page(SIZE, after=(Parameter("k"), Parameter("l")))
    made = text_of(Connection(Everything("Conclusion"), page, SCOPE, Order("k_date"), parts=NODES))
    assert made == (
        "[COLLECT { MATCH (n1:Conclusion) WHERE n1.k_date > $k WITH n1 ORDER BY n1.k_date LIMIT $p0 "
        "RETURN [null, null, [[n1.id]]] }, null, null]"
    )


def test_the_position_of_a_row_is_read_only_for_a_cursor() -> None:
    info = (("pageInfo", (("endCursor", "endCursor"),)),)
    page = Connection(Everything("Conclusion"), Page(SIZE), SCOPE, Order("k_date"), parts=NODES, info=info)
    assert "RETURN [n1.k_date, null, [[n1.id]]]" in text_of(page)


def test_the_id_is_not_read_where_the_kind_is_known_without_it() -> None:
    known = ThingSelection((Wanted("url", Stored("url")),), "Source")
    assert "RETURN [null, s2.url]" in text_of(Sources(known))


def test_a_page_from_the_end_turns_the_order_round() -> None:
    page = Page(SIZE, backward=True, before=(Parameter("k"), Parameter("l")))
    made = text_of(Connection(Everything("Topic"), page, SCOPE, parts=NODES))
    assert "WHERE n1.id < $k WITH n1 ORDER BY n1.id DESC LIMIT $p0" in made


def test_a_page_of_links_is_told_apart_by_the_links() -> None:
    page = Page(SIZE, after=(Parameter("k"), Parameter("l")))
    made = text_of(Connection(Hop(ACTIONS), page, SCOPE, parts=NODES))
    assert "MATCH (x)-[l2:LED_TO]->(n1:Action)" in made
    assert "(n1.id > $k OR (n1.id = $k AND l2.id > $l)) WITH l2, n1 ORDER BY n1.id, l2.id LIMIT $p0" in made


def test_a_total_is_counted_only_when_it_is_wanted() -> None:
    page = Page(SIZE)
    assert "COUNT" not in text_of(Connection(Hop(ACTIONS), page, SCOPE, parts=NODES))
    assert "COUNT { MATCH (x)-[l2:LED_TO]->(n1:Action) }" in text_of(
        Connection(Hop(ACTIONS), page, SCOPE, parts=NODES, totals=("n",))
    )


def test_links_of_all_types_are_paged_by_their_own_ids() -> None:
    origin = AnyHop(("LED_TO", "ABOUT"), outgoing=True, incoming=False, strengths=Parameter("s"))
    part = EdgePart("nodes", "nodes", whole_links=(("nodes", LinkSelection()),))
    made = text_of(Connection(origin, Page(SIZE), SCOPE, parts=(part,)))
    assert "MATCH (x)-[l2:LED_TO|ABOUT]->(n1:Thing) WHERE l2.strength IN $s" in made
    assert "ORDER BY l2.id LIMIT" in made


def test_a_field_that_some_kinds_have_is_followed_for_those_alone() -> None:
    selection = ThingSelection((Wanted("meeting", One(MEETING, LABEL), frozenset({"Conclusion"})),))
    assert "CASE WHEN n3:Conclusion THEN head(COLLECT {" in text_of(ById(ID, selection)).replace("n4", "n3")


CONDITIONS = [
    (Compare("number", ">=", SIZE), "x.number >= $p0"),
    (Compare("title_en", "CONTAINS", SIZE, folded=True), "toLower(x.title_en) CONTAINS toLower($p0)"),
    (Compare("unverified", "=", SIZE, member=True), "$p0 IN x.unverified"),
    (Absent("date"), "x.date IS NULL"),
    (Absent("date", absent=False), "x.date IS NOT NULL"),
    (OfKind(("Body", "Event")), "(x:Body|Event)"),
    (Both(()), "true"),
    (Either(()), "false"),
    (Not(Absent("date")), "NOT coalesce(x.date IS NULL, false)"),
    (
        Linked("some", ACTIONS, node=Absent("date"), link=Compare("strength", "IN", SIZE)),
        "EXISTS { MATCH (x)-[l1:LED_TO]->(n2:Action) WHERE l1.strength IN $p0 AND n2.date IS NULL }",
    ),
    (Linked("none", ACTIONS), "NOT EXISTS { MATCH (x)-[l1:LED_TO]->(n2:Action) }"),
    (Linked("every", ACTIONS), "true"),
    (
        Linked("every", ADDRESSED, node=OfKind(("Body",))),
        "NOT EXISTS { MATCH (x)-[l1:ADDRESSED_TO]->(n2:Thing) "
        "WHERE (n2:Body|CountryGroup) AND NOT coalesce((n2:Body), false) }",
    ),
]


@pytest.mark.parametrize(("wanted", "cypher"), CONDITIONS)
def test_conditions_become_predicates(wanted: object, cypher: str) -> None:
    assert condition(wanted, "x", Names().fresh) == cypher


@pytest.mark.parametrize("name", ["a b", "a`b", "a)--(b", "", "a.b", "9a", "a\u0430b"])
def test_nothing_but_a_name_can_enter_a_statement(name: str) -> None:
    with pytest.raises(ValueError, match="no name of the model"):
        names(name)
    with pytest.raises(ValueError, match=r"no name of the model|no operator"):
        condition(Compare(name, "=", SIZE), "x", Names().fresh)


def test_an_operator_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no operator"):
        condition(Compare("number", "= 1 OR x.id", SIZE), "x", Names().fresh)
