"""Random valid documents over a whole schema: fields, aliases, fragments, directives, variables."""

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
)

DATES = ("2009", "2013-11", "2016-10-25", "2024")
WORDS = (
    "conclusion",
    "cloud",
    "IMT-2020",
    "SG 13",
    "标准化",
    "normalisation",
    "развивающихся",
    "no such text",
)
NUMBERS = (0, 1, 2, 5, 13, 2016)
TOO_WIDE = 30  # of all fields in one document, so that most lie within the limits


class Member(str):
    """A member of an enum, which a literal has without quotes."""


class Scope:
    """The response keys of one object, so that two fields of one key are the same field."""

    def __init__(self, arguments: str = "") -> None:
        self.arguments = arguments
        self.keys: dict[str, Scope] = {}


class Documents:
    """Documents of one schema; `ids` are the ids that arguments may name, by kind."""

    def __init__(self, schema: GraphQLSchema, ids: Mapping[str, Sequence[str]], random: Random) -> None:
        self.schema = schema
        self.ids = ids
        self.all_ids = [one for some in ids.values() for one in some]
        self.random = random

    def document(self) -> tuple[str, dict[str, Any]]:
        """A document of one operation, and its variables."""
        return Document(self).text()


class Document:
    """One document while it is written."""

    def __init__(self, world: Documents) -> None:
        self.world = world
        self.random = world.random
        self.variables: dict[str, Any] = {}
        self.declared: list[str] = []
        self.fragments: list[str] = []
        self.names = 0
        self.fields = 0

    def text(self) -> tuple[str, dict[str, Any]]:
        """The whole of it."""
        query = self.world.schema.query_type
        assert query is not None
        roots = [self.field(query, name, Scope(), 3) for name in self.some(list(query.fields), 1, 4)]
        if self.chance(0.1):
            roots.append("__typename")
        head = f"query Q({', '.join(self.declared)})" if self.declared else "query Q"
        return "\n".join([f"{head} {{ {' '.join(roots)} }}", *self.fragments]), self.variables

    def chance(self, probability: float) -> bool:
        """Whether something happens."""
        return self.random.random() < probability

    def some(self, names: Sequence[str], least: int, most: int) -> list[str]:
        """Some of these names, in any order."""
        return self.random.sample(names, min(len(names), self.random.randint(least, most)))

    def fresh(self, prefix: str) -> str:
        """A name that the document does not have."""
        self.names += 1
        return f"{prefix}{self.names}"

    def selection(self, kind: Any, scope: Scope, depth: int) -> str:
        """The selection set of objects of a type."""
        names = [name for name in kind.fields if depth > 0 or not composite(kind.fields[name])]
        asked = [self.field(kind, name, scope, depth) for name in self.some(names, 1, 5)]
        if self.chance(0.15):
            asked.append("__typename")
        if self.chance(0.3) and self.fields < TOO_WIDE:
            asked.insert(self.random.randint(0, len(asked)), self.fragment(kind, scope, depth))
        if isinstance(kind, GraphQLInterfaceType) and self.chance(0.5) and self.fields < TOO_WIDE:
            asked.append(self.fragment(self.narrower(kind), scope, depth))
        return f"{{ {' '.join(asked)} }}"

    def narrower(self, kind: GraphQLInterfaceType) -> Any:
        """One of the types that an interface stands for."""
        return self.random.choice(self.world.schema.get_possible_types(kind))

    def fragment(self, kind: Any, scope: Scope, depth: int) -> str:
        """An inline fragment, or the spread of a named one."""
        inner = self.selection(kind, scope, max(depth - 1, 0))
        if self.chance(0.5):
            on = f" on {kind.name}" if self.chance(0.8) or isinstance(kind, GraphQLObjectType) else ""
            return f"...{on}{self.directives()} {inner}"
        name = self.fresh("F")
        self.fragments.append(f"fragment {name} on {kind.name} {inner}")
        return f"...{name}{self.directives()}"

    def directives(self) -> str:
        """@skip, @include or neither."""
        if self.chance(0.9):
            return ""
        name = self.random.choice(("skip", "include"))
        value = self.random.choice((True, False))
        if self.chance(0.5):
            return f" @{name}(if: {json.dumps(value)})"
        return f" @{name}(if: {self.variable('Boolean!', value)})"

    def variable(self, kind: str, value: Any) -> str:
        """A variable of this type with this value."""
        name = self.fresh("v")
        self.declared.append(f"${name}: {kind}")
        self.variables[name] = value
        return f"${name}"

    def field(self, holder: Any, name: str, scope: Scope, depth: int) -> str:
        """One field with its arguments, alias, directives and selection."""
        self.fields += 1
        field: GraphQLField = holder.fields[name]
        arguments = self.arguments(holder, name, field)
        key, alias = name, ""
        there = scope.keys.get(name)
        if (there is not None and (arguments or there.arguments)) or self.chance(0.1):
            key = self.fresh("a")
            alias = f"{key}: "
        below = scope.keys.setdefault(key, Scope(arguments))
        kind = get_named_type(field.type)
        inner = f" {self.selection(kind, below, depth - 1)}" if is_composite_type(kind) else ""
        return f"{alias}{name}{arguments}{self.directives()}{inner}"

    def arguments(self, holder: Any, name: str, field: GraphQLField) -> str:
        """The arguments of a field: all that it must have, and some of the others."""
        given: list[str] = []
        for key, one in field.args.items():
            if key in ("after", "before") or (key == "last" and any("first:" in each for each in given)):
                continue
            required = isinstance(one.type, GraphQLNonNull)
            if required or self.chance(0.8 if key == "first" else 0.3):
                value = self.argument(holder, name, key, one)
                if self.chance(0.3):
                    given.append(f"{key}: {self.variable(str(one.type), value)}")
                else:
                    given.append(f"{key}: {literal(value)}")
        return f"({', '.join(given)})" if given else ""

    def argument(self, holder: Any, name: str, key: str, one: GraphQLArgument) -> Any:
        """The value of an argument."""
        if key in ("first", "last"):
            return self.random.randint(0, 4)
        if key == "maxDepth":
            return self.random.randint(1, 5)
        if key in ("id", "ids", "from"):
            return self.identities(name, key)
        return self.value(one.type, 2, required=True)

    def identities(self, name: str, key: str) -> Any:
        """An id, or several, that the field can find; now and then one that nothing has."""
        kind = name[0].upper() + name[1:]
        fitting = self.world.ids.get(kind) or self.world.all_ids
        if key == "ids":
            return [self.random.choice(self.world.all_ids) for _ in range(self.random.randint(0, 4))]
        found = self.random.choice(fitting)
        return f"{found}-unknown" if self.chance(0.05) else found

    def value(self, kind: Any, depth: int, *, required: bool = False) -> Any:
        """A value of an input type."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(kind.of_type, depth, required=True)
        if not required and self.chance(0.1):
            return None
        if isinstance(kind, GraphQLList):
            return [self.value(kind.of_type, depth, required=True) for _ in range(self.random.randint(1, 3))]
        if isinstance(kind, GraphQLEnumType):
            return Member(self.random.choice(list(kind.values)))
        if isinstance(kind, GraphQLInputObjectType):
            return self.input_object(kind, depth)
        return self.scalar(kind)

    def input_object(self, kind: GraphQLInputObjectType, depth: int) -> dict[str, Any]:
        """A value of an input object: what it must have, and one or two more fields."""
        fields: Mapping[str, GraphQLInputField] = kind.fields
        needed = [name for name, one in fields.items() if isinstance(one.type, GraphQLNonNull)]
        flat = [name for name, one in fields.items() if depth > 0 or not nested(one)]
        more = [] if not flat else self.some(flat, 1, 1 if kind.is_one_of else 2)
        names = dict.fromkeys([*needed, *more])
        return {name: self.value(fields[name].type, depth - 1, required=True) for name in names}

    def scalar(self, kind: GraphQLScalarType) -> Any:
        """A value of a scalar."""
        pools: Mapping[str, Sequence[Any]] = {
            "Int": NUMBERS,
            "Float": (0.5, 1.0),
            "Boolean": (True, False),
            "PartialDate": DATES,
            "URL": ("https://www.itu.int/",),
            "ID": self.world.all_ids,
            "String": WORDS,
        }
        return self.random.choice(pools[kind.name])


def composite(field: GraphQLField) -> bool:
    """Whether a field needs a selection set."""
    return is_composite_type(get_named_type(field.type))


def nested(field: GraphQLInputField) -> bool:
    """Whether an input field is an object again."""
    return isinstance(get_named_type(field.type), GraphQLInputObjectType)


def literal(value: Any) -> str:
    """A value as it stands in a document."""
    if isinstance(value, Member):
        return str(value)
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {literal(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return json.dumps(value, ensure_ascii=False)


WRONG: tuple[Any, ...] = (
    None,
    2**31,
    -(2**40),
    float("nan"),
    float("inf"),
    "no such member",
    True,
    7,
    1.5,
    [],
    "",
)


def spoilt(value: Any, random: Random) -> Any:
    """The nested lists of a record with one value in them replaced by another."""
    places = list(leaves(value, ()))
    if not places:
        return value
    return replaced(value, random.choice(places), random.choice(WRONG))


def leaves(value: Any, at: tuple[int, ...]) -> Any:
    """The places of all values that are no lists."""
    if isinstance(value, list | tuple):
        for position, one in enumerate(value):
            yield from leaves(one, (*at, position))
    elif at:
        yield at


def replaced(value: Any, at: tuple[int, ...], new: Any) -> Any:
    """A copy with another value at a place."""
    if not at:
        return new
    copy = list(value)
    copy[at[0]] = replaced(copy[at[0]], at[1:], new)
    return copy
