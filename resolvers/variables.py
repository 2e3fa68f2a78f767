"""The variables of a request: their values as GraphQL coerces them, and what of these a plan depends on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInt,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLString,
    OperationDefinitionNode,
    VariableNode,
    VariableValues,
    Visitor,
    get_named_type,
    get_variable_values,
    type_from_ast,
    visit,
)

from resolvers.arguments import plain
from resolvers.leaves import HIGHEST, LOWEST

# Arguments whose number is part of the statement's text.
STRUCTURAL = frozenset({"maxDepth"})
ERRORS = 10
INTS = range(LOWEST, HIGHEST + 1)
# The scalars of which these values are taken as they come; those of other classes are coerced or refused.
AS_THEY_COME: Mapping[Any, type] = {
    GraphQLID: str,
    GraphQLString: str,
    GraphQLInt: int,
    GraphQLBoolean: bool,
}
# The class of each variable of an operation, if all are to be taken as they come.
Simple = Mapping[str, type]


@dataclass(frozen=True, slots=True)
class Shape:
    """The variables of a request: what of them the plan depends on, and their coerced values."""

    key: Any
    coerced: Mapping[str, Any]


def values_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    *,
    discreet: bool = False,
) -> VariableValues | list[GraphQLError]:
    """The variables as graphql-core coerces them, or what is wrong; `discreet`: that says nothing of names
    that are nearly right."""
    declared = operation.variable_definitions or ()
    return get_variable_values(
        schema, declared, dict(variables), max_errors=ERRORS, hide_suggestions=discreet
    )


def shape_of(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    variables: Mapping[str, Any],
    structural: frozenset[str],
    simple: Simple | None = None,
    *,
    discreet: bool = False,
) -> Shape | list[GraphQLError]:
    """The shape of the variables, of which these are `structural`; or what is wrong.

    `simple`: what `simple_variables` says of the operation, if it has been asked.
    """
    coerced = None if simple is None else as_they_come(simple, variables)
    if coerced is None:
        values = values_of(schema, operation, variables, discreet=discreet)
        if isinstance(values, list):
            return values
        coerced = values.coerced
    key = tuple(
        (name, value_shape(value, exact=name in structural)) for name, value in sorted(coerced.items())
    )
    return Shape(key, coerced)


def simple_variables(schema: GraphQLSchema, operation: OperationDefinitionNode) -> Simple | None:
    """The classes of the values of an operation's variables, where all are texts, numbers and truths without
    a default value; else None. Most requests have no others, and need not be read type by type."""
    found = {}
    for one in operation.variable_definitions or ():
        kind = type_from_ast(schema, one.type)
        scalar = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if scalar not in AS_THEY_COME or one.default_value is not None:
            return None
        found[one.variable.name.value] = AS_THEY_COME[scalar]
    return found


def as_they_come(simple: Simple, variables: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of simple variables, where each is there and needs no coercion; else None."""
    found = {}
    for name, kind in simple.items():
        value = variables.get(name)
        if value.__class__ is not kind or (kind is int and value not in INTS):
            return None
        found[name] = value
    return found


def value_shape(value: Any, *, exact: bool) -> Any:
    """What of a value the plan depends on: the members of an enum, wherever they stand, such as the field of
    an order and the language of a filter."""
    if isinstance(value, Enum):
        return plain(value)
    if isinstance(value, dict):
        return tuple((key, value_shape(one, exact=False)) for key, one in sorted(value.items()))
    if isinstance(value, list):
        inner = tuple(value_shape(one, exact=exact) for one in value)
        return inner if exact or any(isinstance(one, dict | Enum) for one in value) else ("list",)
    if exact or value is None or isinstance(value, bool):
        return value
    return type(value).__name__


class Depths(Visitor):
    """Finds the variables that are given to structural arguments."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_argument(self, node: Any, *_: Any) -> None:
        """Look at one argument."""
        if node.name.value in STRUCTURAL and isinstance(node.value, VariableNode):
            self.names.add(node.value.name.value)


def structural_variables(schema: GraphQLSchema, document: DocumentNode) -> frozenset[str]:
    """The variables whose values are part of a statement's text: depths, enums and lists of enums."""
    finder = Depths()
    visit(document, finder)
    for definition in document.definitions:
        for variable in getattr(definition, "variable_definitions", None) or ():
            declared = type_from_ast(schema, variable.type)
            if isinstance(get_named_type(declared), GraphQLEnumType):
                finder.names.add(variable.variable.name.value)
    return frozenset(finder.names)
