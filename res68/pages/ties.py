"""The links of a thing as a page shows them: grouped by field, each with its far end and its evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ontology.model import Kind, LinkField, LinkType, Model
from res68.pages.asking import ones, own_key
from res68.pages.footnotes import Cited, Footnotes, named
from res68.pages.labels import kinds_by_enum, name_label
from res68.pages.reader import Reader, Text
from res68.pages.values import Value, worded

STRENGTHS = {"STATED": "stated", "INFERRED": "inferred", None: "not_verified"}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a link says of itself. `strength`: the name of its words; `own`: its properties in words."""

    id: str
    strength: str
    date: str
    note: str
    prior: bool
    sources: tuple[Cited, ...]
    own: tuple[tuple[Text, Value], ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link seen from one of its ends; `kind` where the field leads to several kinds."""

    id: str
    label: Text
    kind: Text | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Group:
    """The links of one field: some of them, and how many there are in all."""

    name: str
    label: Text
    description: str
    many: bool
    ties: tuple[Tie, ...]
    total: int
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Tying:
    """What it takes to put links into words."""

    model: Model
    reader: Reader
    notes: Footnotes

    def groups(self, kind: Kind, found: Mapping[str, Any]) -> list[Group]:
        """All fields of a thing that lead anywhere, in the order in which they are declared."""
        made = {group.name: group for group in self._ones(kind, found)}
        many = (self.group(field, found[field.name]) for field in kind.links.values() if field.many)
        made |= {group.name: group for group in many}
        return [made[name] for name in kind.links if name in made and made[name].total]

    def group(self, field: LinkField, found: Mapping[str, Any]) -> Group:
        """One page of a field that leads to many things."""
        ties = [self._tie(field, edge["node"], edge["link"]) for edge in found["edges"]]
        page = found["pageInfo"]
        first = page["startCursor"] if page["hasPreviousPage"] else None
        last = page["endCursor"] if page["hasNextPage"] else None
        return self._made(field, ties, found["totalCount"], first, last)

    def evidence(self, link: Mapping[str, Any], link_type: LinkType) -> Evidence:
        """What a link rests on."""
        return Evidence(
            link["id"],
            STRENGTHS[None if link["unverified"] else link["strength"]],
            self.reader.date(link["date"]),
            link["note"] or "",
            link["priorWork"] is True,
            self.notes.cite(link["sources"]),
            tuple(self._own(link, link_type)),
        )

    def _ones(self, kind: Kind, found: Mapping[str, Any]) -> Iterator[Group]:
        """The fields that lead to one thing, sorted out of the links of their types."""
        for name, outgoing in (("out", True), ("in", False)):
            for field in ones(kind, outgoing):
                far = "to" if outgoing else "from"
                links = [one for one in found[name]["nodes"] if self._is_of(one, field, far)]
                yield self._made(field, [self._tie(field, one[far], one) for one in links], len(links))

    def _is_of(self, link: Mapping[str, Any], field: LinkField, far: str) -> bool:
        end = self.model.kind_of(link[far]["id"])
        kinds = {concrete for name in field.ends for concrete in self.model.kinds[name].concrete or (name,)}
        return link["type"] == field.type.name and end is not None and end.name in kinds

    def _tie(self, field: LinkField, far: Mapping[str, Any], link: Mapping[str, Any]) -> Tie:
        several = self.model.kinds[field.target].abstract
        kind = kinds_by_enum(self.model, self.reader)[far["kind"]] if several else None
        return Tie(far["id"], named(far), kind, self.evidence(link, field.type))

    def _own(self, link: Mapping[str, Any], link_type: LinkType) -> Iterator[tuple[Text, Value]]:
        for name, declared in link_type.properties.items():
            value = link.get(own_key(link_type, name))
            if value is not None:
                yield name_label(declared, self.reader), worded(declared, value, self.reader)

    def _made(
        self,
        field: LinkField,
        ties: Sequence[Tie],
        total: int,
        first: str | None = None,
        last: str | None = None,
    ) -> Group:
        label = name_label(field, self.reader)
        return Group(field.name, label, field.description, field.many, tuple(ties), total, first, last)
