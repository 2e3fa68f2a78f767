"""What a load has to do: the dataset that is wanted against what a store has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from graph.derived import Node, Relationship
from graph.statement import Statement
from graph.store import Store

Element = TypeVar("Element", Node, Relationship)

PAGE = 20_000
NODES = """\
MATCH (n:Thing) WHERE n.id > $after AND n.hash IS NOT NULL WITH n ORDER BY n.id LIMIT $page
RETURN collect([n.id, n.stored, n.hash, n.recordedAt, labels(n)]) AS nodes"""
RELATIONSHIPS = """\
MATCH (:Thing)-[l:{types}]->() WHERE l.hash IS NOT NULL
RETURN collect([l.id, l.stored, l.hash, l.recordedAt]) AS links"""
MENTIONS = """\
MATCH (m:Mention) OPTIONAL MATCH (m)-[:MENTION_OF]->(t:Thing) RETURN collect([m.id, t.id]) AS mentions"""

TOMBSTONES = "MATCH (t:Tombstone) RETURN collect(t.id) AS tombstones"


@dataclass(frozen=True, slots=True)
class There:
    """An element as the store has it: its hashes, when it was recorded, and its labels if it is a node."""

    stored: str
    content: str
    recorded_at: str
    labels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Present:
    """All elements of a store by id, its mentions with the things that they lead to, and its tombstones."""

    nodes: Mapping[str, There]
    links: Mapping[str, There]
    mentions: Mapping[str, str]
    tombstones: frozenset[str]

    @property
    def empty(self) -> bool:
        """Whether there is nothing of ours."""
        return not (self.nodes or self.links or self.mentions or self.tombstones)


@dataclass(slots=True)
class Changes(Generic[Element]):
    """What is to be created, to be given other properties, and to be removed; the rest stays as it is."""

    created: list[Element] = field(default_factory=list)
    changed: list[Element] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def size(self) -> int:
        """The number of elements to touch."""
        return len(self.created) + len(self.changed) + len(self.removed)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes of a load; `mentions_gone` are taken away before `mentions_new` are made."""

    nodes: Changes[Node]
    links: Changes[Relationship]
    mentions_new: Mapping[str, str]
    mentions_gone: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of elements to touch."""
        return self.nodes.size + self.links.size + len(self.mentions_new) + len(self.mentions_gone)


async def present(store: Store, counts: Mapping[str, int]) -> Present:
    """Read what is there, in pages; `counts` are the types of links with how many of them there may be."""
    nodes: dict[str, There] = {}
    after = ""
    while page := await _collected(store, NODES, after=after, page=PAGE):
        for name, stored, content, at, labels in page:
            nodes[name] = There(stored, content, at, frozenset(labels))
        after = page[-1][0]
    links: dict[str, There] = {}
    for types in _groups(counts) if nodes else ():
        for name, stored, content, at in await _collected(store, RELATIONSHIPS.format(types=types)):
            links[name] = There(stored, content, at)
    mentions = dict(await _collected(store, MENTIONS))
    return Present(nodes, links, mentions, frozenset(await _collected(store, TOMBSTONES)))


def _groups(counts: Mapping[str, int]) -> Iterator[str]:
    """Types of links that are read together, so that a row does not become too long."""
    group: list[str] = []
    size = 0
    for name, count in sorted(counts.items()):
        if group and size + count > PAGE * 5:
            yield "|".join(group)
            group, size = [], 0
        group.append(name)
        size += count
    if group:
        yield "|".join(group)


async def _collected(store: Store, text: str, **parameters: object) -> list[Any]:
    rows: list[tuple[Any, ...]] = await store.rows(Statement(text, parameters))
    return list(rows[0][0]) if rows else []


def difference(
    nodes: Iterable[Node], links: Iterable[Relationship], mentions: Mapping[str, str], there: Present
) -> Difference:
    """The changes that make what is there into what is wanted.

    A node whose labels differ is removed and created, since labels are never added to a node; with it go
    its links and its mentions, which are created again.
    """
    of_nodes: Changes[Node] = Changes()
    wanted = {node.id: node for node in nodes}
    stale = {
        name for name, one in there.nodes.items() if name in wanted and one.labels != _labels(wanted[name])
    }
    kept = {name: one for name, one in there.nodes.items() if name not in stale}
    of_nodes = _changes(wanted, kept)
    of_nodes.removed += stale
    wanted_links = {link.id: link for link in links}
    detached = {link.id for link in wanted_links.values() if link.start in stale or link.end in stale}
    of_links = _changes(
        wanted_links, {name: one for name, one in there.links.items() if name not in detached}
    )
    old = {mention: thing for mention, thing in there.mentions.items() if thing not in stale}
    new = {mention: thing for mention, thing in mentions.items() if old.get(mention) != thing}
    gone = tuple(name for name, thing in there.mentions.items() if name in new or name not in mentions)
    return Difference(of_nodes, of_links, new, gone)


def _labels(node: Node) -> frozenset[str]:
    return frozenset(node.labels)


def _changes(wanted: Mapping[str, Element], there: Mapping[str, There]) -> Changes[Element]:
    changes: Changes[Element] = Changes()
    for name, element in wanted.items():
        before = there.get(name)
        if before is None:
            changes.created.append(element)
        elif before.stored != element.stored or before.content != element.content:
            changes.changed.append(element)
        else:
            changes.unchanged += 1
    changes.removed = [name for name in there if name not in wanted]
    return changes
