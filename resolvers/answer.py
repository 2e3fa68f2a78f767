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

from graph.nested import below
from graph.selection import (
    AnyHop,
    ById,
    ByIds,
    Connection,
    EdgePart,
    End,
    Flag,
    Hop,
    Iri,
    KindName,
    LinkSelection,
    Nothing,
    One,
    Read,
    Sources,
    Stored,
    Text,
    ThingSelection,
    TypeName,
)
from graph.shapes import Decode, Shapes
from resolvers.leaves import NAMES, NotCompiled, leaf_lines, list_lines

Fields = Mapping[str, list[FieldDetails]]
# The places of the wanted fields in a row of a type: by response key, what is read and where it stands.
Places = Mapping[str, tuple[int, Read]]


class Pair:
    """A thing or a link: whichever of the two rows there is."""

    def __init__(self, read: ById | ByIds) -> None:
        assert read.link is not None
        self.node, self.link = read.node, read.link


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

    def keep(self, value: Any) -> str:
        """The name under which the functions have a value."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return name

    def function(self, head: str, lines: list[str]) -> str:
        """The name of a function of these lines."""
        name = f"f{len(self.names)}"
        text = "\n    ".join([f"def {name}({head}):", *lines])
        exec(compile(text, "<answer>", "exec"), self.names)  # only names of the schema and numbers are in it
        return name

    def root(self, keys: Mapping[str, tuple[int, Read]]) -> Callable[[Any, Any], Any]:
        """The function from the values of the roots, and their parameters, to the data of the response."""
        query = self.schema.query_type
        assert query is not None
        fields = collect_fields(self.schema, self.fragments, self.variables, query, self.operation)
        lines, made = [], []
        for number, (key, nodes) in enumerate(fields.grouped_field_set.items()):
            name = nodes[0].node.name.value
            if name == "__typename":
                made.append(f"{key!r}: {query.name!r}")
                continue
            if key not in keys:
                raise NotCompiled(f"the field {name} of Query is no part of the plan")
            position, read = keys[key]
            lines.append(f"p = parameters[{position}]")
            lines += self.load(read, f"values[{position}]", f"v{number}", query)
            lines += self.complete(query.fields[name].type, f"v{number}", self.child(read), nodes)
            made.append(f"{key!r}: v{number}")
        name = self.function("values, parameters", [*lines, f"return {{{', '.join(made)}}}"])
        return self.names[name]  # type: ignore[no-any-return] # made by exec

    def below(self, kind: GraphQLObjectType, nodes: list[FieldDetails]) -> Fields:
        """The fields that are asked of objects of a type, by response key, in the order of the response."""
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, kind, nodes
        ).grouped_field_set

    def load(self, read: Read, source: str, name: str, holder: GraphQLObjectType) -> list[str]:
        """Lines that give the variable `name` the value of a read, whose stored value is at `source`."""
        match read:
            case Stored(empty=True) | Sources():
                return [f"{name} = {source} or []"]
            case Stored() | Text() | TypeName() | Nothing() | End() | One() | Connection():
                return [f"{name} = {source}"]
            case Flag():
                return [f"{name} = bool({source})"]
            case KindName():
                return [f"{name} = {holder.name!r}"]
            case Iri():
                return [f"{name} = {f'{read.base}/id/'!r} + {source}"]
            case ById(link=None):
                return [f"{name} = {source}"]
            case ById():
                return [f"{name} = {source}", f"if {name}[0] is None is {name}[1]: {name} = None"]
            case ByIds():
                return [f"{name} = [None if one[0] is None is one[1] else one for one in {source}]"]
            case _:
                return [f"{name} = {self.keep(self.shapes.of(read))}({source}, p)"]

    def child(self, read: Read) -> Any:
        """What is wanted of the things, links or mappings that a read leads to."""
        match read:
            case Sources() | End() | One() | ById(link=None):
                return read.node
            case ById() | ByIds():
                return Pair(read)
            case _:
                return getattr(read, "trace", read)

    def complete(
        self, kind: GraphQLOutputType, name: str, child: Any, nodes: list[FieldDetails]
    ) -> list[str]:
        """Lines that complete the value in the variable `name`, as GraphQL completes a value of this type."""
        required = isinstance(kind, GraphQLNonNull)
        inner: Any = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if is_leaf_type(inner):
            return leaf_lines(inner, name, self.keep, required=required)
        if isinstance(inner, GraphQLList):
            lines = [f"if {name}.__class__ is not list: raise Surprise"]
            lines += self.complete_items(inner.of_type, name, child, nodes)
        else:
            lines = [f"{name} = {self.composite(inner, child, nodes)}({name}, p)"]
        return lines if required else [f"if {name} is not None:", *(f"    {line}" for line in lines)]

    def complete_items(
        self, kind: GraphQLOutputType, name: str, child: Any, nodes: list[FieldDetails]
    ) -> list[str]:
        """Lines that complete the items of the list in the variable `name`."""
        required = isinstance(kind, GraphQLNonNull)
        inner: Any = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if is_leaf_type(inner):
            return list_lines(inner, name, self.keep, required=required)
        one = f"{self.composite(inner, child, nodes)}(one, p)"
        return [f"{name} = [{one if required else f'None if one is None else {one}'} for one in {name}]"]

    def composite(self, kind: Any, child: Any, nodes: list[FieldDetails]) -> str:
        """The name of the function that makes an object of a type."""
        if isinstance(child, Pair):
            thing, link = (self.composite(kind, one, nodes) for one in (child.node, child.link))
            return self.function(
                "row, p", [f"a, b = row; return {link}(b, p) if a is None else {thing}(a, p)"]
            )
        if isinstance(child, ThingSelection | LinkSelection):
            return self.rows(kind, child, nodes)
        if not isinstance(kind, GraphQLObjectType):
            raise NotCompiled(f"{kind} has no rows")
        if isinstance(child, Connection):
            return self.page(kind, child, nodes)
        return self.mapping(kind, child, nodes)

    def rows(self, kind: Any, wanted: ThingSelection | LinkSelection, nodes: list[FieldDetails]) -> str:
        """The function for rows of things or links of a type, which may be an interface."""
        if isinstance(kind, GraphQLObjectType):
            return self.row(kind, wanted, nodes)
        assert isinstance(kind, GraphQLInterfaceType)
        functions = ByType(lambda name: self.names[self.row(self.schema.type_map[name], wanted, nodes)])
        table = self.keep(functions)
        if isinstance(wanted, LinkSelection):
            names = self.keep(self.shapes.link_names)
            return self.function("row, p", [f"return {table}[{names}[row[1]]](row, p)"])
        names = self.keep(self.shapes.kinds)
        return self.function("row, p", [f"return {table}[{names}[row[0].partition('/')[0]]](row, p)"])

    def row(self, kind: Any, wanted: ThingSelection | LinkSelection, nodes: list[FieldDetails]) -> str:
        """The function for rows of one object type."""
        places = self.places(kind.name, wanted)
        lines, made = [], []
        for number, (key, own) in enumerate(self.below(kind, nodes).items()):
            name = own[0].node.name.value
            if name == "__typename":
                made.append(f"{key!r}: {kind.name!r}")
                continue
            if key not in places:
                raise NotCompiled(f"{kind.name}.{name} is no part of the plan")
            position, read = places[key]
            lines += self.load(read, f"row[{position}]", f"v{number}", kind)
            lines += self.complete(kind.fields[name].type, f"v{number}", self.child(read), own)
            made.append(f"{key!r}: v{number}")
        return self.function("row, p", [*lines, f"return {{{', '.join(made)}}}"])

    def places(self, type_name: str, wanted: ThingSelection | LinkSelection) -> Places:
        """Where the fields of a type stand in the rows of a selection."""
        link = isinstance(wanted, LinkSelection)
        name = self.types_of_links.get(type_name) if link else type_name
        return {
            one.key: (position, one.read)
            for position, one in enumerate(wanted.fields, 2 if link else 1)
            if one.only is None or name in one.only
        }

    def mapping(self, kind: GraphQLObjectType, child: Any, nodes: list[FieldDetails]) -> str:
        """The function for values that come as mappings by response key."""
        children = below(child)
        lines, made = [], []
        for number, (key, own) in enumerate(self.below(kind, nodes).items()):
            name = own[0].node.name.value
            if name == "__typename":
                made.append(f"{key!r}: {kind.name!r}")
                continue
            lines.append(f"v{number} = row[{key!r}]")
            lines += self.complete(kind.fields[name].type, f"v{number}", children.get(key), own)
            made.append(f"{key!r}: v{number}")
        return self.function("row, p", [*lines, f"return {{{', '.join(made)}}}"])

    def page(self, kind: GraphQLObjectType, read: Connection, nodes: list[FieldDetails]) -> str:
        """The function for a page of a connection."""
        return self.function("value, p", PageLines(self, kind, read).lines(nodes))


class ByType(dict[str, Any]):
    """Functions by the name of a type, each written when the first row of its type comes."""

    def __init__(self, write: Callable[[str], Any]) -> None:
        super().__init__()
        self.write = write

    def __missing__(self, name: str) -> Any:
        made = self[name] = self.write(name)
        return made


class PageLines:
    """The lines of the function for a page: its rows in the order asked for, its page info, its total."""

    def __init__(self, answers: Answers, kind: GraphQLObjectType, read: Connection) -> None:
        self.answers = answers
        self.kind = kind
        self.read = read
        self.cursor = f"{answers.keep(answers.shapes.cursor)}(p[{read.scope.name!r}], "
        self.has_link = isinstance(read.origin, Hop | AnyHop)

    def lines(self, nodes: list[FieldDetails]) -> list[str]:
        """All lines."""
        lines = [
            "rows, total, outside = value",
            f"size = p[{self.read.page.size.name!r}] - 1",
            "more = len(rows) > size",
            "if more: rows = rows[:size]",
        ]
        if self.read.page.backward:
            lines.append("rows = rows[::-1]")
        parts = {part.key: (position, part) for position, part in enumerate(self.read.parts, 2)}
        made = []
        for number, (key, own) in enumerate(self.answers.below(self.kind, nodes).items()):
            name = own[0].node.name.value
            value = f"v{number}"
            if name == "__typename":
                lines.append(f"{value} = {self.kind.name!r}")
            elif name == "totalCount":
                lines += [f"{value} = total", *self.complete(name, value, own)]
            elif name == "pageInfo":
                lines.append(f"{value} = {self.info(own)}")
            else:
                position, part = parts[key]
                one = self.nodes(part, own) if name == "nodes" else self.edges(part, position, own)
                source = f"row[{position}]" if name == "nodes" else "row"
                lines.append(f"{value} = [{one}({source}, p) for row in rows]")
            made.append(f"{key!r}: {value}")
        return [*lines, f"return {{{', '.join(made)}}}"]

    def complete(self, name: str, value: str, nodes: list[FieldDetails]) -> list[str]:
        """The lines that complete a field of the page."""
        return self.answers.complete(self.kind.fields[name].type, value, None, nodes)

    def type_of(self, name: str) -> Any:
        """The type of the objects in a field of the page."""
        found: Any = self.kind.fields[name].type
        while hasattr(found, "of_type"):
            found = found.of_type
        return found

    def info(self, nodes: list[FieldDetails]) -> str:
        """The expression of the page info."""
        backward = self.read.page.backward
        facts = {
            "hasNextPage": "bool(outside)" if backward else "more",
            "hasPreviousPage": "more" if backward else "bool(outside)",
            "startCursor": f"{self.cursor}rows[0][0], rows[0][1]) if rows else None",
            "endCursor": f"{self.cursor}rows[-1][0], rows[-1][1]) if rows else None",
            "__typename": "'PageInfo'",
        }
        asked = self.answers.below(self.type_of("pageInfo"), nodes)
        made = [f"{key!r}: {facts[own[0].node.name.value]}" for key, own in asked.items()]
        return f"{{{', '.join(made)}}}"

    def nodes(self, part: EdgePart, nodes: list[FieldDetails]) -> str:
        """The function for the thing or link of a row, which gets the row's part."""
        wanted: Any = dict(part.whole_links or part.node)[part.key]
        one = self.answers.composite(self.type_of("nodes"), wanted, nodes)
        return self.answers.function("part, p", [f"return {one}(part[{int(self.has_link)}], p)"])

    def edges(self, part: EdgePart, position: int, nodes: list[FieldDetails]) -> str:
        """The function for an edge, which gets the whole row."""
        answers, kind = self.answers, self.type_of("edges")
        lines, made = [f"part = row[{position}]"], []
        places = self.ends(part)
        for number, (key, own) in enumerate(answers.below(kind, nodes).items()):
            name, value = own[0].node.name.value, f"v{number}"
            if name == "__typename":
                lines.append(f"{value} = {kind.name!r}")
            elif name == "cursor":
                lines.append(f"{value} = {self.cursor}row[0], row[1])")
            else:
                source, read, child = places[key]
                lines += answers.load(read, source, value, kind) if read else [f"{value} = {source}"]
                lines += answers.complete(kind.fields[name].type, value, child, own)
            made.append(f"{key!r}: {value}")
        return answers.function("row, p", [*lines, f"return {{{', '.join(made)}}}"])

    def ends(self, part: EdgePart) -> dict[str, tuple[str, Read | None, Any]]:
        """Where the fields of an edge stand: what the link says, whole links, things."""
        found: dict[str, tuple[str, Read | None, Any]] = {}
        if self.has_link:
            for position, one in enumerate(part.link.fields, 2):
                found[one.key] = (f"part[0][{position}]", one.read, self.answers.child(one.read))
        for position, (key, wanted) in enumerate((*part.whole_links, *part.node), int(self.has_link)):
            found[key] = (f"part[{position}]", None, wanted)
        return found


class Raw(Shapes):
    """Shapes that leave the rows of things, links and pages as they are: an answer's functions take them."""

    def of(self, read: Read) -> Decode:
        """The shape of a read."""
        return as_it_is if isinstance(read, Connection) else super().of(read)

    def thing(self, selection: ThingSelection) -> Decode:
        """A thing's row."""
        return as_it_is

    def link(self, selection: LinkSelection) -> Decode:
        """A link's row."""
        return as_it_is


def as_it_is(value: Any, _: Mapping[str, Any]) -> Any:
    """The value."""
    return value
