"""The specifications of Relay, section by section: Cursor Connections and Global Object Identification.

Each test names the section that it answers. What the schema alone decides is read from introspection, as the
specifications do; what the server does with it is compared with the algorithm of the specification itself.
"""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from schema.service import Request, Service
from tests.graph.served import data

TYPES = """{ __schema { queryType { name } types { name kind fields {
  name type { name kind ofType { name kind ofType { name kind ofType { name kind } } } }
  args { name type { name kind ofType { name kind ofType { name kind ofType { name kind } } } } }
} } } }"""
LIST = """query ($first: Int, $last: Int, $after: String, $before: String, $order: TopicOrder) {
  topics(first: $first, last: $last, after: $after, before: $before, orderBy: $order) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
LINKS = """query ($first: Int, $last: Int, $after: String, $before: String) {
  conclusion(id: "conclusion/CTO-2009-C6") {
    actions(first: $first, last: $last, after: $after, before: $before) {
      edges { cursor node { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}"""
ORDERS = [
    None,
    {"field": "NAME"},
    {"field": "NAME", "direction": "DESC"},
    {"field": "ID", "direction": "DESC"},
]
Edge = tuple[str, str]
Fields = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
async def types(embedded: Service) -> dict[str, Any]:
    """Every type that has fields, by its name, its fields by theirs."""
    schema = (await data(embedded, TYPES))["__schema"]
    return {
        one["name"]: {**one, "fields": {field["name"]: field for field in one["fields"]}}
        for one in schema["types"]
        if one["fields"] and not one["name"].startswith("__")
    }


def written(made: dict[str, Any]) -> str:
    """A type as the schema language writes it."""
    if made["kind"] == "NON_NULL":
        return f"{written(made['ofType'])}!"
    return f"[{written(made['ofType'])}]" if made["kind"] == "LIST" else str(made["name"])


def bare(made: dict[str, Any]) -> str:
    """The name of a type without what wraps it."""
    return written(made).strip("[]!")


def arguments(field: dict[str, Any]) -> dict[str, str]:
    """The arguments of a field with their types."""
    return {one["name"]: written(one["type"]) for one in field["args"]}


# Cursor Connections


def test_connection_types_are_objects_with_edges_and_page_info(types: dict[str, Any]) -> None:
    """Reserved Types; Connection Types, Fields."""
    connections = {name: one for name, one in types.items() if name.endswith("Connection")}
    assert len(connections) > 40
    for name, one in connections.items():
        assert one["kind"] == "OBJECT", name
        assert written(one["fields"]["pageInfo"]["type"]) == "PageInfo!"
        edges = written(one["fields"]["edges"]["type"])
        assert "[" in edges, name
        assert edges.strip("[]!") in types, name


def test_edge_types_are_objects_with_a_node_and_a_cursor(types: dict[str, Any]) -> None:
    """Edge Types, Fields: a node is no list, a cursor is written as a text."""
    edges = {
        bare(one["fields"]["edges"]["type"]) for name, one in types.items() if name.endswith("Connection")
    }
    for name in edges:
        assert types[name]["kind"] == "OBJECT"
        fields = types[name]["fields"]
        assert "[" not in written(fields["node"]["type"]), name
        assert types[bare(fields["node"]["type"])]["kind"] in ("OBJECT", "INTERFACE", "UNION"), name
        assert written(fields["cursor"]["type"]) == "String!", name


def test_fields_with_a_connection_take_the_arguments_of_pages(types: dict[str, Any]) -> None:
    """Arguments: forward or backward or both, a size as Int and a cursor of the cursor type."""
    found = [field for one in types.values() for field in one["fields"].values() if is_connection(field)]
    assert len(found) > 300
    for field in found:
        given = arguments(field)
        pages = [("first", "after"), ("last", "before")]
        complete = [pair for pair in pages if set(pair) <= given.keys()]
        assert complete, field["name"]
        assert {name for pair in pages for name in pair} & given.keys() == {
            n for pair in complete for n in pair
        }
        for size, cursor in complete:
            assert given[size].rstrip("!") == "Int"
            assert given[cursor] == "String"


def is_connection(field: dict[str, Any]) -> bool:
    return bare(field["type"]).endswith("Connection")


def test_page_info_has_its_four_fields(types: dict[str, Any]) -> None:
    """PageInfo, Fields. The cursors of a page without edges are null, and so the fields can be."""
    fields = {name: written(field["type"]) for name, field in types["PageInfo"]["fields"].items()}
    assert fields == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def edges_to_return(
    everything: Sequence[Edge], *, before: str | None, after: str | None, first: int | None, last: int | None
) -> tuple[list[Edge], bool, bool]:
    """Pagination algorithm and PageInfo: the edges, whether there are further ones, whether earlier ones."""
    cursors = [cursor for cursor, _ in everything]
    start = cursors.index(after) + 1 if after in cursors else 0
    end = cursors.index(before) if before in cursors else len(cursors)
    edges = list(everything[start : max(start, end)])
    if last is None:
        size = 20 if first is None else first
        return edges[:size], len(edges) > size, start > 0
    return edges[len(edges) - last if last < len(edges) else 0 :], end < len(cursors), len(edges) > last


@pytest.mark.parametrize("query", [LIST, LINKS], ids=["of a root", "of links"])
async def test_pages_are_those_of_the_algorithm(service: Service, query: str) -> None:
    """Edge order, Pagination algorithm, PageInfo: for cursors, sizes and orders of all sorts."""
    for number in range(40):
        rng = Random(number)
        order = rng.choice(ORDERS) if query is LIST else None
        everything = await all_edges(service, query, order)
        cursors = [cursor for cursor, _ in everything]
        name = rng.choice(["first", "last", None])
        given = {
            "after": rng.choice([None, rng.choice(cursors)]),
            "before": rng.choice([None, rng.choice(cursors)]),
            "first": rng.randint(0, len(cursors) + 3) if name == "first" else None,
            "last": rng.randint(0, len(cursors) + 3) if name == "last" else None,
        }
        if None not in (given["after"], given["before"]) and cursors.index(
            str(given["after"])
        ) >= cursors.index(str(given["before"])):
            continue
        edges, further, earlier = edges_to_return(everything, **given)  # type: ignore[arg-type] # as drawn
        page = await asked(service, query, order=order, **{k: v for k, v in given.items() if v is not None})
        assert [(one["cursor"], one["node"]["id"]) for one in page["edges"]] == edges, (number, given)
        info = page["pageInfo"]
        if edges:
            assert (info["startCursor"], info["endCursor"]) == (edges[0][0], edges[-1][0]), (number, given)
        if given["last"] is None:
            assert info["hasNextPage"] is further, (number, given)
        else:
            assert info["hasPreviousPage"] is earlier, (number, given)


async def asked(service: Service, query: str, **variables: Any) -> Any:
    """The connection that a query asks for."""
    found = await data(service, query, **variables)
    return found["topics"] if query is LIST else found["conclusion"]["actions"]


async def all_edges(service: Service, query: str, order: Any) -> list[Edge]:
    """All edges in their order."""
    page = await asked(service, query, first=200, order=order)
    assert not page["pageInfo"]["hasNextPage"]
    return [(one["cursor"], one["node"]["id"]) for one in page["edges"]]


@pytest.mark.parametrize("name", ["first", "last"])
async def test_a_negative_size_is_an_error(embedded: Service, name: str) -> None:
    """Pagination algorithm: less than nothing cannot be asked for."""
    response = await embedded.execute(Request(LIST, {name: -1}))
    assert "-1 is negative" in response.result["errors"][0]["message"]


async def test_first_and_last_together_are_refused(embedded: Service) -> None:
    """Pagination algorithm, its note: the specification discourages both at once, and we give no page."""
    response = await embedded.execute(Request("{ topics(first: 2, last: 1) { nodes { id } } }"))
    assert "exclude each other" in response.result["errors"][0]["message"]


# Global Object Identification


def test_the_interface_node_has_an_id_and_nothing_else(types: dict[str, Any]) -> None:
    """Node Interface."""
    assert types["Node"]["kind"] == "INTERFACE"
    assert {name: written(one["type"]) for name, one in types["Node"]["fields"].items()} == {"id": "ID!"}


def test_the_root_field_node_takes_an_id_and_nothing_else(types: dict[str, Any]) -> None:
    """Node root field."""
    node = types["Query"]["fields"]["node"]
    assert written(node["type"]) == "Node"
    assert arguments(node) == {"id": "ID!"}


def test_the_plural_root_field_takes_one_list_and_gives_one(types: dict[str, Any]) -> None:
    """Plural identifying root fields."""
    nodes = types["Query"]["fields"]["nodes"]
    assert arguments(nodes) == {"ids": "[ID!]!"}
    assert written(nodes["type"]) == "[Node]!"


async def some_ids(service: Service) -> list[str]:
    """Ids of things and of links."""
    found = await data(service, "{ things(first: 200) { nodes { id } } }")
    query = '{ conclusion(id: "conclusion/CTO-2009-C6") { links(first: 5) { nodes { id } } } }'
    links = (await data(service, query))["conclusion"]["links"]["nodes"]
    return [one["id"] for one in [*found["things"]["nodes"][::10], *links]]


async def test_what_has_an_id_is_found_again_by_it(service: Service) -> None:
    """Node Interface, Node root field: the id is enough, for things and for links."""
    query = "query ($id: ID!) { node(id: $id) { __typename id } }"
    for one in await some_ids(service):
        assert (await data(service, query, id=one))["node"]["id"] == one


async def test_an_id_that_nobody_has_is_null(service: Service) -> None:
    """Node root field: what cannot be fetched is null and no error."""
    assert (await data(service, '{ node(id: "topic/nobody-has-this") { id } }'))["node"] is None


async def test_the_list_of_nodes_is_that_of_the_ids(service: Service) -> None:
    """Plural identifying root fields: as long as the ids and in their order, null for an unknown one."""
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    ids = [*await some_ids(service), "topic/nobody-has-this"]
    ids += ids[:3]
    for number in range(3):
        Random(number).shuffle(ids)
        found = (await data(service, query, ids=ids))["nodes"]
        assert [one and one["id"] for one in found] == [
            None if one == "topic/nobody-has-this" else one for one in ids
        ]


async def test_one_thing_is_the_same_wherever_it_appears(service: Service) -> None:
    """Field stability: by its id, in a list, at the end of a link and in a trace."""
    query = """query ($id: ID!) {
      node(id: $id) { ...Same }
      conclusions(first: 200) { nodes { ...Same } }
      meeting(id: "meeting/CTO-2009") { reached { nodes { ...Same } } }
      trace(from: $id) { origin { ...Same } }
    }
    fragment Same on Thing { id iri kind label sources { id } ... on Conclusion { number date nature } }"""
    found = await data(service, query, id="conclusion/CTO-2009-C6")
    lists = [*found["conclusions"]["nodes"], *found["meeting"]["reached"]["nodes"]]
    same = [
        found["node"],
        found["trace"]["origin"],
        *(one for one in lists if one["id"] == found["node"]["id"]),
    ]
    assert len(same) == 4
    assert same == [found["node"]] * 4
