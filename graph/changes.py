"""The statements of a load: what is created, set and deleted, in an order in which no constraint is hurt."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from graph.batches import batches
from graph.derived import Derivation, Node, Relationship
from graph.difference import Difference, Element, Present
from graph.statement import Statement
from ontology.model import Model

CREATE_LINKS = """\
UNWIND $rows AS row MATCH (a:Thing {{id: row.start}}) MATCH (b:Thing {{id: row.end}})
CREATE (a)-[l:{type}]->(b) SET l = row.properties"""
CHANGE_LINKS = """\
UNWIND $rows AS row MATCH (:Thing {{id: row.start}})-[l:{type} {{id: row.id}}]->() SET l = row.properties"""
REMOVE_LINKS = "UNWIND $rows AS row MATCH (:Thing {id: row.start})-[l {id: row.id}]->() DELETE l"
CREATE_NODES = "UNWIND $rows AS row CREATE (n:{labels}) SET n = row"
CHANGE_NODES = "UNWIND $rows AS row MATCH (n:{kind} {{id: row.id}}) SET n = row"
FREE_VALUES = "UNWIND $rows AS row MATCH (n:{kind} {{id: row}}) REMOVE {values}"
REMOVE_NODES = "UNWIND $rows AS row MATCH (n:Thing {id: row}) DETACH DELETE n"
CREATE_MENTIONS = """\
UNWIND $rows AS row MATCH (t:Thing {id: row.thing}) CREATE (:Mention {id: row.id})-[:MENTION_OF]->(t)"""
REMOVE_MENTIONS = "UNWIND $rows AS row MATCH (m:Mention {id: row}) DETACH DELETE m"
CREATE_TOMBSTONES = """\
UNWIND $rows AS row CREATE (:Tombstone {id: row, version: $version, at: $at})"""
REMOVE_TOMBSTONES = "UNWIND $rows AS row MATCH (t:Tombstone {id: row}) DELETE t"


class Writing:
    """A load at a moment: turns a difference into statements, each with the number of elements it touches."""

    def __init__(self, model: Model, version: str, at: str, present: Present) -> None:
        self.model = model
        self.version = version
        self.at = at
        self.there = {**present.nodes, **present.links}
        self.buried = present.tombstones

    def statements(self, difference: Difference) -> Iterator[tuple[Statement, int]]:
        """What goes is deleted first, so that its ids and unique values are free for what comes."""
        nodes, links = difference.nodes, difference.links
        yield from _sent(REMOVE_MENTIONS, difference.mentions_gone)
        yield from _sent(REMOVE_LINKS, [{"id": name, "start": start_of(name)} for name in links.removed])
        yield from _sent(REMOVE_NODES, nodes.removed)
        yield from self.change_nodes(nodes.changed)
        for labels, created in _grouped(nodes.created, lambda node: ":".join(node.labels)):
            yield from _sent(CREATE_NODES.format(labels=labels), map(self.properties, created))
        for link_type, changed in _grouped(links.changed, lambda link: link.type):
            yield from _sent(CHANGE_LINKS.format(type=link_type), map(self.row, changed))
        for link_type, created_links in _grouped(links.created, lambda link: link.type):
            yield from _sent(CREATE_LINKS.format(type=link_type), map(self.row, created_links))
        yield from self.mentions(difference.mentions_new)
        yield from self.tombstones(difference)

    def filling(self, derivation: Derivation, mentions: Mapping[str, str]) -> Iterator[tuple[Statement, int]]:
        """All of a dataset for a store that has nothing: each portion is made when it is its turn."""
        for labels, nodes in groupby(derivation.nodes(), lambda node: ":".join(node.labels)):
            yield from _sent(CREATE_NODES.format(labels=labels), map(self.properties, nodes))
        for link_type, links in groupby(derivation.relationships(), lambda link: link.type):
            yield from _sent(CREATE_LINKS.format(type=link_type), map(self.row, links))
        yield from self.mentions(mentions)

    def mentions(self, new: Mapping[str, str]) -> Iterator[tuple[Statement, int]]:
        """Other ids of things."""
        yield from _sent(CREATE_MENTIONS, ({"id": mention, "thing": thing} for mention, thing in new.items()))

    def change_nodes(self, changed: list[Node]) -> Iterator[tuple[Statement, int]]:
        """Unique values are given up before others take them, whatever the order of the rows."""
        groups = list(_grouped(changed, lambda node: node.kind))
        for kind, nodes in groups:
            unique = [name for name, prop in self.model.kinds[kind].properties.items() if prop.unique]
            values = ", ".join(f"n.{name}" for name in unique)
            if unique:
                free = FREE_VALUES.format(kind=kind, values=values)
                yield from ((statement, 0) for statement, _ in _sent(free, [node.id for node in nodes]))
        for kind, nodes in groups:
            yield from _sent(CHANGE_NODES.format(kind=kind), map(self.properties, nodes))

    def tombstones(self, difference: Difference) -> Iterator[tuple[Statement, int]]:
        """What was removed is remembered, until it is there again."""
        created = [node.id for node in difference.nodes.created] + [
            link.id for link in difference.links.created
        ]
        gone = {*difference.nodes.removed, *difference.links.removed}.difference(created)
        shared = {"version": self.version, "at": self.at}
        back = sorted(self.buried.intersection(created))
        yield from ((one, 0) for one, _ in _sent(REMOVE_TOMBSTONES, back))
        yield from ((one, 0) for one, _ in _sent(CREATE_TOMBSTONES, sorted(gone), shared))

    def properties(self, element: Node | Relationship) -> dict[str, object]:
        """All properties; the time changes only where the content does."""
        before = self.there.get(element.id)
        same = before is not None and before.content == element.content
        recorded_at = before.recorded_at if before is not None and same else self.at
        return {
            **element.properties,
            "hash": element.content,
            "stored": element.stored,
            "recordedAt": recorded_at,
        }

    def row(self, link: Relationship) -> dict[str, object]:
        """A link with its ends."""
        ends = {"id": link.id, "start": link.start, "end": link.end}
        return {**ends, "properties": self.properties(link)}


def start_of(link: str) -> str:
    """The id of the thing at which a link starts, from the id of the link."""
    return link.removeprefix("link/").rsplit("/", 2)[0]


def _sent(
    text: str, rows: Iterable[object], shared: Mapping[str, object] | None = None
) -> Iterator[tuple[Statement, int]]:
    for batch in batches(rows):
        yield Statement(text, {"rows": batch, **(shared or {})}), len(batch)


def _grouped(
    elements: Iterable[Element], name: Callable[[Element], str]
) -> Iterable[tuple[str, list[Element]]]:
    groups: dict[str, list[Element]] = defaultdict(list)
    for element in elements:
        groups[name(element)].append(element)
    return groups.items()
