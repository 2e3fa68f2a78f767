"""From what is wanted to the text of a Cypher statement: pure functions; no value ever enters the text.

Every read becomes one expression over a bound variable; every thing and every link becomes one positional
list, so that a statement returns one record of nested lists (graph.shapes reads them back).
"""

from collections.abc import Iterable
from functools import singledispatch

from graph.conditions import names
from graph.connection import Connection, EdgePart
from graph.connection_rows import Rows, ends_condition, hop_pattern
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
)
from graph.variables import Names
from ontology.languages import LANGUAGES

BEFORE = "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
AFTER = "MATCH (d:Dataset {id: 'dataset'})"


def statement(roots: Iterable[Read]) -> str:
    """One statement that reads all roots between two looks at the dataset's version."""
    variables = Names()
    columns = [root_expression(root, variables) for root in roots]
    kept = [f"r{position}" for position in range(len(columns))]
    projected = ", ".join(f"{column} AS {name}" for column, name in zip(columns, kept, strict=True))
    found = f"RETURN before, {', '.join(kept)}, [d.version, d.pending] AS after"
    return f"{BEFORE}\nWITH before, {projected}\n{AFTER}\n{found}"


def root_expression(root: Read, variables: Names) -> str:
    """A read that starts from nothing."""
    return expression(root, "", variables)


@singledispatch
def expression(read: Read, element: str, variables: Names) -> str:
    """The Cypher expression of a read of the element in this variable."""
    raise TypeError(f"{type(read).__name__} has no Cypher")


@expression.register
def _(read: Stored, element: str, variables: Names) -> str:
    return f"{element}.{names(read.name)}"


@expression.register
def _(read: Records, element: str, variables: Names) -> str:
    return f"{element}.{names(read.name)}"


@expression.register
def _(read: Flag, element: str, variables: Names) -> str:
    return f"{element}.{names(read.name)}"


@expression.register
def _(read: Text, element: str, variables: Names) -> str:
    languages = [read.language]
    if read.fallback:
        languages += [language for language in LANGUAGES if language != read.language]
    stored = [f"{element}.{names(f'{read.name}_{language}')}" for language in languages]
    if not read.which:
        return f"coalesce({', '.join(stored)})" if len(stored) > 1 else stored[0]
    cases = [f"WHEN {one} IS NOT NULL THEN '{code}'" for one, code in zip(stored, languages, strict=True)]
    return f"CASE {' '.join(cases)} END"


@expression.register
def _(read: KindName, element: str, variables: Names) -> str:
    return f"{element}.id"


@expression.register
def _(read: Iri, element: str, variables: Names) -> str:
    return f"{element}.id"


@expression.register
def _(read: TypeName, element: str, variables: Names) -> str:
    return f"type({element})"


@expression.register
def _(read: Nothing, element: str, variables: Names) -> str:
    return "null"


@expression.register
def _(read: Sources, element: str, variables: Names) -> str:
    key, source = variables.fresh("i"), variables.fresh("s")
    row = thing(read.node, source, variables)
    return (
        f"COLLECT {{ UNWIND coalesce({element}.sources, []) AS {key} "
        f"MATCH ({source}:Source {{id: {key}}}) WITH {source} ORDER BY {source}.id RETURN {row} }}"
    )


@expression.register
def _(read: End, element: str, variables: Names) -> str:
    end = variables.fresh("e")
    side = "startNode" if read.start else "endNode"
    row = thing(read.node, end, variables)
    return f"head(COLLECT {{ UNWIND [{side}({element})] AS {end} RETURN {row} }})"


@expression.register
def _(read: One, element: str, variables: Names) -> str:
    link, node = variables.fresh("l"), variables.fresh("n")
    pattern = hop_pattern(read.field, element, link, node)
    row = thing(read.node, node, variables)
    where = ends_condition(read.field, node)
    return (
        f"head(COLLECT {{ MATCH {pattern}{where} WITH {link}, {node} "
        f"ORDER BY {link}.id LIMIT 1 RETURN {row} }})"
    )


@expression.register
def _(read: ById, element: str, variables: Names) -> str:
    things = thing_by_id(read.node, read.label, f"${read.id.name}", variables)
    if read.link is None or read.start is None:
        return f"head({things})"
    links = link_by_id(read.link, f"${read.start.name}", f"${read.id.name}", variables)
    return f"[head({things}), head({links})]"


@expression.register
def _(read: ByIds, element: str, variables: Names) -> str:
    position, key, start = (variables.fresh(prefix) for prefix in "iks")
    things = thing_by_id(read.node, "Thing", key, variables)
    links = link_by_id(read.link, start, key, variables)
    return (
        f"COLLECT {{ UNWIND range(0, size(${read.ids.name}) - 1) AS {position} "
        f"WITH {position}, ${read.ids.name}[{position}] AS {key}, ${read.starts.name}[{position}] AS {start} "
        f"ORDER BY {position} RETURN [head({things}), head({links})] }}"
    )


def thing_by_id(selection: ThingSelection, label: str, key: str, variables: Names) -> str:
    """The rows of the thing with this id, or of the thing that is mentioned by it: one row or none."""
    mention, named, found, node = (variables.fresh(prefix) for prefix in "mykn")
    return (
        f"COLLECT {{ OPTIONAL MATCH ({mention}:Mention {{id: {key}}})-[:MENTION_OF]->({named}:Thing) "
        f"WITH coalesce({named}.id, {key}) AS {found} "
        f"MATCH ({node}:{names(label)} {{id: {found}}}) RETURN {thing(selection, node, variables)} }}"
    )


def link_by_id(selection: LinkSelection, start: str, key: str, variables: Names) -> str:
    """The rows of the link with this id, found through the thing at which it starts: one row or none."""
    node, found = variables.fresh("s"), variables.fresh("l")
    return (
        f"COLLECT {{ MATCH ({node}:Thing {{id: {start}}})-[{found}]->(:Thing) WHERE {found}.id = {key} "
        f"RETURN {link(selection, found, variables)} }}"
    )


@expression.register
def _(read: Connection, element: str, variables: Names) -> str:
    source = Rows(read, element, variables)
    columns = [
        f"COLLECT {{ {source.match(source.page_conditions())} WITH {source.bound} "
        f"ORDER BY {source.ordering()} LIMIT ${read.page.size.name} RETURN {row_expression(source)} }}"
    ]
    columns.append(f"COUNT {{ {source.match(())} }}" if read.totals else "null")
    outside = source.outside_conditions()
    columns.append(f"EXISTS {{ {source.match(outside)} }}" if outside else "null")
    return f"[{', '.join(columns)}]"


def row_expression(source: Rows) -> str:
    """The list of one row: its position, where that is wanted, then its parts."""
    read, link_name = source.read, source.link
    parts = [part_expression(part, source.node, link_name, source.variables) for part in read.parts]
    key, link_key = (source.key(), f"{link_name}.id") if read.cursors else ("null", "null")
    return f"[{', '.join([key, link_key if link_name else 'null', *parts])}]"


def part_expression(part: EdgePart, node: str, link_name: str | None, variables: Names) -> str:
    """The list of what is wanted of a row under one key: links first, then whole links, then nodes."""
    columns = []
    if link_name is not None:
        columns.append(link(part.link, link_name, variables) if part.link.fields else "null")
        columns += [link(selection, link_name, variables) for _, selection in part.whole_links]
    columns += [thing(selection, node, variables) for _, selection in part.node]
    return f"[{', '.join(columns)}]"


def thing(selection: ThingSelection, node: str, variables: Names) -> str:
    """The positional list of a thing: its id, then its fields."""
    columns = [guarded(wanted.only, wanted.read, node, variables) for wanted in selection.fields]
    return f"[{', '.join(['null' if selection.kind else f'{node}.id', *columns])}]"


def guarded(only: frozenset[str] | None, read: Read, node: str, variables: Names) -> str:
    """A field that only some kinds have is read of those alone, where reading it costs a step."""
    text = expression(read, node, variables)
    if only is None or isinstance(read, Stored | Records | Flag | Text | KindName | Iri | Nothing):
        return text
    labels = "|".join(names(kind) for kind in sorted(only))
    return f"CASE WHEN {node}:{labels} THEN {text} END"


def link(selection: LinkSelection, name: str, variables: Names) -> str:
    """The positional list of a link: its id and its type unless that is known, then its fields."""
    columns = [expression(wanted.read, name, variables) for wanted in selection.fields]
    known = ["null", "null"] if selection.type else [f"{name}.id", f"type({name})"]
    return f"[{', '.join([*known, *columns])}]"
