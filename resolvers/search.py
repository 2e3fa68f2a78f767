"""The field `search`: what a user typed, the kinds asked for, and a page of what is found."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.connection import EdgePart
from graph.search import After, Search, read_place
from graph.selection import Parameter, Read
from graph.wording import ideographs, questions, words
from resolvers.arguments import Argument
from resolvers.errors import BadUserInput
from resolvers.pages import fingerprint, page_size, read_cursor, shortened
from resolvers.planner import Asked, Planner

LONGEST = 500
Place = tuple[str, int, float]


def plan_search(planner: Planner, asked: Asked) -> Read:
    """The page that the field asks for."""
    text = asked.arguments.get("text")
    assert text is not None  # the schema requires it
    limits, profile = planner.limits, planner.world.profile
    language = asked.arguments.value("language", "en")
    labels = kinds_of(asked)
    scope = planner.bind(
        text, lambda value, _: fingerprint(f"search:{language}:{labels}", checked(value)), local=True
    )
    first = asked.arguments.get("first") or Argument(limits.default_page)
    size = planner.bind(first, lambda value, _: page_size(value, limits, "search.first") + 1)
    with planner.level(asked, size, links=0):
        parts, totals, info = rows(planner, asked)
    return Search(
        questions=planner.bind(text, lambda value, _: questions(checked(value), language, profile)),
        ideographs=planner.bind(text, lambda value, _: ideographs(value)),
        size=size,
        scope=scope,
        labels=labels,
        after=after(planner, asked.arguments.get("after"), scope),
        parts=parts,
        totals=totals,
        info=info,
    )


def checked(text: str) -> str:
    """A text that can be looked for."""
    if len(text) > LONGEST:
        raise BadUserInput(f"search.text has {len(text)} characters: write {LONGEST} at most")
    if not words(text):
        raise BadUserInput(f"search.text: {shortened(text)} has no letter and no digit: write a name")
    return text


def kinds_of(asked: Asked) -> tuple[str, ...]:
    """The labels that things must have one of."""
    given = asked.arguments.value("kinds")
    if given is None:
        return ("Thing",)
    if not given:
        raise BadUserInput("search.kinds is empty: name the kinds to look for, or leave it out for all")
    return tuple(sorted(set(given)))


def after(planner: Planner, given: Argument | None, scope: Parameter) -> After | None:
    """The place of the last row of the page before."""
    if given is None:
        return None
    key, rank, score = (planner.bind(given, part(scope, position)) for position in range(3))
    return After(rank, score, key)


def part(scope: Parameter, position: int) -> Callable[[Any, Mapping[str, Any]], Any]:
    """The id, the rank or the score that a cursor of this scope names."""
    return lambda value, bound: place_of(value, bound[scope.name])[position]


def place_of(cursor: str, scope: str) -> Place:
    """All that a cursor of this scope names."""
    key, place = read_cursor(cursor, scope)
    try:
        rank, score = read_place(place or "")
    except ValueError:
        raise BadUserInput(f"{shortened(cursor)} is no cursor: pass on one of an answer as it is") from None
    return str(key), rank, score


def rows(
    planner: Planner, asked: Asked
) -> tuple[tuple[EdgePart, ...], tuple[str, ...], tuple[tuple[str, tuple[tuple[str, str], ...]], ...]]:
    """What is asked of the rows, of their number, and of the page."""
    parts, totals, info = [], [], []
    for one in planner.fields("SearchConnection", asked.nodes):
        if one.name == "totalCount":
            totals.append(one.key)
        elif one.name == "pageInfo":
            fields = tuple((each.key, each.name) for each in planner.fields("PageInfo", one.nodes))
            info.append((one.key, fields))
        elif one.name == "nodes":
            parts.append(EdgePart(one.key, "nodes", node=((one.key, planner.thing("Thing", one.nodes)),)))
        else:
            parts.append(edges_part(planner, one))
    return tuple(parts), tuple(totals), tuple(info)


def edges_part(planner: Planner, asked: Asked) -> EdgePart:
    """The rows as edges."""
    own, node = [], []
    for one in planner.fields("SearchEdge", asked.nodes):
        if one.name == "node":
            node.append((one.key, planner.thing("Thing", one.nodes)))
        else:
            own.append((one.key, one.name))
    return EdgePart(asked.key, "edges", tuple(own), tuple(node))
