"""A store back as records: the whole dataset, of one version, and the files of the interchange format."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import orjson
import yaml

from graph.content import Dataset, Link, Thing
from graph.errors import StoreError, StoreUnavailable
from graph.restored import link_of, thing_of
from graph.statement import Statement
from graph.store import Store
from ontology.identity import kebab
from ontology.model import Kind, Model

PAGE = 2_000
BEFORE = "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before"
AFTER = "MATCH (d:Dataset {id: 'dataset'}) RETURN before, page, [d.version, d.pending] AS after"
LOOK = Statement(f"{BEFORE} WITH before, null AS page {AFTER}")
NODES = f"""\
{BEFORE}
WITH before, COLLECT {{
  MATCH (n:Thing) WHERE n.id > $after WITH n ORDER BY n.id LIMIT {PAGE} RETURN [n.id, properties(n)]
}} AS page
{AFTER}"""


def links_of(link_type: str) -> str:
    """The statement that reads a page of the links of a type."""
    return f"""\
{BEFORE}
WITH before, COLLECT {{
  MATCH (a:Thing)-[l:{link_type}]->(b:Thing) WHERE l.id > $after WITH a, l, b ORDER BY l.id LIMIT {PAGE}
  RETURN [l.id, properties(l), a.id, b.id]
}} AS page
{AFTER}"""


DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Form(Enum):
    """How records are written."""

    YAML = "yaml"
    JSON_LINES = "jsonl"


async def stored_dataset(store: Store, model: Model) -> Dataset:
    """All that the store holds, of one version; StoreUnavailable when a load replaces it meanwhile."""
    version = (await store.read(LOOK)).version
    things: dict[str, Thing] = {}
    links: dict[str, Link] = {}
    async for _, stored in _pages(store, NODES, version):
        thing = thing_of(stored, model)
        if thing is not None:
            things[thing.id] = thing
    for link_type in model.link_types:
        async for _, stored, start, end in _pages(store, links_of(link_type), version):
            link = link_of(stored, link_type, start, end, model)
            if link is not None:
                links[link.id] = link
    dataset = Dataset(things, links)
    if dataset.version != version:
        raise StoreError(
            f"The store says that it holds version {version}, but what it holds is {dataset.version}: "
            "it was loaded with other declarations, or changed by hand. Load it again."
        )
    return dataset


async def _pages(store: Store, text: str, version: str) -> AsyncIterator[list[Any]]:
    """The rows of all pages, while the version stays what it was."""
    after = ""
    while True:
        reading = await store.read(Statement(text, {"after": after}))
        if reading.version != version:
            raise StoreUnavailable("The dataset was replaced while it was dumped: dump it again.")
        page: list[list[Any]] = list(_as_list(reading.row[0]))
        for row in page:
            yield row
        if len(page) < PAGE:
            return
        after = page[-1][0]


def _as_list(value: object) -> list[list[Any]]:
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
