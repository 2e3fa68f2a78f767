"""A plan depends on the shape of the variables, never on their values."""

from typing import Any

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, parse

from ontology.model import reference
from resolvers.errors import BadUserInput, QueryTooCostly, QueryTooDeep
from resolvers.limits import Limits
from resolvers.operation import Plan, compile_plan, operation_of
from resolvers.planner import World
from resolvers.variables import Shape, shape_of, structural_variables, values_of
from schema.query import build_schema, concrete_types, graphql_schema

PAGE = """query Q($f: ConclusionFilter, $n: Int, $a: String) {
  conclusions(filter: $f, first: $n, after: $a) { nodes { id } }
}"""


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return graphql_schema(build_schema(reference()))


def shape(schema: GraphQLSchema, text: str, **variables: Any) -> Shape:
    document = parse(text)
    operation = operation_of(document, None)
    assert isinstance(operation, OperationDefinitionNode)
    found = shape_of(schema, operation, variables, structural_variables(schema, document))
    assert isinstance(found, Shape), found
    return found


def plan(schema: GraphQLSchema, text: str, limits: Limits | None = None, **variables: Any) -> Plan:
    world = World(reference(), schema, concrete_types(schema), limits or Limits(), "http://x")
    document = parse(text)
    values = values_of(schema, operation_of(document, None), variables)
    assert not isinstance(values, list), values
    return compile_plan(world, document, None, values)


def test_other_values_of_the_same_shape_make_the_same_plan(schema: GraphQLSchema) -> None:
    one = shape(schema, PAGE, f={"number": {"eq": "C3"}}, n=5)
    other = shape(schema, PAGE, f={"number": {"eq": "C4') DETACH DELETE n //"}}, n=200)
    assert one.key == other.key


@pytest.mark.parametrize(
    "variables",
    [{"n": 5}, {"f": {"number": {"in": ["C3"]}}, "n": 5}, {"f": {"number": {"eq": "C3"}}, "n": 5, "a": "x"}],
)
def test_other_keys_make_another_plan(schema: GraphQLSchema, variables: dict[str, Any]) -> None:
    assert shape(schema, PAGE, **variables).key != shape(schema, PAGE, f={"number": {"eq": "C3"}}, n=5).key


def test_a_depth_and_an_enum_are_part_of_the_shape(schema: GraphQLSchema) -> None:
    depth = 'query Q($d: Int!) { trace(from: "conclusion/x", maxDepth: $d) { truncated } }'
    assert shape(schema, depth, d=2).key != shape(schema, depth, d=3).key
    language = "query Q($l: Language!) { topics { nodes { name(language: $l) } } }"
    assert shape(schema, language, l="ZH").key != shape(schema, language, l="FR").key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"o": {"field": "DATE"}}, {"o": {"field": "ID"}}),
        ({"o": {"field": "DATE"}}, {"o": {"field": "DATE", "direction": "DESC"}}),
        ({"f": {"text": {"language": "FR", "eq": "x"}}}, {"f": {"text": {"language": "ZH", "eq": "x"}}}),
        ({"f": {"nature": {"in": ["CALL"]}}}, {"f": {"nature": {"in": ["CALL", "TOPIC"]}}}),
    ],
)
def test_an_enum_inside_a_variable_is_part_of_the_shape_too(
    schema: GraphQLSchema, one: dict[str, Any], other: dict[str, Any]
) -> None:
    listed = (
        "query Q($f: ConclusionFilter, $o: ConclusionOrder) "
        "{ conclusions(filter: $f, orderBy: $o) { nodes { id } } }"
    )
    assert shape(schema, listed, **one).key != shape(schema, listed, **other).key


def test_a_trace_that_names_no_depth_has_that_of_the_limits(schema: GraphQLSchema) -> None:
    text = '{ trace(from: "conclusion/x"DEPTH) { reached { id } } }'
    unsaid = plan(schema, text.replace("DEPTH", ""), Limits(trace_default_depth=3))
    said = plan(schema, text.replace("DEPTH", ", maxDepth: 3"))
    assert unsaid.texts == said.texts
    assert unsaid.texts != plan(schema, text.replace("DEPTH", "")).texts


def test_no_value_enters_the_text_of_a_statement(schema: GraphQLSchema) -> None:
    evil = "x'}) DETACH DELETE n //"
    made = plan(schema, PAGE, f={"number": {"eq": evil}, "text": {"contains": evil}}, n=7)
    ((text, _),) = made.texts
    assert "DETACH" not in text
    (statement,) = made.statements(
        made.parameters({"f": {"number": {"eq": evil}, "text": {"contains": evil}}, "n": 7})
    )
    assert evil in statement.parameters.values()


def test_an_operation_of_a_few_small_roots_is_one_statement(schema: GraphQLSchema) -> None:
    made = plan(schema, "{ a: topics { nodes { id } } b: regions { nodes { id } } }")
    assert len(made.texts) == 1
    names = [binding.parameter.name for root in made.roots for binding in root.bindings]
    assert len(names) == len(set(names))


def test_an_operation_of_many_roots_is_one_statement_for_each(schema: GraphQLSchema) -> None:
    fields = " ".join(f"a{number}: topics(first: {number}) {{ nodes {{ id }} }}" for number in range(1, 10))
    made = plan(schema, f"{{ {fields} }}")
    assert len({text for text, _ in made.texts}) == 1
    assert len(made.texts) == 9


def test_depth_is_counted_in_links(schema: GraphQLSchema) -> None:
    inner = "opened { nodes { resultedIn { nodes { id sources { url } } } } }"
    fits = f"{{ conclusions {{ nodes {{ actions {{ nodes {{ {inner} }} }} }} }} }}"
    assert max(root.costs.deepest for root in plan(schema, fits).roots) == 3
    with pytest.raises(QueryTooDeep, match="3 links deep: 2 are allowed"):
        plan(schema, fits, Limits(depth=2))


def test_cost_is_the_product_of_page_sizes(schema: GraphQLSchema) -> None:
    made = plan(schema, "{ conclusions(first: 100) { nodes { actions(first: 50) { nodes { id } } } } }")
    assert made.check(made.parameters({}), Limits()) == 100 + 100 * 50
    with pytest.raises(QueryTooCostly, match="5100 things and links: 5000 are allowed"):
        made.check(made.parameters({}), Limits(cost=5000))


def test_an_operation_is_named_where_there_are_several() -> None:
    document = parse("query A { topics { nodes { id } } } query B { topics { nodes { id } } }")
    assert operation_of(document, "B").name.value == "B"  # type: ignore[union-attr] # it has a name
    for name in (None, "C"):
        with pytest.raises(BadUserInput, match="name one of its operations"):
            operation_of(document, name)


def test_first_and_last_exclude_each_other(schema: GraphQLSchema) -> None:
    with pytest.raises(BadUserInput, match="first and last exclude each other"):
        plan(schema, "{ topics(first: 1, last: 1) { nodes { id } } }")
