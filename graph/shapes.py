"""From the nested lists of a record back to mappings under the wanted keys: which position is which field.

A shape is compiled once from the selection that made the statement, and serves every record of it.
"""

from collections.abc import Callable, Mapping
from functools import singledispatch
from typing import Any

import orjson

from graph.connection import AnyHop, Connection, EdgePart, Hop
from graph.selection import (
    ById,
    ByIds,
    End,
    Flag,
    Iri,
    KindName,
    LinkSelection,
    Nothing,
    One,
    Read,
    Records,
    Sources,
    Stored,
    Text,
    ThingSelection,
    TypeName,
    Wanted,
)
from ontology.identity import camel
from ontology.model import Model

# What a value of a record becomes; the parameters are those that the statement ran with.
Decode = Callable[[Any, Mapping[str, Any]], Any]
TYPENAME = "__typename"


class Shapes:
    """The shapes of one model; `cursor` writes the position of a row within a scope."""

    def __init__(self, model: Model, cursor: Callable[[str, str, str | None], str]) -> None:
        self.kinds = {kind.key: kind.name for kind in model.concrete}
        self.link_names = {name: f"{camel(name)}Link" for name in model.link_types}
        self.cursor = cursor

    def kind(self, thing: str) -> str:
        """The kind of the thing with this id."""
        return self.kinds[thing.partition("/")[0]]

    def of(self, read: Read) -> Decode:
        """The shape of a read."""
        return shape(read, self)

    def thing(self, selection: ThingSelection) -> Decode:
        """The shape of a thing: a mapping with its type name and the wanted fields of its kind."""
        fields = [(wanted, self.of(wanted.read)) for wanted in selection.fields]
        known = selection.kind
        name_of = (lambda _: known) if known else (lambda row: self.kind(row[0]))
        return self._polymorphic(fields, 1, name_of, lambda name: name)

    def link(self, selection: LinkSelection) -> Decode:
        """The shape of a link: a mapping with its type name and the wanted fields of its type."""
        fields = [(wanted, self.of(wanted.read)) for wanted in selection.fields]
        known = selection.type
        name_of = (lambda _: known) if known else (lambda row: row[1])
        return self._polymorphic(fields, 2, name_of, lambda name: self.link_names[name])

    def _polymorphic(
        self,
        fields: list[tuple[Wanted, Decode]],
        offset: int,
        name_of: Callable[[Any], str],
        typename: Callable[[str], str],
    ) -> Decode:
        plans: dict[str, tuple[str, list[tuple[str, int, Decode]]]] = {}

        def plan(name: str) -> tuple[str, list[tuple[str, int, Decode]]]:
            own = [
                (wanted.key, position, decode)
                for position, (wanted, decode) in enumerate(fields, offset)
                if wanted.only is None or name in wanted.only
            ]
            return plans.setdefault(name, (typename(name), own))

        def decode_row(row: Any, parameters: Mapping[str, Any]) -> Any:
            if row is None:
                return None
            name = name_of(row)
            type_name, own = plans.get(name) or plan(name)
            found = {key: decode(row[position], parameters) for key, position, decode in own}
            found[TYPENAME] = type_name
            return found

        return decode_row


@singledispatch
def shape(read: Read, shapes: Shapes) -> Decode:
    """How the value of a read is turned into what is wanted."""
    raise TypeError(f"{type(read).__name__} has no shape")


@shape.register
def _(read: Stored, shapes: Shapes) -> Decode:
    if read.empty:
        return lambda value, _: value or []
    return lambda value, _: value


@shape.register
def _(read: Records, shapes: Shapes) -> Decode:
    def records(value: Any, _: Mapping[str, Any]) -> Any:
        stored = orjson.loads(value) if value else []
        if isinstance(stored, dict):
            stored = [{"field": field, "sources": sources} for field, sources in stored.items()]
        return [{key: plain_text(name, one.get(name)) for key, name in read.fields} for one in stored]

    return records


def plain_text(name: str, value: Any) -> Any:
    """A disputed value of any type as text; all else as it is."""
    return orjson.dumps(value).decode() if name == "value" and not isinstance(value, str) else value


@shape.register
def _(read: Flag, shapes: Shapes) -> Decode:
    return lambda value, _: bool(value)


@shape.register(Text)
@shape.register(TypeName)
@shape.register(Nothing)
def _(read: Text | TypeName | Nothing, shapes: Shapes) -> Decode:
    return lambda value, _: value


@shape.register
def _(read: KindName, shapes: Shapes) -> Decode:
    return lambda value, _: shapes.kind(value)


@shape.register
def _(read: Iri, shapes: Shapes) -> Decode:
    return lambda value, _: f"{read.base}/id/{value}"


@shape.register
def _(read: Sources, shapes: Shapes) -> Decode:
    one = shapes.thing(read.node)
    return lambda value, parameters: [one(row, parameters) for row in value or ()]


@shape.register(End)
@shape.register(One)
def _(read: End | One, shapes: Shapes) -> Decode:
    return shapes.thing(read.node)


@shape.register
def _(read: ById, shapes: Shapes) -> Decode:
    node = shapes.thing(read.node)
    if read.link is None:
        return node
    link = shapes.link(read.link)
    return lambda value, parameters: node(value[0], parameters) or link(value[1], parameters)


@shape.register
def _(read: ByIds, shapes: Shapes) -> Decode:
    node, link = shapes.thing(read.node), shapes.link(read.link)
    return lambda value, parameters: [node(row[0], parameters) or link(row[1], parameters) for row in value]


@shape.register
def _(read: Connection, shapes: Shapes) -> Decode:
    return ConnectionShape(read, shapes)


class ConnectionShape:
    """The shape of a page: its rows in the order asked for, its page info, its total."""

    def __init__(self, read: Connection, shapes: Shapes) -> None:
        self.read = read
        self.cursor = shapes.cursor
        has_link = isinstance(read.origin, Hop | AnyHop)
        self.parts = [PartShape(part, shapes, has_link) for part in read.parts]

    def __call__(self, value: Any, parameters: Mapping[str, Any]) -> Any:
        if value is None:
            return None
        rows, total, outside = value
        size = parameters[self.read.page.size.name] - 1
        more = len(rows) > size
        rows = rows[:size]
        if self.read.page.backward:
            rows = rows[::-1]
        found: dict[str, Any] = dict.fromkeys(self.read.totals, total)
        scope = parameters[self.read.scope.name]
        cursors = [self.cursor(scope, row[0], row[1]) if self.read.cursors else "" for row in rows]
        for position, part in enumerate(self.parts, 2):
            found[part.key] = [
                part(row[position], cursor, parameters) for row, cursor in zip(rows, cursors, strict=True)
            ]
        facts = self.facts(cursors, more, outside)
        for key, fields in self.read.info:
            found[key] = {name: facts[field] for name, field in fields}
        return found

    def facts(self, cursors: list[str], more: bool, outside: bool | None) -> dict[str, Any]:
        """The four fields of the page info."""
        backward = self.read.page.backward
        return {
            "hasNextPage": bool(outside) if backward else more,
            "hasPreviousPage": more if backward else bool(outside),
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        }


class PartShape:
    """The shape of what is wanted of each row under one key."""

    def __init__(self, part: EdgePart, shapes: Shapes, has_link: bool) -> None:
        self.key = part.key
        self.edges = part.form == "edges"
        self.cursors = [key for key, field in part.own if field == "cursor"]
        self.has_link = has_link
        self.link = shapes.link(part.link) if has_link and part.link.fields else None
        self.whole = [(key, shapes.link(selection)) for key, selection in part.whole_links]
        self.nodes = [(key, shapes.thing(selection)) for key, selection in part.node]

    def __call__(self, row: Any, cursor: str, parameters: Mapping[str, Any]) -> Any:
        position = int(self.has_link)
        found: dict[str, Any] = self.link(row[0], parameters) if self.link else {}
        for key, decode in (*self.whole, *self.nodes):
            found[key] = decode(row[position], parameters)
            position += 1
        if not self.edges:
            return found[self.key]
        found.pop(TYPENAME, None)
        for key in self.cursors:
            found[key] = cursor
        return found
