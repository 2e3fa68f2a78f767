"""The history of a store: what each load created, changed and removed, as records before and after."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson

from graph.batches import batches
from graph.changes import start_of
from graph.content import Dataset, Link, Thing
from graph.difference import Difference, There
from graph.restored import link_of, thing_of
from graph.statement import Statement
from graph.store import Store
from ontology.model import Model

CHANGES_A_NODE = 200
COUNTED = {"create": "created", "change": "changed", "remove": "removed"}
CREATE = "UNWIND $rows AS row CREATE (j:Journal) SET j = row"
NODES_BEFORE = "UNWIND $rows AS row MATCH (n:Thing {id: row}) RETURN collect(properties(n)) AS nodes"
LINKS_BEFORE = """\
UNWIND $rows AS row MATCH (a:Thing {id: row.start})-[l {id: row.id}]->(b:Thing)
RETURN collect([properties(l), type(l), a.id, b.id]) AS links"""

Records = Mapping[str, dict[str, object]]


async def records_before(
    store: Store, model: Model, difference: Difference, there: Mapping[str, There]
) -> Records:
    """The records of what the load will change or remove, as the store has them."""
    found: dict[str, dict[str, object]] = {}
    nodes = _touched(difference.nodes.changed, difference.nodes.removed, there)
    links = _touched(difference.links.changed, difference.links.removed, there)
    for batch in batches(nodes):
        for stored in await _collected(store, NODES_BEFORE, batch):
            thing = thing_of(stored, model)
            found[stored["id"]] = thing.record if thing else dict(stored)
    for rows in batches([{"id": name, "start": start_of(name)} for name in links]):
        for stored, link_type, start, end in await _collected(store, LINKS_BEFORE, rows):
            link = link_of(stored, link_type, start, end, model)
            found[stored["id"]] = link.record if link else dict(stored)
    return found


def _touched(changed: Iterable[Any], removed: Iterable[str], there: Mapping[str, There]) -> list[str]:
    """The ids of what has other content after the load; what is only stored differently is no change."""
    names = [one.id for one in changed if there[one.id].content != one.content]
    return [*names, *removed]


async def _collected(store: Store, text: str, rows: Sequence[object]) -> list[Any]:
    answer: list[tuple[Any, ...]] = await store.rows(Statement(text, {"rows": rows}))
    return list(answer[0][0]) if answer else []


def entries(
    dataset: Dataset, before: Records, there: Mapping[str, There], version: str, at: str
) -> Iterator[Statement]:
    """The statements that write the changes of a load down."""
    changes = _changes(dataset, before, there)
    chunks = batches(changes, CHANGES_A_NODE)
    rows = (
        {
            "id": f"{at}/{version}/{sequence:06}",
            "version": version,
            "sequence": sequence,
            "at": at,
            **{name: sum(op == asked for asked, _ in chunk) for op, name in COUNTED.items()},
            "changes": "\n".join(line for _, line in chunk),
        }
        for sequence, chunk in enumerate(chunks)
    )
    for batch in batches(rows):
        yield Statement(CREATE, {"rows": batch})


def _changes(dataset: Dataset, before: Records, there: Mapping[str, There]) -> Iterator[tuple[str, str]]:
    """For each change what it is, and one line of JSON."""
    elements: Iterable[tuple[str, Thing | Link]] = chain(dataset.things.items(), dataset.links.items())
    for name, element in elements:
        if name not in there:
            yield _line("create", name, None, element.record)
        elif there[name].content != dataset.hashes[name]:
            yield _line("change", name, before.get(name), element.record)
    for name in there:
        if name not in dataset.things and name not in dataset.links:
            yield _line("remove", name, before.get(name), None)


def _line(op: str, name: str, before: object, after: object) -> tuple[str, str]:
    return op, orjson.dumps({"op": op, "id": name, "before": before, "after": after}).decode()
