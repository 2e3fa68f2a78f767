"""From a dataset to nodes and relationships as they are stored, with all that follows from the content.

A node has, beside its own properties: `p_first` and `p_last` for a date p; `p_en`, `p_zh` ... for a
translated p; `label_en` ...; sort keys `k_p` and `kd_p`; full texts `search_en` ... and `search_name`.
"""

from __future__ import annotations  # Value is an alias that only a checker can take apart

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import orjson

from graph.captions import Captions, head, key, named
from graph.content import Dataset, Link, Thing, digest, dispute_record
from graph.folding import ascending, descending, folded, folded_name, folded_number, language_of
from graph.neighbours import Neighbours
from ontology.dates import PartialDate
from ontology.languages import LANGUAGES, served
from ontology.model import Kind, LinkField, Model, Property
from ontology.values import Value

LOADER_VERSION = "1"  # to be raised whenever the stored form of the same content changes

Stored = dict[str, object]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing as it is stored: `content` is the hash of what its record says, `stored` of all properties."""

    id: str
    kind: str
    labels: tuple[str, ...]
    properties: Stored
    content: str
    stored: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link as it is stored."""

    id: str
    type: str
    start: str
    end: str
    properties: Stored
    content: str
    stored: str


class Derivation:
    """What is stored of a dataset."""

    def __init__(self, dataset: Dataset, model: Model) -> None:
        self.dataset = dataset
        self.model = model
        self.neighbours = Neighbours(dataset, model, followed(model))
        self.captions = Captions(self.neighbours, model)

    def nodes(self) -> Iterator[Node]:
        """All things, by id."""
        for name in sorted(self.dataset.things):
            thing = self.dataset.things[name]
            kind = self.model.kinds[thing.kind]
            properties = self.node_properties(thing, kind)
            content = self.dataset.hashes[name]
            yield Node(name, kind.name, kind.labels, properties, content, digest(properties))

    def relationships(self) -> Iterator[Relationship]:
        """All links, type by type, by id."""
        by_type: dict[str, list[str]] = defaultdict(list)
        for name, link in self.dataset.links.items():
            by_type[link.type].append(name)
        for name in chain.from_iterable(sorted(by_type[link_type]) for link_type in sorted(by_type)):
            link = self.dataset.links[name]
            properties = self.link_properties(link)
            content = self.dataset.hashes[name]
            yield Relationship(name, link.type, link.start, link.end, properties, content, digest(properties))

    def node_properties(self, thing: Thing, kind: Kind) -> Stored:
        """The properties of a node, without those that a load adds."""
        values = {**thing.values, **self.derived_values(thing, kind)}
        labels = self.captions.labels(thing)
        stored: Stored = {"id": thing.id}
        for name, value in values.items():
            stored |= stored_value(name, value, kind.properties[name])
        stored |= {f"label_{language}": text for language, text in labels.items()}
        stored |= evidence(thing)
        for prop in kind.properties.values():
            if prop.sort:
                stored |= sort_keys(prop, values.get(prop.name), thing.id)
        return stored | search_texts(kind, thing, labels)

    def derived_values(self, thing: Thing, kind: Kind) -> dict[str, Value]:
        """The values of properties that are taken over a link: the first by id where there are several."""
        found: dict[str, Value] = {}
        for prop in kind.properties.values():
            if prop.derived:
                field, _, name = prop.derived.partition(".")
                others = self.neighbours.of(thing.id, kind.links[field])
                value = next((other.values[name] for other in others if name in other.values), None)
                if value is not None:
                    found[prop.name] = value
        return found

    def link_properties(self, link: Link) -> Stored:
        """The properties of a relationship, without those that a load adds."""
        stored: Stored = {"id": link.id, "sources": list(link.sources)}
        for name, value in link.values.items():
            stored |= stored_value(name, value, self.model.link_types[link.type].properties[name])
        if link.date is not None:
            stored |= stored_date("date", link.date)
        given = {"strength": link.strength, "note": link.note, "unverified": link.unverified or None}
        stored |= {name: value for name, value in given.items() if value is not None}
        return stored | self.prior_work(link)

    def prior_work(self, link: Link) -> Stored:
        """Whether the act came before the meeting: as declared, else as the dates show, else not known."""
        if link.prior_work is not None:
            return {"priorWork": link.prior_work, "priorWorkDeclared": True}
        if link.type != "LED_TO":
            return {}
        act, asked = link.date or self.date_of(link.end), self.date_of(link.start, "Conclusion", "Meeting")
        before = PartialDate.parse(act).before(PartialDate.parse(asked)) if act and asked else None
        return {} if before is None else {"priorWork": before}

    def date_of(self, name: str, *kinds: str) -> str | None:
        """The date of a thing, if it is of one of the kinds: when it was done, or when its meeting began."""
        thing = self.dataset.things[name]
        if kinds and thing.kind not in kinds:
            return None
        values = {**thing.values, **self.derived_values(thing, self.model.kinds[thing.kind])}
        date = values.get("startDate", values.get("date"))
        return date if isinstance(date, str) else None


def followed(model: Model) -> Iterator[LinkField]:
    """The link fields over which captions and derived values are taken."""
    for kind in model.kinds.values():
        yield from named(kind)
        for prop in kind.properties.values():
            if prop.derived:
                yield kind.links[prop.derived.partition(".")[0]]


def stored_value(name: str, value: Value, prop: Property) -> Stored:
    """A value as properties of a node or relationship."""
    if isinstance(value, dict):
        return {f"{name}_{language}": text for language, text in value.items()}
    if prop.type == "date" and isinstance(value, str):
        return stored_date(name, value)
    return {name: value}


def stored_date(name: str, text: str) -> Stored:
    """A date, and the first and the last day that it can mean."""
    date = PartialDate.parse(text)
    return {name: text, f"{name}_first": date.first.isoformat(), f"{name}_last": date.last.isoformat()}


def evidence(thing: Thing) -> Stored:
    """What the record says about itself; mappings as JSON text."""
    disputed = [dispute_record(one) for one in thing.disputed]
    stored: Stored = {"sources": list(thing.sources), "unverified": list(thing.unverified)}
    stored["mentions"] = list(thing.mentions)
    if disputed:
        stored["disputed"] = orjson.dumps(disputed).decode()
    if thing.field_sources:
        stored["fieldSources"] = orjson.dumps(dict(thing.field_sources)).decode()
    return {name: value for name, value in stored.items() if value or name == "sources"}


def sort_keys(prop: Property, value: Value | None, identifier: str) -> Stored:
    """The keys by which things are ordered by a property, for both directions, by language if it has them."""
    if prop.type != "translated":
        return _keys(prop.name, _folded(prop, value), identifier)
    stored: Stored = {}
    for language in LANGUAGES:
        found = served(value, language) if isinstance(value, dict) else None
        stored |= _keys(f"{prop.name}_{language}", folded(found[1]) if found else None, identifier)
    return stored


def sort_names(kind: Kind) -> Iterator[str]:
    """The names of the sort keys that the nodes of a kind have."""
    for prop in kind.properties.values():
        if prop.sort:
            yield from sort_keys(prop, None, "")


def _keys(name: str, value: str | None, identifier: str) -> Stored:
    return {f"k_{name}": ascending(value, identifier), f"kd_{name}": descending(value, identifier)}


def _folded(prop: Property, value: Value | None) -> str | None:
    if value is None:
        return None
    if prop.type == "date":
        return PartialDate.parse(str(value)).first.isoformat()
    return folded_number(value) if isinstance(value, int) else folded(str(value))


def search_texts(kind: Kind, thing: Thing, labels: Mapping[str, str]) -> Stored:
    """The full texts by language, and the printed names; names of persons are in neither."""
    public = [prop for prop in kind.properties.values() if not prop.personal]
    texts = {language: [text] for language, text in labels.items()}
    for prop in public:
        if prop.search or prop.printed:
            for language, text in _by_language(thing.values.get(prop.name)):
                texts.setdefault(language, []).append(text)
    stored: Stored = {
        f"search_{language}": "\n".join(dict.fromkeys(found)) for language, found in texts.items()
    }
    printed = (_by_language(thing.values.get(prop.name)) for prop in public if prop.printed)
    names = [*head(kind, thing), *(text for _, text in chain.from_iterable(printed)), *key_names(thing)]
    stored["search_name"] = " ".join(dict.fromkeys(name for name in map(folded_name, names) if name))
    return stored


def key_names(thing: Thing) -> Iterable[str]:
    """The key of a thing's id, which often is its printed number; that of a source says nothing."""
    return () if thing.kind == "Source" else (key(thing),)


def _by_language(value: Value | None) -> Iterator[tuple[str, str]]:
    """The texts of a value; those that are not translated go by their script."""
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        for item in value:
            yield from _by_language(item)
    elif isinstance(value, str):
        yield language_of(value), value
