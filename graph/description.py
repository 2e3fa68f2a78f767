"""What is known of one thing or one link, read by one statement: its row, its links both ways, and the labels
of what is at their ends."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.changes import start_of
from graph.rows import OF_LINK, columns, expression, link_expression, stored
from graph.statement import Statement
from graph.store import Store
from graph.triples import Literal, Triple, of_link, triples
from ontology.evidence import LABEL
from ontology.languages import LANGUAGES
from ontology.mapping import LINK, RdfMapping

MOST_INCOMING = 100
READ = """\
MATCH (d:Dataset {{id: 'dataset'}}) WITH [d.version, d.pending] AS before
WITH before, head(COLLECT {{
  {match}
  RETURN {row}
}}) AS found
MATCH (d:Dataset {{id: 'dataset'}}) RETURN before, found, [d.version, d.pending] AS after"""
A_THING = "MATCH (n:Thing {id: $id})"
BY_ANY_NAME = f"""\
OPTIONAL MATCH (m:Mention {{id: $id}})-[:MENTION_OF]->(t:Thing)
  WITH coalesce(t.id, $id) AS name {A_THING.replace("$id", "name")}"""
A_LINK = "MATCH (n:Thing {id: $start})-[l]->(o:Thing) WHERE l.id = $id"
INCOMING = "MATCH (n)<-[l]-(o:Thing)"
RECORDED_AT = OF_LINK.index("recordedAt")


@dataclass(frozen=True, slots=True)
class Known:
    """That something is there: its own id, and its classes."""

    id: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A thing or a link with what is around it, in one version of the dataset.

    `modified` is the newest time of recording of all that is said; `shown` of `incoming` links that lead to
    the thing are said.
    """

    known: Known
    version: str
    modified: str
    triples: tuple[Triple, ...]
    shown: int = 0
    incoming: int = 0


async def known(store: Store, mapping: RdfMapping, identity: str) -> Known | None:
    """Whether there is a thing or link of this name, which for a thing may be one of its mentions."""
    match, parameters = _by_id(identity)
    match, name = (match, "l.id") if _is_link(identity) else (BY_ANY_NAME, "n.id")
    found, _ = await _read(store, match, name, parameters)
    return None if found is None else described(mapping, str(found))


async def description(
    store: Store, mapping: RdfMapping, identity: str, *, persons: bool, most: int = MOST_INCOMING
) -> Description | None:
    """All that is known of the thing or link with this id, None where there is none."""
    names = _link_names(mapping, persons=persons)
    match, parameters = _by_id(identity)
    if _is_link(identity):
        row = f"[{_whole_link(names, 'n', 'o')}, [{_label('n')}, {_label('o')}]]"
        found, version = await _read(store, match, row, parameters)
        return None if found is None else _of_link(mapping, names, found, version)
    kind = mapping.model.kind_of(identity)
    if kind is None or kind.name not in mapping.kinds:
        return None
    wanted = columns(mapping.kinds[kind.name], persons=persons)
    row = f"[{expression(wanted)}, {', '.join(_around(names))}]"
    found, version = await _read(store, match, row, {**parameters, "most": most})
    if found is None:
        return None
    own, incoming, count, labels = found
    said = [*triples(wanted, own), *_links(mapping, names, incoming), *_labels(labels)]
    times = [own[1], *(link[RECORDED_AT] for link in own[-1]), *(link[1 + RECORDED_AT] for link in incoming)]
    return Description(
        described(mapping, identity), version, max(times), tuple(dict.fromkeys(said)), len(incoming), count
    )


async def _read(store: Store, match: str, row: str, parameters: dict[str, object]) -> tuple[Any, str]:
    """What a statement found, and the version that it was found in."""
    reading = await store.read(Statement(READ.format(match=match, row=row), parameters))
    return reading.row[0], reading.version


def _by_id(identity: str) -> tuple[str, dict[str, object]]:
    if _is_link(identity):
        return A_LINK, {"id": identity, "start": start_of(identity)}
    return A_THING, {"id": identity}


def _is_link(identity: str) -> bool:
    return identity.startswith("link/")


def described(mapping: RdfMapping, identity: str) -> Known:
    """What has this id, which is there."""
    kind = mapping.model.kind_of(identity)
    return Known(identity, mapping.kinds[kind.name].types if kind else (LINK,))


def _around(names: Sequence[str]) -> Iterator[str]:
    """The links that lead to the thing, as many as are wanted; how many there are; the labels of all ends
    and of the sources."""
    link = _whole_link(names, "o", "n")
    yield f"COLLECT {{ {INCOMING} WITH n, l, o ORDER BY l.id LIMIT $most RETURN {link} }}"
    yield f"COUNT {{ {INCOMING} }}"
    sources = f"COLLECT {{ MATCH (s:Source) WHERE s.id IN n.sources RETURN {_label('s')} }}"
    ends = f"COLLECT {{ {INCOMING} WITH l, o ORDER BY l.id LIMIT $most RETURN {_label('o')} }}"
    yield f"[(n)-[]->(o:Thing) | {_label('o')}] + {ends} + {sources}"


def _label(node: str) -> str:
    """The id of a node and its label in each language."""
    return f"[{node}.id, {', '.join(f'{node}.label_{language}' for language in LANGUAGES)}]"


def _link_names(mapping: RdfMapping, *, persons: bool) -> tuple[str, ...]:
    """What a link of any type can have."""
    own = (one for link in mapping.link_types.values() for one in link.properties)
    return tuple(
        dict.fromkeys(
            [*OF_LINK, *(name for one in own if persons or not one.personal for name in stored(one))]
        )
    )


def _whole_link(names: Sequence[str], start: str, end: str) -> str:
    """The id of the thing at which a link starts, before what the link has."""
    return f"[{start}.id] + {link_expression(names, 'l', end)}"


def _of_link(mapping: RdfMapping, names: Sequence[str], found: Any, version: str) -> Description:
    link, labels = found
    said = dict.fromkeys([*_links(mapping, names, [link]), *_labels(labels)])
    return Description(described(mapping, str(link[1])), version, link[1 + RECORDED_AT], tuple(said))


def _links(mapping: RdfMapping, names: Sequence[str], links: Iterable[Any]) -> Iterator[Triple]:
    for start, *values in links:
        one = dict(zip(names, values, strict=True))
        if one["type"] in mapping.link_types:
            yield from of_link(mapping.link_types[one["type"]], one, start)


def _labels(labels: Iterable[Any]) -> Iterator[Triple]:
    """The labels of things beside the one that is described, each once."""
    for identity, texts in {one[0]: one[1:] for one in labels}.items():
        for language, text in zip(LANGUAGES, texts, strict=True):
            if text is not None:
                yield identity, LABEL.terms[0], Literal(text, None, language)
