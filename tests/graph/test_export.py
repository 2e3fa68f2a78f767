"""Everything that is in the graph is in the export, in every format alike."""

import hashlib
from pathlib import Path

import pyoxigraph
import pytest

from graph.content import Dataset
from graph.dataset import read
from graph.derived import Derivation
from graph.embedded import EmbeddedEngine
from graph.engine import Engine
from graph.export import Export
from graph.formats import FORMATS
from graph.load import load
from graph.neo4j_server import Neo4jServer
from graph.rdflib_graph import to_graph
from graph.statement import Statement
from graph.store import Store
from ontology.languages import LANGUAGES
from ontology.mapping import mapping_of
from ontology.model import Model, reference
from ontology.namespaces import resolve
from tests.graph.conftest import emptied
from tests.graph.rebuilding import BASE, Rebuilt, exported

ROOT = Path(__file__).parents[2]
READERS = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
VERSION = Statement(
    "MATCH (d:Dataset {id: 'dataset'}) WITH [d.version, d.pending] AS before "
    "MATCH (d:Dataset {id: 'dataset'}) RETURN before, 1 AS one, [d.version, d.pending] AS after"
)
NODES = Statement("MATCH (n:Thing) WHERE n.hash IS NOT NULL RETURN properties(n)")
LINKS = Statement("MATCH (a:Thing)-[l]->(b:Thing) RETURN properties(l), type(l), a.id, b.id")


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def chosen(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Neo4jServer | EmbeddedEngine)
    return found


@pytest.fixture(scope="module")
async def loaded(chosen: Engine) -> Store:
    """The reference dataset on each engine."""
    store = Store(chosen, timeout=60)
    await emptied(store)
    await load(store, read([ROOT / "data"], reference()), reference())
    return store


async def as_stored(store: Store) -> dict[str, dict[str, object]]:
    """All nodes and relationships by id, with the ends and the type of the latter."""
    found: dict[str, dict[str, object]] = {}
    for (properties,) in await store.rows(NODES):
        assert isinstance(properties, dict)
        found[properties["id"]] = properties
    for properties, link_type, start, end in await store.rows(LINKS):
        assert isinstance(properties, dict)
        found[properties["id"]] = {**properties, "type": link_type, "from": start, "to": end}
    return found


def derived(dataset: Dataset, model: Model, recorded: dict[str, str]) -> dict[str, dict[str, object]]:
    """What the store must hold of a dataset whose records were made at these times."""
    derivation = Derivation(dataset, model)
    found: dict[str, dict[str, object]] = {}
    for node in derivation.nodes():
        found[node.id] = {**node.properties, "hash": node.content, "stored": node.stored}
    for link in derivation.relationships():
        ends = {"type": link.type, "from": link.start, "to": link.end}
        found[link.id] = {**link.properties, "hash": link.content, "stored": link.stored, **ends}
    return {name: {**one, "recordedAt": recorded[name]} for name, one in found.items()}


async def test_the_graph_rebuilt_from_the_export_is_equal(loaded: Store) -> None:
    rebuilt = Rebuilt(await exported(loaded), mapping_of(reference()), BASE)
    stored = await as_stored(loaded)
    again = derived(rebuilt.dataset, reference(), rebuilt.recorded)
    assert again.keys() == stored.keys()
    assert [name for name in stored if again[name] != stored[name]] == []


async def test_the_labels_of_the_export_are_those_of_the_graph(loaded: Store) -> None:
    rebuilt = Rebuilt(await exported(loaded), mapping_of(reference()), BASE)
    for (properties,) in await loaded.rows(NODES):
        assert isinstance(properties, dict)
        texts = {properties.get(f"label_{language}") for language in LANGUAGES} - {None}
        assert set(rebuilt.texts(f"{BASE}/id/{properties['id']}", "rdfs:label")) == texts


async def test_every_format_says_what_the_graph_for_rdflib_says(loaded: Store) -> None:
    graph = await to_graph(loaded, reference(), BASE)
    plain = graph.serialize(format="nt", encoding="utf-8")
    expected = set(pyoxigraph.parse(plain, format=pyoxigraph.RdfFormat.N_TRIPLES))
    assert len(expected) == len(graph) > 80_000
    for name in FORMATS:
        document = await exported(loaded, name)
        found = set(pyoxigraph.parse(document, format=READERS[name], base_iri=BASE))
        assert found == expected, name


async def test_the_manifest_has_the_triples_the_hash_and_the_version(loaded: Store) -> None:
    document = await exported(loaded)
    body, _, manifest = document.rpartition(b"# triples: ")
    triples, sha256, version = manifest.decode().splitlines()
    assert int(triples) == len(body.splitlines()) == len(set(body.splitlines()))
    assert sha256 == f"# sha256: {hashlib.sha256(body).hexdigest()}"
    assert version == f"# dataset version: {(await loaded.read(VERSION)).version}"


async def test_things_follow_each_other_by_id_and_are_there_once(loaded: Store) -> None:
    document = (await exported(loaded)).decode()
    modified = f"<{resolve('dcterms:modified')}>"
    subjects = [
        line.split(" ", 1)[0].strip("<>") for line in document.splitlines() if f" {modified} " in line
    ]
    things = [one for one in subjects if not one.startswith(f"{BASE}/id/link/")]
    assert things == sorted(things)
    assert len(subjects) == len(set(subjects))


async def test_only_the_kinds_that_are_asked_for_are_exported(loaded: Store) -> None:
    rebuilt = Rebuilt(await exported(loaded, kinds=["Need", "Country"]), mapping_of(reference()), BASE)
    assert {thing.kind for thing in rebuilt.dataset.things.values()} == {"Need", "Country"}


async def test_names_of_persons_are_left_out_where_they_are_not_to_be_shown(loaded: Store) -> None:
    export = Export(loaded, reference(), BASE, persons=False)
    hidden = b"".join([chunk async for chunk in export.stream("nt")])
    assert resolve("r68:representative").encode() in await exported(loaded)
    assert resolve("r68:representative").encode() not in hidden
