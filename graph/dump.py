"""A store back as records: the whole dataset, of one version, and the files of the interchange format."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import orjson
import yaml

from graph.batches import batches
from graph.content import Dataset, Link, Thing
from graph.errors import StoreError, StoreUnavailable
from graph.restored import link_of, thing_of
from graph.statement import Statement
from graph.store import Store
from ontology.identity import kebab
from ontology.model import Kind, Model

PAGE = 500
BEFORE = "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
AFTER = "MATCH (d:Dataset {id: 'dataset'}) RETURN before, page, [d.version, d.pending] AS after"
IDS = Statement(f"""\
{BEFORE}
WITH before, COLLECT {{ MATCH (n:Thing) WHERE n.hash IS NOT NULL RETURN n.id }} AS page
{AFTER}""")
THINGS = f"""\
{BEFORE}
WITH before, COLLECT {{
  UNWIND $ids AS id MATCH (n:Thing {{id: id}})
  RETURN [properties(n), [(n)-[l]->(other:Thing) | [properties(l), type(l), other.id]]]
}} AS page
{AFTER}"""
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Form(Enum):
    """How records are written."""

    YAML = "yaml"
    JSON_LINES = "jsonl"


async def stored_dataset(store: Store, model: Model) -> Dataset:
    """All that the store holds, of one version; StoreUnavailable when a load replaces it meanwhile."""
    found = await store.read(IDS)
    things: dict[str, Thing] = {}
    links: dict[str, Link] = {}
    for ids in batches(sorted(_as_list(found.row[0])), PAGE):
        for stored, outgoing in await _page(store, ids, found.version):
            thing = thing_of(stored, model)
            if thing is not None:
                things[thing.id] = thing
            for properties, link_type, end in outgoing:
                link = link_of(properties, link_type, stored["id"], end, model)
                if link is not None:
                    links[link.id] = link
    dataset = Dataset(things, links)
    if dataset.version != found.version:
        raise StoreError(
            f"The store says that it holds version {found.version}, but what it holds is {dataset.version}: "
            "it was loaded with other declarations, or changed by hand. Load it again."
        )
    return dataset


async def _page(store: Store, ids: list[str], version: str) -> list[Any]:
    """Some things with the links that start at them, while the version stays what it was."""
    reading = await store.read(Statement(THINGS, {"ids": ids}))
    if reading.version != version:
        raise StoreUnavailable("The dataset was replaced while it was dumped: dump it again.")
    return _as_list(reading.row[0])


def _as_list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a page is a list")
    return value


def write(dataset: Dataset, model: Model, directory: Path, form: Form = Form.YAML) -> list[Path]:
    """Write one file a kind into a directory, which must have no data files yet."""
    directory.mkdir(parents=True, exist_ok=True)
    if there := next(
        (path for path in directory.iterdir() if path.suffix in (".yaml", ".yml", ".jsonl")), None
    ):
        raise FileExistsError(f"{there} is there already: name an empty directory.")
    grouped: dict[str, list[dict[str, object]]] = defaultdict(list)
    for thing, record in records(dataset, model):
        grouped[thing.kind].append(record)
    written = []
    for name, found in sorted(grouped.items()):
        path = directory / f"{kebab(model.kinds[name].plural)}.{form.value}"
        path.write_bytes(encoded(found, form))
        written.append(path)
    return written


def encoded(found: list[dict[str, object]], form: Form) -> bytes:
    """Records as the content of a file."""
    if form is Form.JSON_LINES:
        return b"".join(orjson.dumps(record) + b"\n" for record in found)
    text: str = yaml.dump(
        found, Dumper=DUMPER, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    return text.encode()


def records(dataset: Dataset, model: Model) -> Iterator[tuple[Thing, dict[str, object]]]:
    """All records by id, each with the links that start at it."""
    starting: dict[str, list[Link]] = defaultdict(list)
    for name in sorted(dataset.links):
        link = dataset.links[name]
        starting[link.start].append(link)
    for name in sorted(dataset.things):
        thing = dataset.things[name]
        claims = _claims(thing, starting.get(name, []), dataset, model)
        yield thing, _in_order(thing.record, claims, model.kinds[thing.kind])


def _in_order(record: dict[str, object], claims: Mapping[str, object], kind: Kind) -> dict[str, object]:
    """The fields as the declaration has them, then the links, then what every record has."""
    own = {name: record[name] for name in ("id", *kind.properties) if name in record}
    return {**own, **claims, **{name: value for name, value in record.items() if name not in own}}


def _claims(thing: Thing, links: list[Link], dataset: Dataset, model: Model) -> dict[str, object]:
    """The links of a record under the fields that lead along them."""
    found: dict[str, list[object]] = defaultdict(list)
    kind = model.kinds[thing.kind]
    for link in links:
        end = dataset.things[link.end].kind
        field = next(
            field
            for field in kind.links.values()
            if field.outgoing
            and field.type.name == link.type
            and any(end in model.kinds[one].concrete for one in field.ends)
        )
        found[field.name].append(claim(thing, link, field.name, trace=field.type.trace))
    return {name: items[0] if len(items) == 1 else items for name, items in found.items()}


def claim(thing: Thing, link: Link, field: str, *, trace: bool) -> object:
    """A link as the record of its start claims it: its id alone where the record's sources say no more."""
    record = link.record
    implied = not trace and link.strength == "stated" and field not in thing.unverified
    given: dict[str, object] = {"to": link.end}
    given |= {name: value for name, value in record.items() if name not in ("id", "type", "from", "to")}
    if link.strength is not None:
        given["sources"] = list(link.sources)
    if implied and tuple(sorted(thing.sources)) == link.sources:
        del given["strength"], given["sources"]
    return link.end if len(given) == 1 else given
