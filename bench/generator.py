"""A dataset of any size with the shapes of the real one, the same for the same seed.

At 1x it is the real dataset. Each further time is a world of its own beside it: every record of a kind of
which there can be more comes again under another id, with as many links of the same types and strengths to
its neighbours in that world, with texts as long and names as distinct, and some years earlier or later. So
what surrounds a thing is the same at every size. Names of persons are not repeated: they become numbers.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from random import Random

import orjson

from bench.shapes import Record, growing, kind_key, repeated
from bench.wording import Wording
from ontology.identity import source_id
from ontology.model import Kind, LinkField, Model, Property

YEARS = 6  # a world lies at most so many years before or after the real one
PART = 50_000  # records in one file


class World:
    """One further time of the real records: how everything is called and dated there.

    `again`: the ids of what there can be more of, with the address of each source; all worlds share it.
    """

    def __init__(self, number: int, random: Random, again: Mapping[str, str | None]) -> None:
        self.number = number
        self.random = random
        self.years = random.randint(-YEARS, YEARS)
        self.again = again

    def id(self, thing: object) -> object:
        """The id of the same thing in this world; what there cannot be more of is the same everywhere."""
        if not isinstance(thing, str) or thing not in self.again:
            return thing
        address = self.again[thing]
        return moved(thing, self.number) if address is None else source_id(self.url(address))

    def ids(self, things: object) -> object:
        """The ids of a list."""
        return [self.id(thing) for thing in things] if isinstance(things, list) else things

    def date(self, date: object) -> object:
        """The date some years earlier or later, of the same precision."""
        text = str(date)
        moved = f"{int(text[:4]) + self.years:04d}{text[4:]}"
        return moved.replace("-02-29", "-02-28")

    def name(self, name: object) -> str:
        """A name that nothing has in another world."""
        return f"{name}-x{self.number}"

    def url(self, url: object) -> str:
        """An address that is in no other world."""
        return f"{url}{'&' if '?' in str(url) else '?'}x={self.number}"


class Generator:
    """Makes datasets of any size out of the records of the real one."""

    def __init__(self, records: Sequence[Record], model: Model, seed: int = 68) -> None:
        self.records = records
        self.model = model
        self.seed = seed
        self.wording = Wording(records)
        self._shared: dict[str, frozenset[object]] = {}

    def dataset(self, scale: int) -> Iterator[Record]:
        """`scale` times the real records, kind by kind."""
        worlds = [self.world(number) for number in range(1, scale)]
        for _, group in groupby(self.records, key=lambda record: kind_key(str(record["id"]))):
            here = list(group)
            yield from here
            again = growing(here)
            for world in worlds:
                yield from (self.record(record, world) for record in again)

    def world(self, number: int) -> World:
        """The world of this number, whatever the size of the dataset."""
        return World(number, Random(f"{self.seed}/{number}"), self.again)

    @cached_property
    def again(self) -> dict[str, str | None]:
        """The ids, mentions among them, of what there can be more of, with the addresses of sources."""
        found: dict[str, str | None] = {}
        for record in growing(self.records):
            name = str(record["id"])
            found |= {str(one): None for one in listed(record.get("mentions"))}
            found[name] = str(record["url"]) if kind_key(name) == "source" else None
        return found

    def record(self, record: Record, world: World) -> Record:
        """The same record in another world."""
        kind = self.model.by_key[kind_key(str(record["id"]))]
        return {name: self.field(kind, name, value, world) for name, value in record.items()}

    def field(self, kind: Kind, name: str, value: object, world: World) -> object:
        """The same field in another world."""
        if name in kind.links:
            items = [self.link(kind.links[name], item, world) for item in listed(value)]
            return items if isinstance(value, list) else items[0]
        if name in kind.properties:
            return self.value(kind.properties[name], value, world)
        match name:
            case "id":
                return world.id(value)
            case "sources" | "mentions":
                return world.ids(value)
            case "fieldSources" if isinstance(value, dict):
                return {key: world.ids(ids) for key, ids in value.items()}
            case "disputed":
                return [self.dispute(kind, item, world) for item in listed(value) if isinstance(item, dict)]
            case _:
                return value

    def link(self, field: LinkField, item: object, world: World) -> object:
        """The same link in another world."""
        if not isinstance(item, dict):
            return world.id(item)
        properties = field.type.properties
        found: Record = {}
        for name, value in item.items():
            match name:
                case "to":
                    found[name] = world.id(value)
                case "sources":
                    found[name] = world.ids(value)
                case "note":
                    found[name] = self.wording.new(str(value), world.random)
                case "date":
                    found[name] = world.date(value)
                case _ if name in properties:
                    found[name] = self.value(properties[name], value, world)
                case _:
                    found[name] = value
        return found

    def dispute(self, kind: Kind, item: Record, world: World) -> Record:
        """The same dispute in another world."""
        value = self.field(kind, str(item["field"]), item["value"], world)
        disputed = {"field": item["field"], "value": value}
        return {**disputed, "sources": world.ids(item["sources"])} if "sources" in item else disputed

    def value(self, prop: Property, value: object, world: World) -> object:
        """A value of the same form, of each item of a list."""
        if isinstance(value, list):
            return [self.value(prop, item, world) for item in value]
        if prop.personal:
            return f"person {world.random.randrange(10**6)}"
        if prop.printed or prop.unique:
            return self.name(prop, value, world)
        if prop.type == "translated" and isinstance(value, dict):
            return {key: self.wording.new(text, world.random, key) for key, text in value.items()}
        if prop.name == "note":
            return self.wording.new(str(value), world.random)
        if prop.type == "date":
            return world.date(value)
        return world.url(value) if prop.type == "url" else value

    def name(self, prop: Property, value: object, world: World) -> object:
        """A name: what names one thing among the real ones names one among all."""
        if isinstance(value, dict):
            return {key: world.name(text) for key, text in value.items()}
        if prop.type == "url":
            return world.url(value)
        return value if value in self.shared(prop.name) else world.name(value)

    def shared(self, name: str) -> frozenset[object]:
        """The values of a field that several of the real things have, as "C1" of conclusions."""
        if name not in self._shared:
            self._shared[name] = repeated(self.records, name)
        return self._shared[name]


def moved(thing: str, number: int) -> str:
    """The id of a thing in another world; in the order of ids each world stands by itself."""
    kind, _, key = thing.partition("/")
    return f"{kind}/x{number}-{key}"


def listed(value: object) -> Sequence[object]:
    """A value that may be given alone or in a list, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def write(records: Iterable[Record], directory: Path) -> None:
    """Write records as JSON Lines, a file for each kind, or several where there are many."""
    directory.mkdir(parents=True, exist_ok=True)
    for kind, group in groupby(records, key=lambda record: kind_key(str(record["id"]))):
        part = 0
        while lines := [orjson.dumps(record) for record in islice(group, PART)]:
            (directory / f"{kind}-{part}.jsonl").write_bytes(b"\n".join([*lines, b""]))
            part += 1
