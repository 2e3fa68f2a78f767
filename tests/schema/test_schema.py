"""The schema is what the model declares, documented throughout, and its committed file says the same."""

from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    execute_sync,
    parse,
    validate_schema,
)

from ontology.model import Model, reference
from schema.query import build_schema, concrete_types, graphql_schema

SDL = Path(__file__).parents[2] / "schema" / "schema.graphql"


@pytest.fixture(scope="module")
def strawberry_schema() -> Any:
    return build_schema(reference())


@pytest.fixture(scope="module")
def schema(strawberry_schema: Any) -> GraphQLSchema:
    return graphql_schema(strawberry_schema)


def own_types(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    return [one for name, one in schema.type_map.items() if not name.startswith("__")]


def test_the_schema_is_valid(schema: GraphQLSchema) -> None:
    assert validate_schema(schema) == []


def test_the_committed_schema_is_the_one_that_is_served(strawberry_schema: Any) -> None:
    assert SDL.read_text(encoding="utf-8") == strawberry_schema.as_str() + "\n", "run make docs"


def test_nothing_is_undocumented(schema: GraphQLSchema) -> None:
    missing = []
    for one in own_types(schema):
        if not one.description:
            missing.append(one.name)
        if isinstance(one, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in one.fields.items():
                missing += [f"{one.name}.{name}"] if not field.description else []
                missing += [f"{one.name}.{name}({key})" for key, a in field.args.items() if not a.description]
        if isinstance(one, GraphQLInputObjectType):
            missing += [f"{one.name}.{name}" for name, field in one.fields.items() if not field.description]
        if isinstance(one, GraphQLEnumType):
            missing += [f"{one.name}.{name}" for name, value in one.values.items() if not value.description]
    assert missing == []


def test_every_kind_is_a_type_with_one_field_for_one_and_one_for_many(schema: GraphQLSchema) -> None:
    query: Any = schema.query_type
    for kind in reference().kinds.values():
        assert schema.type_map[kind.name].description == kind.description
        assert str(query.fields[kind.name[0].lower() + kind.name[1:]].type) == kind.name
        assert str(query.fields[kind.plural].type) == f"{kind.name}Connection!"


def test_abstract_kinds_are_interfaces_of_the_kinds_below_them(schema: GraphQLSchema) -> None:
    members = concrete_types(schema)
    for kind in reference().kinds.values():
        assert members[kind.name] == frozenset(kind.concrete)


def test_what_names_persons_cannot_be_filtered_by(schema: GraphQLSchema) -> None:
    model: Model = reference()
    for kind in model.kinds.values():
        made: Any = schema.type_map[f"{kind.name}Filter"]
        assert not {one.name for one in kind.properties.values() if one.personal} & set(made.fields)


def test_values_are_read_off_rows_by_their_response_keys(schema: GraphQLSchema) -> None:
    rows = {"mine": {"__typename": "Topic", "key": "topic/x", "other": "X"}}
    document = parse('{ mine: node(id: "topic/x") { __typename key: id ... on Topic { other: name } } }')
    result = execute_sync(schema, document, rows)
    assert result.errors is None
    assert result.data == {"mine": {"__typename": "Topic", "key": "topic/x", "other": "X"}}
