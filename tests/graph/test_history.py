"""The history of a store: replayed from its first page it gives what the store holds now."""

from pathlib import Path

import pyoxigraph

from graph.change_quads import DERIVED, Feed
from graph.export import Export
from graph.history import page, pages
from graph.load import load
from graph.store import Store
from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.namespaces import resolve
from tests.graph.rebuilding import BASE
from tests.graph.small import SMALL, dataset

OTHER = SMALL.replace("Kenya", "Kenia").replace("strength: inferred", "priorWork: true, strength: inferred")
LESS = OTHER[: OTHER.index("- id: region/AFR")]
PRIOR_WORK = resolve("r68:priorWork")  # shown by the dates unless it is declared
FEED = Feed(mapping_of(reference()), BASE)


async def replayed(store: Store) -> set[str]:
    """The triples of the current versions, found by going through all pages."""
    current: dict[str, set[str]] = {}
    for one in await pages(store):
        found = await page(store, one.key)
        assert found is not None
        graphs: dict[str, set[str]] = {}
        versions: dict[str, str] = {}
        removed: set[str] = set()
        lines = "".join(FEED.page(*found)).encode()
        for quad in pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, pyoxigraph.NamedNode):
                graphs.setdefault(quad.graph_name.value, set()).add(str(quad.triple))
            elif quad.predicate.value == resolve("dcterms:isVersionOf"):
                versions[str(quad.subject)] = str(quad.object)
            elif str(quad.object) == f"<{resolve('as:Delete')}>":
                removed.add(str(quad.subject))
        for member, thing in versions.items():
            current[thing] = graphs.get(member.strip("<>"), set())
            assert (member in removed) == (not current[thing])
    return set().union(*current.values()) if current else set()


async def exported(store: Store) -> set[str]:
    """What the export says, without what follows from it."""
    document = b"".join([chunk async for chunk in Export(store, reference(), BASE).stream("nt")])
    quads = pyoxigraph.parse(document, format=pyoxigraph.RdfFormat.N_TRIPLES)
    return {str(quad.triple) for quad in quads if not follows(str(quad.subject), quad.predicate.value)}


def follows(subject: str, predicate: str) -> bool:
    """Whether what the subject says follows from what it or its neighbours say otherwise."""
    kind = reference().kind_of(subject.strip("<>").removeprefix(f"{BASE}/id/"))
    taken = [one for one in kind.properties.values() if one.derived] if kind else []
    terms = DERIVED.union(*(one.rdf for one in taken))
    return predicate in map(resolve, terms)


async def test_replaying_the_history_from_nothing_gives_the_dataset(store: Store, data: Path) -> None:
    for number, text in enumerate((SMALL, OTHER, LESS, OTHER)):
        await load(store, dataset(data / str(number), text), reference())
        expected = await exported(store)
        found = await replayed(store)
        assert {one for one in found ^ expected if f"<{PRIOR_WORK}>" not in one} == set()
        assert len(found) > 100


async def test_every_load_has_pages_that_say_how_much_it_changed(store: Store, data: Path) -> None:
    await load(store, dataset(data / "1", SMALL), reference())
    await load(store, dataset(data / "2", SMALL), reference())
    first = await pages(store)
    await load(store, dataset(data / "3", LESS), reference())
    every = await pages(store)
    assert every[: len(first)] == first
    assert [(one.created, one.removed) for one in every] == [(18, 0), (0, 3)]


async def test_a_page_that_is_not_there_is_none(store: Store) -> None:
    for key in ("", "1", "20161025T081500000Z-0", "20161025T081500000Z-9999999", "../etc"):
        assert await page(store, key) is None
