"""Which rows a page of things or links has, as Cypher: what is matched, on what conditions, in what order."""

from collections.abc import Iterable

from graph.conditions import condition, names
from graph.connection import AnyHop, Connection, Everything, Hop
from graph.selection import Parameter
from graph.variables import Names
from ontology.model import LinkField


class Rows:
    """The rows of a connection: what is matched, and in which order."""

    def __init__(self, read: Connection, element: str, variables: Names) -> None:
        self.read = read
        self.element = element
        self.variables = variables
        self.node = variables.fresh("n")
        self.link = None if isinstance(read.origin, Everything) else variables.fresh("l")
        self.bound = self.node if self.link is None else f"{self.link}, {self.node}"

    def match(self, extra: Iterable[str]) -> str:
        """The MATCH with all conditions."""
        conditions = [*self.origin_conditions(), *extra]
        if self.read.where is not None:
            conditions.append(condition(self.read.where, self.node, self.variables.fresh))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"MATCH {self.pattern()}{where}"

    def pattern(self) -> str:
        """Where the rows come from."""
        origin = self.read.origin
        if isinstance(origin, Everything):
            return f"({self.node}:{names(origin.label)})"
        assert self.link is not None
        if isinstance(origin, Hop):
            return hop_pattern(origin.field, self.element, self.link, self.node)
        types = ":" + "|".join(names(one) for one in origin.types) if origin.types else ""
        left, right = ("" if origin.outgoing else "<"), ("" if origin.incoming else ">")
        return f"({self.element}){left}-[{self.link}{types}]-{right}({self.node}:Thing)"

    def origin_conditions(self) -> list[str]:
        """What must hold because of where the rows come from."""
        origin = self.read.origin
        if isinstance(origin, Hop):
            ends = ends_condition(origin.field, self.node)
            return [ends.removeprefix(" WHERE ")] if ends else []
        if isinstance(origin, AnyHop):
            return [f"{self.link}.strength IN ${origin.strengths.name}"] if origin.strengths else []
        if self.read.order.key == "id" and not self.bounds():
            return [f"{self.node}.id > ''"]
        return [f"{self.key()} IS NOT NULL"] if not self.bounds() and self.read.order.key != "id" else []

    def key(self) -> str:
        """The expression by which rows are ordered."""
        if isinstance(self.read.origin, AnyHop):
            return f"{self.link}.id"
        return f"{self.node}.{names(self.read.order.key)}"

    def ordering(self) -> str:
        """The ORDER BY, turned round when the page is read from its end."""
        downward = self.read.order.descending != self.read.page.backward
        direction = " DESC" if downward else ""
        keys = [self.key()]
        if isinstance(self.read.origin, Hop):
            keys.append(f"{self.link}.id")
        return ", ".join(f"{key}{direction}" for key in keys)

    def bounds(self) -> bool:
        """Whether the page starts after or ends before a position."""
        return bool(self.read.page.after or self.read.page.before)

    def page_conditions(self) -> list[str]:
        """That a row lies within the page."""
        page, descending = self.read.page, self.read.order.descending
        found = []
        if page.after:
            found.append(self.beyond("<" if descending else ">", page.after))
        if page.before:
            found.append(self.beyond(">" if descending else "<", page.before))
        return found

    def outside_conditions(self) -> list[str]:
        """That a row lies on the far side of the cursor: what the page info cannot tell from its rows."""
        page, descending = self.read.page, self.read.order.descending
        if page.backward and page.before and self.read.wants("hasNextPage"):
            return [self.beyond("<" if descending else ">", page.before, at="=")]
        if not page.backward and page.after and self.read.wants("hasPreviousPage"):
            return [self.beyond(">" if descending else "<", page.after, at="=")]
        return []

    def beyond(self, operator: str, position: tuple[Parameter, Parameter], at: str = "") -> str:
        """That a row lies beyond a position; with `at="="` also that it is the row there."""
        key, link = position[0].name, position[1].name
        if not isinstance(self.read.origin, Hop):
            return f"{self.key()} {operator}{at} ${key}"
        return (
            f"({self.key()} {operator} ${key} OR "
            f"({self.key()} = ${key} AND {self.link}.id {operator}{at} ${link}))"
        )


def hop_pattern(field: LinkField, element: str, link_name: str, node: str) -> str:
    """The pattern of the step along a link field."""
    arrow = f"-[{link_name}:{names(field.type.name)}]-"
    arrow = f"{arrow}>" if field.outgoing else f"<{arrow}"
    label = names(field.ends[0]) if len(field.ends) == 1 else names(field.target)
    return f"({element}){arrow}({node}:{label})"


def ends_condition(field: LinkField, node: str) -> str:
    """Where a field leads to several kinds, that the far end is of one of them."""
    if len(field.ends) == 1:
        return ""
    return f" WHERE ({node}:{'|'.join(names(end) for end in field.ends)})"
