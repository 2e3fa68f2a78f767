"""The answer of a plan, compiled: from the lists of a record to the data of a response, without a resolver.

For each selection a function is written that unpacks a row, checks each value as graphql-core would, and
makes the object with its keys in the order of the document. What a function was not written for is a
Surprise; the same rows then go to graphql-core, which gives the errors and puts nulls where they belong.
Which fields an object has is graphql-core's own answer too: it collects them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableValues,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields

from graph.connection import Connection
from graph.nested import below
from graph.selection import (
    LinkSelection,
    Read,
    ThingSelection,
)
from graph.shapes import Shapes
from resolvers.answer_page import PageCode
from resolvers.leaves import NAMES, NotCompiled, leaf_lines, list_lines
from resolvers.loading import Pair, led_to, load_lines, unpacked

Fields = Mapping[str, list[FieldDetails]]
# The variables of the wanted fields of a type: by response key, the variable and how it was read.
Places = Mapping[str, tuple[str, Read]]

# Lines of Python, and the expression of what they made.
Code = tuple[list[str], str]
FieldLines = Callable[[str, list[FieldDetails], str], list[str]]


class Answers:
    """Writes the functions of one plan."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        operation: OperationDefinitionNode,
        variables: VariableValues,
        shapes: Shapes,
    ) -> None:
        self.schema = schema
        self.fragments = {name: FragmentDetails(one) for name, one in fragments.items()}
        self.operation = operation
        self.variables = variables
        self.shapes = shapes
        self.types_of_links = {type_name: name for name, type_name in shapes.link_names.items()}
        self.names: dict[str, Any] = dict(NAMES)
        self.variable = 0

    def keep(self, value: Any) -> str:
        """The name under which the functions have a value."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def fresh(self, prefix: str) -> str:
        """The name of a variable that no other code of the plan has."""
        self.variable += 1
        return f"{prefix}{self.variable}"

    def function(self, head: str, lines: list[str], made: str) -> str:
        """The name of a function of these lines that returns what is made."""
        name = f"f{len(self.names)}"
        text = "\n    ".join([f"def {name}({head}):", *lines, f"return {made}"])
        exec(compile(text, "<answer>", "exec"), self.names)  # only names of the schema and numbers are in it
        return name

    def root(self, keys: Mapping[str, tuple[int, Read]]) -> Callable[[Any, Any], Any]:
        """The function from the values of the roots, and their parameters, to the data of the response."""
        query = self.schema.query_type
        assert query is not None
        collected = collect_fields(self.schema, self.fragments, self.variables, query, self.operation)

        def field(key: str, nodes: list[FieldDetails], name: str) -> list[str]:
            if key not in keys:
                raise NotCompiled(f"{key} of Query is no part of the plan")
            position, read = keys[key]
            found = [f"p = parameters[{position}]", *self.load(read, f"values[{position}]", name, query)]
            return found + self.complete_field(query, nodes, name, led_to(read))

        lines, made = self.object(query, collected.grouped_field_set, field)
        return self.names[self.function("values, parameters", lines, made)]  # type: ignore[no-any-return] # made by exec

    def object(self, kind: GraphQLObjectType, fields: Fields, field: FieldLines) -> Code:
        """The code of an object: `field` gives the lines that put the value of a field into a variable."""
        lines, made = [], []
        for key, nodes in fields.items():
            if nodes[0].node.name.value == "__typename":
                made.append(f"{key!r}: {kind.name!r}")
                continue
            name = self.fresh("v")
            lines += field(key, nodes, name)
            made.append(f"{key!r}: {name}")
        return lines, f"{{{', '.join(made)}}}"

    def complete_field(
        self, kind: GraphQLObjectType, nodes: list[FieldDetails], name: str, child: Any
    ) -> list[str]:
        """Lines that complete the value of a field of an object type."""
        return self.complete(kind.fields[nodes[0].node.name.value].type, name, child, nodes)

    def below(self, kind: GraphQLObjectType, nodes: list[FieldDetails]) -> Fields:
        """The fields that are asked of objects of a type, by response key, in the order of the response."""
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, kind, nodes
        ).grouped_field_set

    def load(self, read: Read, source: str, name: str, holder: GraphQLObjectType) -> list[str]:
        """Lines that give the variable `name` the value of a read, whose stored value is at `source`."""
        return load_lines(read, source, name, holder.name, lambda: self.keep(self.shapes.of(read)))

    def complete(
        self, kind: GraphQLOutputType, name: str, child: Any, nodes: list[FieldDetails]
    ) -> list[str]:
        """Lines that complete the value in the variable `name`, as GraphQL completes a value of this type."""
        inner, required = nullable(kind)
        if is_leaf_type(inner):
            return leaf_lines(inner, name, self.keep, required=required)
        if isinstance(inner, GraphQLList):
            lines = [f"if {name}.__class__ is not list: raise Surprise"]
            lines += self.complete_items(inner.of_type, name, child, nodes)
        else:
            lines, made = self.composite(inner, child, nodes, name)
            lines = [*lines, f"{name} = {made}"]
        return lines if required else [f"if {name} is not None:", *indented(lines)]

    def complete_items(
        self, kind: GraphQLOutputType, name: str, child: Any, nodes: list[FieldDetails]
    ) -> list[str]:
        """Lines that complete the items of the list in the variable `name`."""
        inner, required = nullable(kind)
        if is_leaf_type(inner):
            return list_lines(inner, name, self.keep, required=required)
        one = self.fresh("r")
        return self.each(name, name, one, self.composite(inner, child, nodes, one), required=required)

    def each(self, name: str, items: str, one: str, code: Code, *, required: bool) -> list[str]:
        """Lines that put into `name` what the code makes of each of the items, which it has as `one`."""
        lines, made = code
        if not lines:
            made = made if required else f"None if {one} is None else {made}"
            return [f"{name} = [{made} for {one} in {items}]"]
        found = self.fresh("o")
        inside = [*lines, f"{found}.append({made})"]
        if not required:
            inside = [f"if {one} is None: {found}.append(None)", "else:", *indented(inside)]
        return [f"{found} = []", f"for {one} in {items}:", *indented(inside), f"{name} = {found}"]

    def composite(self, kind: Any, child: Any, nodes: list[FieldDetails], source: str) -> Code:
        """The code that makes an object of a type of the value in the variable `source`, which is there."""
        if isinstance(child, Pair):
            thing, link = (self.function_of(kind, one, nodes) for one in (child.node, child.link))
            first, second = f"{source}[0]", f"{source}[1]"
            return [], f"{link}({second}, p) if {first} is None else {thing}({first}, p)"
        if isinstance(child, ThingSelection | LinkSelection):
            return self.rows(kind, child, nodes, source)
        if not isinstance(kind, GraphQLObjectType):
            raise NotCompiled(f"{kind} has no rows")
        if isinstance(child, Connection):
            return [], f"{self.page(kind, child, nodes)}({source}, p)"
        return self.mapping(kind, child, nodes, source)

    def function_of(self, kind: Any, child: Any, nodes: list[FieldDetails]) -> str:
        """The name of a function that makes an object of a type of a value that is there."""
        return self.function("row, p", *self.composite(kind, child, nodes, "row"))

    def rows(
        self, kind: Any, wanted: ThingSelection | LinkSelection, nodes: list[FieldDetails], source: str
    ) -> Code:
        """The code for rows of things or links of a type, which may be an interface."""
        if isinstance(kind, GraphQLObjectType):
            return self.row(kind, wanted, nodes, source)
        assert isinstance(kind, GraphQLInterfaceType)
        types = self.schema.type_map
        table = self.keep(ByType(lambda name: self.names[self.function_of(types[name], wanted, nodes)]))
        if isinstance(wanted, LinkSelection):
            return [], f"{table}[{self.keep(self.shapes.link_names)}[{source}[1]]]({source}, p)"
        return [], f"{table}[{self.keep(self.shapes.kinds)}[{source}[0].partition('/')[0]]]({source}, p)"

    def row(
        self,
        kind: GraphQLObjectType,
        wanted: ThingSelection | LinkSelection,
        nodes: list[FieldDetails],
        source: str,
    ) -> Code:
        """The code for rows of one object type."""
        places, columns = self.columns(kind.name, wanted)

        def field(key: str, own: list[FieldDetails], name: str) -> list[str]:
            if key not in places:
                raise NotCompiled(f"{key} of {kind.name} is no part of the plan")
            column, read = places[key]
            found = self.load(read, column, name, kind)
            return found + self.complete_field(kind, own, name, led_to(read))

        lines, made = self.object(kind, self.below(kind, nodes), field)
        return ([f"{columns} = {source}", *lines] if lines else []), made

    def columns(self, type_name: str, wanted: ThingSelection | LinkSelection) -> tuple[Places, str]:
        """The variables of the fields of a type, and all that a row of a selection is unpacked to."""
        link = isinstance(wanted, LinkSelection)
        name = self.types_of_links.get(type_name) if link else type_name
        places: dict[str, tuple[str, Read]] = {}
        variables = []
        for one in wanted.fields:
            here = one.only is None or name in one.only
            variables.append(self.fresh("c") if here else "_")
            if here:
                places[one.key] = variables[-1], one.read
        return places, unpacked(2 if link else 1, variables)

    def mapping(self, kind: GraphQLObjectType, child: Any, nodes: list[FieldDetails], source: str) -> Code:
        """The code for values that come as mappings by response key."""
        children = below(child)

        def field(key: str, own: list[FieldDetails], name: str) -> list[str]:
            found = [f"{name} = {source}[{key!r}]"]
            return found + self.complete_field(kind, own, name, children.get(key))

        return self.object(kind, self.below(kind, nodes), field)

    def page(self, kind: GraphQLObjectType, read: Connection, nodes: list[FieldDetails]) -> str:
        """The name of the function for pages of a connection."""
        return self.function("value, p", *PageCode(self, kind, read).code(nodes))


class ByType(dict[str, Any]):
    """Functions by the name of a type, each written when the first row of its type comes."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        super().__init__()
        self.write = write

    def __missing__(self, name: str) -> Any:
        made = self[name] = self.write(name)
        return made


def nullable(kind: GraphQLOutputType) -> tuple[Any, bool]:
    """A type without its mark of what may not be null, and whether it has that mark."""
    return (kind.of_type, True) if isinstance(kind, GraphQLNonNull) else (kind, False)


def indented(lines: list[str]) -> list[str]:
    """Lines of an inner block."""
    return [f"    {line}" for line in lines]
