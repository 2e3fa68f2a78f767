"""Search: things by a printed name first, then by their texts in every language, the best match first.

A hit is a list: the thing's id, the rank of the way in which it was found, the score, the language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.conditions import names
from graph.connection import EdgePart
from graph.cypher import expression, part_expression
from graph.selection import Parameter
from graph.shapes import Decode, Shapes, shape
from graph.variables import Names
from graph.wording import CONTAINED, NAMED_IN_PART, RANKS


@dataclass(frozen=True, slots=True)
class After:
    """The place of the last row of the page before: its rank, its score, its id."""

    rank: Parameter
    score: Parameter
    id: Parameter


@dataclass(frozen=True, slots=True)
class Search:
    """A page of at most `size` things of these labels that `questions` find or that hold an ideograph.

    Both come from graph.wording. What is wanted of each row is as in a connection; of an edge itself it is
    `cursor`, `score`, `matched` or `language`.
    """

    questions: Parameter
    ideographs: Parameter
    size: Parameter
    scope: Parameter
    labels: tuple[str, ...] = ("Thing",)
    after: After | None = None
    parts: tuple[EdgePart, ...] = ()
    totals: tuple[str, ...] = ()
    info: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()


@expression.register
def _(read: Search, element: str, variables: Names) -> str:
    hits, hit, node = (variables.fresh(prefix) for prefix in ("hits", "h", "n"))
    parts = [part_expression(part, node, None, variables) for part in read.parts]
    row = ", ".join([*(f"{hit}[{position}]" for position in range(4)), *parts])
    beyond = within(read.after, hit)
    page = f"[{hit} IN {hits} WHERE {beyond}]" if read.after else hits
    earlier = f"size([{hit} IN {hits} WHERE NOT ({beyond})]) > 0" if read.after else "false"
    return (
        f"head(COLLECT {{ WITH {found(read, variables)} AS {hits} RETURN ["
        f"COLLECT {{ UNWIND {page}[0..${read.size.name}] AS {hit} "
        f"MATCH ({node}:Thing {{id: {hit}[0]}}) WITH {hit}, {node} ORDER BY {order(hit)} RETURN [{row}] }}, "
        f"size({hits}), {earlier}] }})"
    )


def found(read: Search, variables: Names) -> str:
    """The list of all hits, the best first, each thing once."""
    hit, key, best = (variables.fresh(prefix) for prefix in ("h", "k", "b"))
    return (
        f"COLLECT {{ UNWIND ({by_index(read, variables)} + {by_ideograph(read, variables)}) AS {hit} "
        f"WITH {hit} ORDER BY {order(hit)}, {hit}[3] WITH {hit}[0] AS {key}, head(collect({hit})) AS {best} "
        f"WITH {best} ORDER BY {order(best)} RETURN {best} }}"
    )


def by_index(read: Search, variables: Names) -> str:
    """What the full-text indexes find. The score of a name is its part of all names of the thing."""
    question, node, score = (variables.fresh(prefix) for prefix in "qns")
    return (
        f"COLLECT {{ UNWIND ${read.questions.name} AS {question} "
        f"CALL db.index.fulltext.queryNodes({question}[0], {question}[1]) YIELD node, score "
        f"WITH {question}, node AS {node}, score AS {score} WHERE {labelled(read, node)} "
        f"RETURN [{node}.id, {question}[2], CASE WHEN {question}[2] > {NAMED_IN_PART} "
        f"THEN {score} * {question}[4] ELSE {question}[4] / size({node}.search_name) END, {question}[3]] }}"
    )


def by_ideograph(read: Search, variables: Names) -> str:
    """What holds a single ideograph: the index of Chinese knows pairs only."""
    sign, node = variables.fresh("w"), variables.fresh("n")
    return (
        f"COLLECT {{ UNWIND ${read.ideographs.name} AS {sign} MATCH ({node}:Thing) "
        f"WHERE {node}.search_zh CONTAINS {sign} AND {labelled(read, node)} "
        f"RETURN [{node}.id, {CONTAINED}, 1.0 / size({node}.search_zh), 'zh'] }}"
    )


def labelled(read: Search, node: str) -> str:
    """That a thing has one of the labels."""
    return f"({node}:{'|'.join(names(label) for label in read.labels)})"


def order(hit: str) -> str:
    """The order of hits: rank, score, id."""
    return f"{hit}[1], {hit}[2] DESC, {hit}[0]"


def within(after: After | None, hit: str) -> str:
    """That a hit comes after the page before."""
    if after is None:
        return "true"
    rank, score, key = f"${after.rank.name}", f"${after.score.name}", f"${after.id.name}"
    same = f"{hit}[2] < {score} OR ({hit}[2] = {score} AND {hit}[0] > {key})"
    return f"{hit}[1] > {rank} OR ({hit}[1] = {rank} AND ({same}))"


@shape.register
def _(read: Search, shapes: Shapes) -> Decode:
    return SearchShape(read, shapes)


class SearchShape:
    """The shape of a page of hits."""

    def __init__(self, read: Search, shapes: Shapes) -> None:
        self.read = read
        self.cursor = shapes.cursor
        self.nodes = [[(key, shapes.thing(one)) for key, one in part.node] for part in read.parts]

    def __call__(self, value: Any, parameters: Mapping[str, Any]) -> Any:
        rows, total, earlier = value
        size = parameters[self.read.size.name] - 1
        more, rows = len(rows) > size, rows[:size]
        scope = parameters[self.read.scope.name]
        facts = [hit_facts(row, self.cursor(scope, row[0], place(row))) for row in rows]
        found: dict[str, Any] = dict.fromkeys(self.read.totals, total)
        for position, part in enumerate(self.read.parts):
            found[part.key] = [
                self.part(position, row, one, parameters) for row, one in zip(rows, facts, strict=True)
            ]
        ends = {
            "hasNextPage": more,
            "hasPreviousPage": earlier,
            "startCursor": facts[0]["cursor"] if facts else None,
            "endCursor": facts[-1]["cursor"] if facts else None,
        }
        for key, fields in self.read.info:
            found[key] = {own: ends[name] for own, name in fields}
        return found

    def part(self, position: int, row: Any, facts: Mapping[str, Any], parameters: Mapping[str, Any]) -> Any:
        """What is wanted of a row under one key."""
        part = self.read.parts[position]
        values = row[position + 4]
        things = {
            key: decode(value, parameters)
            for (key, decode), value in zip(self.nodes[position], values, strict=True)
        }
        if part.form == "nodes":
            return things[part.key]
        return things | {key: facts[name] for key, name in part.own}


def hit_facts(row: Any, cursor: str) -> dict[str, Any]:
    """What an edge says of its hit."""
    matched = "NAME" if row[1] <= NAMED_IN_PART else "TEXT"
    return {"cursor": cursor, "score": row[2], "matched": matched, "language": row[3]}


def place(row: Any) -> str:
    """The rank and the score of a row, as its cursor holds them."""
    return f"{row[1]} {row[2]!r}"


def read_place(text: str) -> tuple[int, float]:
    """Back from `place`; a ValueError where it is none."""
    rank, score = text.split(" ")
    if int(rank) not in RANKS:
        raise ValueError(f"{rank} is no rank")
    return int(rank), float(score)
