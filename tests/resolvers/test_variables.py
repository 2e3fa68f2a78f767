"""Values that are taken as they come are those that graphql-core would make of them."""

from typing import Any

import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, parse
from hypothesis import given
from hypothesis import strategies as st

from ontology.model import reference
from resolvers.operation import operation_of
from resolvers.variables import as_they_come, shape_of, simple_variables
from schema.query import build_schema, graphql_schema

SCHEMA = graphql_schema(build_schema(reference()))
SIMPLE = parse(
    "query Q($i: ID!, $s: String, $n: Int, $b: Boolean!) "
    "{ conclusion(id: $i) { id @include(if: $b) } topics(first: $n, after: $s) { nodes { id } } }"
)
VALUES = st.one_of(
    st.text(),
    st.integers(),
    st.booleans(),
    st.none(),
    st.floats(),
    st.just([]),
    st.just({}),
    st.lists(st.text()),
)


@pytest.fixture(scope="module")
def operation() -> OperationDefinitionNode:
    return operation_of(SIMPLE, None)


@given(st.dictionaries(st.sampled_from(["i", "s", "n", "b", "undeclared"]), VALUES))
def test_the_short_way_and_that_of_graphql_core_find_the_same(
    operation: OperationDefinitionNode, variables: dict[str, Any]
) -> None:
    simple = simple_variables(SCHEMA, operation)
    assert simple == {"i": str, "s": str, "n": int, "b": bool}
    whole = shape_of(SCHEMA, operation, variables, frozenset({"n"}))
    short = shape_of(SCHEMA, operation, variables, frozenset({"n"}), simple)
    if isinstance(whole, list):
        assert str(short) == str(whole)
    else:
        assert short == whole


def test_values_in_place_are_taken_as_they_are(operation: OperationDefinitionNode) -> None:
    simple = simple_variables(SCHEMA, operation)
    assert simple is not None
    given_values = {"i": "x", "s": "", "n": 2**31 - 1, "b": False, "undeclared": 1}
    assert as_they_come(simple, given_values) == {"i": "x", "s": "", "n": 2**31 - 1, "b": False}


@pytest.mark.parametrize(
    "changed",
    [{"i": 1}, {"i": None}, {"s": None}, {"n": 2**31}, {"n": True}, {"n": 1.0}, {"b": 1}, {"b": "true"}],
)
def test_what_has_to_be_coerced_or_refused_is_left_to_graphql_core(
    operation: OperationDefinitionNode, changed: dict[str, Any]
) -> None:
    simple = simple_variables(SCHEMA, operation)
    assert simple is not None
    assert as_they_come(simple, {"i": "x", "s": "", "n": 1, "b": True, **changed}) is None


@pytest.mark.parametrize(
    "declared", ['$s: String = "x"', "$s: [ID!]", "$s: ConclusionFilter", "$s: Language"]
)
def test_an_operation_with_other_variables_is_not_simple(schema: GraphQLSchema, declared: str) -> None:
    document = parse(f"query Q({declared}) {{ __typename }}")
    assert simple_variables(schema, operation_of(document, None)) is None


@pytest.fixture
def schema() -> GraphQLSchema:
    return SCHEMA
