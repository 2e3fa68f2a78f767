"""The code for a page of a connection: its rows in the order asked for, its page info, its total."""

from typing import TYPE_CHECKING, Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import FieldDetails

from graph.connection import AnyHop, Connection, EdgePart, Hop
from graph.selection import Read
from resolvers.loading import led_to, unpacked

if TYPE_CHECKING:
    from resolvers.answer import Answers, Code

# The variable of a field of an edge, how it was read (or: as it is), what is wanted below.
Place = tuple[str, "Read | None", Any]


class PageCode:
    """Writes the code for the pages of one connection, which has them as `value`."""

    def __init__(self, answers: "Answers", kind: GraphQLObjectType, read: Connection) -> None:
        self.answers = answers
        self.kind = kind
        self.read = read
        self.cursor = f"{answers.keep(answers.shapes.cursor)}(p[{read.scope.name!r}], "
        self.has_link = isinstance(read.origin, Hop | AnyHop)
        self.parts = {part.key: (position, part) for position, part in enumerate(read.parts, 2)}

    def code(self, nodes: list[FieldDetails]) -> "Code":
        """The whole of it."""
        lines = [
            "rows, total, outside = value",
            f"size = p[{self.read.page.size.name!r}] - 1",
            "more = len(rows) > size",
            "if more: rows = rows[:size]",
        ]
        if self.read.page.backward:
            lines.append("rows = rows[::-1]")
        found, made = self.answers.object(self.kind, self.answers.below(self.kind, nodes), self.field)
        return [*lines, *found], made

    def field(self, key: str, nodes: list[FieldDetails], name: str) -> list[str]:
        """Lines that put a field of the page into a variable."""
        match nodes[0].node.name.value:
            case "totalCount":
                return [f"{name} = total", *self.answers.complete_field(self.kind, nodes, name, None)]
            case "pageInfo":
                return [f"{name} = {self.info(nodes)}"]
            case form:
                position, part = self.parts[key]
                one = self.answers.fresh("r")
                code = (self.nodes if form == "nodes" else self.edges)(part, f"{one}[{position}]", one, nodes)
                return self.answers.each(name, "rows", one, code, required=True)

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

    def nodes(self, part: EdgePart, place: str, row: str, nodes: list[FieldDetails]) -> "Code":
        """The code for the thing or link of a row, whose part is at a place."""
        wanted: Any = dict(part.whole_links or part.node)[part.key]
        one = self.answers.fresh("n")
        lines, made = self.answers.composite(self.type_of("nodes"), wanted, nodes, one)
        return [f"{one} = {place}[{int(self.has_link)}]", *lines], made

    def edges(self, part: EdgePart, place: str, row: str, nodes: list[FieldDetails]) -> "Code":
        """The code for the edge of a row, whose part is at a place."""
        answers, kind = self.answers, self.type_of("edges")
        lines, places = self.places(part, place)

        def field(key: str, asked: list[FieldDetails], name: str) -> list[str]:
            if asked[0].node.name.value == "cursor":
                return [f"{name} = {self.cursor}{row}[0], {row}[1])"]
            source, read, child = places[key]
            found = answers.load(read, source, name, kind) if read else [f"{name} = {source}"]
            return found + answers.complete_field(kind, asked, name, child)

        found, made = answers.object(kind, answers.below(kind, nodes), field)
        return [*lines, *found], made

    def places(self, part: EdgePart, place: str) -> tuple[list[str], dict[str, Place]]:
        """Lines that unpack an edge, and where its fields are: what the link says, whole links, things."""
        fresh = self.answers.fresh
        wholes = [(fresh("n"), key, wanted) for key, wanted in (*part.whole_links, *part.node)]
        found: dict[str, Place] = {key: (name, None, wanted) for name, key, wanted in wholes}
        link = [fresh("l")] if self.has_link else []
        parts = [*link, *(name for name, _, _ in wholes)]
        lines = [f"{unpacked(0, parts)} = {place}"] if parts else []
        if link and part.link.fields:
            fields = [(fresh("c"), one) for one in part.link.fields]
            lines.append(f"{unpacked(2, [name for name, _ in fields])} = {link[0]}")
            found |= {one.key: (name, one.read, led_to(one.read)) for name, one in fields}
        return lines, found
