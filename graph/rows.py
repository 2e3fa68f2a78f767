"""What RDF needs of each thing: one positional row with its values, its evidence and the links that start
at it, and the statements that read such rows.

A row is a list in the order of `Columns.names`, ended by a list of links, each in the order of
`Columns.link_names`. A value that is not known is None.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from graph.statement import Statement
from ontology.evidence import Form, Written
from ontology.languages import LANGUAGES
from ontology.mapping import KindMapping, RdfMapping

Row: TypeAlias = "list[Any]"

OF_THING = (
    "id",
    "recordedAt",
    *(f"label_{language}" for language in LANGUAGES),
    "sources",
    "unverified",
    "mentions",
    "disputed",
    "fieldSources",
)
OF_LINK = (
    "id",
    "type",
    "to",
    "recordedAt",
    "strength",
    "sources",
    "note",
    "date",
    "unverified",
    "priorWork",
    "priorWorkDeclared",
)
BEFORE = "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
AFTER = "MATCH (d:Dataset {id: 'dataset'}) RETURN before, page, [d.version, d.pending] AS after"


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of what a row of one kind holds; a property that names persons is left out on request."""

    kind: KindMapping
    properties: tuple[Written, ...]
    names: tuple[str, ...]
    link_names: tuple[str, ...]


@cache
def columns(kind: KindMapping, *, persons: bool) -> Columns:
    """The columns of a kind."""
    properties = tuple(one for one in kind.properties if persons or not one.personal)
    own = (name for link in kind.links for one in link.properties for name in stored(one))
    return Columns(
        kind,
        properties,
        (*OF_THING, *(name for one in properties for name in stored(one))),
        (*OF_LINK, *sorted(dict.fromkeys(own))),
    )


def stored(prop: Written) -> tuple[str, ...]:
    """The names under which a property is stored."""
    if prop.form is Form.LANGUAGE:
        return tuple(f"{prop.name}_{language}" for language in LANGUAGES)
    return (prop.name,)


def bounds(kind: KindMapping) -> tuple[str, str]:
    """All ids of a kind lie between these two."""
    key = kind.kind.key
    return f"{key}/", f"{key}0"  # 0 comes right after the slash


def page(wanted: Columns, after: str, size: int) -> Statement:
    """The next rows of a kind after this id, in the order of ids."""
    text = (
        f"{BEFORE}\nWITH before, COLLECT {{\n"
        f"  MATCH (n:Thing) WHERE n.id > $after AND n.id < $end\n"
        f"  WITH n ORDER BY n.id LIMIT $size\n"
        f"  RETURN {expression(wanted)}\n}} AS page\n{AFTER}"
    )
    return Statement(text, {"after": after, "end": bounds(wanted.kind)[1], "size": size})


def one(wanted: Columns, identifier: str) -> Statement:
    """The row of one thing, if it is there."""
    text = (
        f"{BEFORE}\nWITH before, COLLECT {{\n"
        f"  MATCH (n:Thing {{id: $id}}) RETURN {expression(wanted)}\n}} AS page\n{AFTER}"
    )
    return Statement(text, {"id": identifier})


def expression(wanted: Columns) -> str:
    """The row of the node in `n` as a Cypher list."""
    values = ", ".join(f"n.`{name}`" for name in wanted.names)
    return f"[{values}, [(n)-[l]->(o:Thing) | {link_expression(wanted.link_names, 'l', 'o')}]]"


def link_expression(names: Sequence[str], link: str, end: str) -> str:
    """A link as a Cypher list; `end` is the variable of the thing to which it leads."""
    special = {"type": f"type({link})", "to": f"{end}.id"}
    return f"[{', '.join(special.get(name) or f'{link}.`{name}`' for name in names)}]"


def kinds_in_order(mapping: RdfMapping, wanted: Sequence[str] | None = None) -> Iterator[KindMapping]:
    """The kinds in an order in which all ids follow each other; by name those that are wanted."""
    chosen = [one for one in mapping.kinds.values() if wanted is None or one.kind.name in wanted]
    return iter(sorted(chosen, key=lambda one: f"{one.kind.key}/"))
