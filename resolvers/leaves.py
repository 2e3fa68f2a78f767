"""Leaves of an answer: the lines of Python that check a scalar or an enum as GraphQL completes it.

A value passes where graphql-core would put it into the response as it is, or under the name of an enum's
member. Anything else is a Surprise, and graphql-core itself has the word.
"""

from collections.abc import Callable
from math import isfinite
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLScalarType,
    GraphQLString,
)

from resolvers.arguments import plain

LOWEST, HIGHEST = -(2**31), 2**31 - 1  # GraphQL's Int is a signed integer of 32 bits

# From a value to the name under which generated code has it.
Keep = Callable[[Any], str]


class Surprise(Exception):
    """A value that is not as the schema promises; graphql-core says what becomes of it.

    The message, if any, is the failure that the value caused.
    """


class NotCompiled(Exception):
    """An operation has something that answers are not compiled for; graphql-core answers it."""


def leaf_lines(kind: GraphQLLeafType, name: str, keep: Keep, *, required: bool) -> list[str]:
    """Lines that check the value in the variable `name`; `keep` gives a constant a name."""
    if isinstance(kind, GraphQLEnumType):
        members = keep(members_of(kind, required=required))
        return [f"{name} = {members}[{name}]"]
    wrong = wrong_when(kind, name)
    # Most values are there, so that this is asked first.
    return [f"if {wrong if required else f'({wrong}) and {name} is not None'}: raise Surprise"]


def wrong_when(kind: GraphQLScalarType, name: str) -> str:
    """The condition under which a value that is there is no value of a scalar."""
    if is_text(kind):
        return f"{name}.__class__ is not str"
    if kind is GraphQLInt:
        return f"{name}.__class__ is not int or not {LOWEST} <= {name} <= {HIGHEST}"
    if kind is GraphQLBoolean:
        return f"{name} is not True and {name} is not False"
    if kind is GraphQLFloat:
        return f"{name}.__class__ is not float or not isfinite({name})"
    raise NotCompiled(f"the scalar {kind.name} has no check")


def is_text(kind: GraphQLScalarType) -> bool:
    """Whether a text is a value of the scalar as it stands."""
    return kind in (GraphQLString, GraphQLID) or kind.serialize is str


def members_of(kind: GraphQLEnumType, *, required: bool) -> dict[Any, str | None]:
    """The names of an enum's members by the values that the graph holds; absent stays absent."""
    names: dict[Any, str | None] = {} if required else {None: None}
    for member in kind.values.values():
        stored = plain(member.value)
        names[stored] = str(kind.serialize(stored))
    return names


def list_lines(kind: GraphQLLeafType, name: str, keep: Keep, *, required: bool) -> list[str]:
    """Lines that check a list of leaves in the variable `name`; where not `required` they may be null."""
    if isinstance(kind, GraphQLEnumType):
        members = keep(members_of(kind, required=required))
        return [f"{name} = [{members}[one] for one in {name}]"]
    return [
        f"for one in {name}:",
        *(f"    {line}" for line in leaf_lines(kind, "one", keep, required=required)),
    ]


NAMES = {"Surprise": Surprise, "isfinite": isfinite}
