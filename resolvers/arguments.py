"""The arguments of a field: their values, and from where each comes, so that a plan can be used again.

A value that comes from a variable is read anew from each request; what stands in the document is constant.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    ListValueNode,
    ObjectValueNode,
    ValueNode,
    VariableNode,
    VariableValues,
    get_argument_values,
)

from graph.selection import Parameter

# From the value of an argument, and the parameters bound before it, to the value of a parameter.
Transform = Callable[[Any, Mapping[str, Any]], Any]


def plain(value: Any) -> Any:
    """Members of an enum as the values that they stand for."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return getattr(value, "value", value)


@dataclass(frozen=True, slots=True)
class Argument:
    """A coerced value. `variable` and `path` say from where a request gives it anew; else it is constant."""

    value: Any
    node: ValueNode | None = None
    variable: str | None = None
    path: tuple[str | int, ...] = ()

    def child(self, key: str | int) -> "Argument":
        """The value under a key of an input object or at a position of a list."""
        value = self.value[key]
        if self.variable is not None:
            return Argument(value, None, self.variable, (*self.path, key))
        return of_node(value, child_node(self.node, key))

    def items(self) -> Iterator[tuple[str, "Argument"]]:
        """The fields of an input object that are given and not null."""
        for key, value in self.value.items():
            if value is not None:
                yield key, self.child(key)

    def elements(self) -> Iterator["Argument"]:
        """The elements of a list."""
        for position in range(len(self.value)):
            yield self.child(position)

    def resolve(self, variables: Mapping[str, Any]) -> Any:
        """The value of this request."""
        if self.variable is None:
            return plain(self.value)
        value: Any = variables.get(self.variable)
        for key in self.path:
            value = value[key]
        return plain(value)


def child_node(node: ValueNode | None, key: str | int) -> ValueNode | None:
    """The part of a literal that stands under a key; a single value stands for a list of one."""
    if isinstance(node, ObjectValueNode):
        return next((one.value for one in node.fields if one.name.value == key), None)
    if isinstance(node, ListValueNode) and isinstance(key, int):
        return node.values[key]
    return node if isinstance(key, int) else None


def of_node(value: Any, node: ValueNode | None) -> Argument:
    """The argument that a value node gives."""
    if isinstance(node, VariableNode):
        return Argument(value, None, node.name.value)
    return Argument(value, node)


def read_arguments(
    definition: GraphQLField, node: FieldNode, variables: VariableValues
) -> dict[str, Argument]:
    """The arguments of a field that are given, or have a default, and are not null."""
    given = {one.name.value: one.value for one in node.arguments or ()}
    values = get_argument_values(definition, node, variables)
    return {name: of_node(value, given.get(name)) for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Binding:
    """How a parameter gets its value in each request. `local` ones stay here; the others go to the store."""

    parameter: Parameter
    argument: Argument
    transform: Transform | None = None
    local: bool = False


def bind(bindings: tuple[Binding, ...], variables: Mapping[str, Any]) -> dict[str, Any]:
    """The values of all parameters, in the order in which they were declared."""
    found: dict[str, Any] = {}
    for binding in bindings:
        value = binding.argument.resolve(variables)
        found[binding.parameter.name] = binding.transform(value, found) if binding.transform else value
    return found
