"""The schema: the fields of Query, and all types that are reached from it."""

from typing import Any

import strawberry
from graphql import GraphQLInterfaceType, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from graph.shapes import TYPENAME
from ontology.model import Model
from schema.connections import paging
from schema.coverage import coverage_fields
from schema.dataset import dataset_fields
from schema.declaring import Input, Output, bare, declare, many, maybe
from schema.scalars import SCALARS
from schema.search import search_fields
from schema.trace import trace_fields
from schema.types import Extra, Types


def build_schema(model: Model) -> strawberry.Schema:
    """The Strawberry schema of a model; values are found by response key in what a statement returned."""
    types = Types(model)
    trace = trace_fields(types)
    types.declare(Extra(trace.type, trace.arguments))
    fields = node_fields(types)
    for kind in model.kinds.values():
        name = kind.name[0].lower() + kind.name[1:]
        made = types.kinds[kind.name]
        fields[name] = Output(
            maybe(made), f"One by its id; null where there is none. {kind.description}", by_id()
        )
        arguments = {
            "filter": Input(maybe(types.inputs.filters[kind.name]), "Only those that fulfil this.", None),
            "orderBy": Input(
                maybe(types.inputs.orders[kind.name]), "The order; by id where none is given.", None
            ),
            **paging(),
        }
        fields[kind.plural] = Output(
            types.root_connection(kind), f"Page by page. {kind.description}", arguments
        )
    fields |= trace.root | coverage_fields(types) | search_fields(types) | dataset_fields(types)
    query = declare(bare("Query"), "What can be asked.", fields)
    schema = strawberry.Schema(
        query=query,
        types=[*types.kinds.values(), *types.links.values()],
        config=StrawberryConfig(scalar_map=SCALARS),
    )
    read_rows(graphql_schema(schema))
    return schema


def graphql_schema(schema: strawberry.Schema) -> GraphQLSchema:
    """The schema of graphql-core below the one of Strawberry."""
    return schema._schema


def by_id() -> dict[str, Input]:
    """The argument that names one thing."""
    return {"id": Input(strawberry.ID, "The id, such as conclusion/CTO-2009-C3.")}


def node_fields(types: Types) -> dict[str, Output]:
    """Relay's two fields for anything that has an id."""
    return {
        "node": Output(maybe(types.node), "A thing or a link by its id; null where there is none.", by_id()),
        "nodes": Output(
            many(maybe(types.node)),
            "Things and links by their ids, in the order of the ids; null in the place of each unknown one.",
            {"ids": Input(many(strawberry.ID), "The ids, 200 at most.")},
        ),
    }


def from_row(source: Any, info: GraphQLResolveInfo[Any], **_: Any) -> Any:
    """The value that a statement returned for a field: it stands under the field's response key."""
    return source[info.path.key]


def type_of_row(value: Any, *_: Any) -> str:
    """The name of the type of a thing or link."""
    return str(value[TYPENAME])


def read_rows(schema: GraphQLSchema) -> None:
    """Let every field of the schema be read off the rows; a test pins what this relies on."""
    for made in schema.type_map.values():
        if made.name.startswith("__"):
            continue
        if isinstance(made, GraphQLObjectType):
            made.is_type_of = None
            for field in made.fields.values():
                field.resolve = from_row
        elif isinstance(made, GraphQLInterfaceType):
            made.resolve_type = type_of_row


def concrete_types(schema: GraphQLSchema) -> dict[str, frozenset[str]]:
    """For each object type and interface, the names of the object types that it stands for."""
    found = {}
    for name, made in schema.type_map.items():
        if isinstance(made, GraphQLInterfaceType):
            found[name] = frozenset(one.name for one in schema.get_possible_types(made))
        elif isinstance(made, GraphQLObjectType):
            found[name] = frozenset({name})
    return found
