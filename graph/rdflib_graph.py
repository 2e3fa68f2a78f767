"""The graph for users of rdflib."""

from collections.abc import Iterable, Sequence

from rdflib import Graph, Literal, URIRef

from graph import triples as plain
from graph.row_reader import RowReader
from graph.store import Store
from ontology.mapping import mapping_of
from ontology.model import Model
from ontology.namespaces import namespaces, resolve


async def to_graph(
    store: Store, model: Model, base: str, *, kinds: Sequence[str] | None = None, persons: bool = True
) -> Graph:
    """What a store holds as a Graph of rdflib, of one version of the dataset; with `kinds`, only of these.

    A graph of 100,000 triples takes about 120 MB. Raises StoreUnavailable where the dataset is replaced
    while it is read.
    """
    graph = empty_graph()
    async for batch in RowReader(store, mapping_of(model), kinds=kinds, persons=persons).batches():
        for row in batch.rows:
            add(graph, plain.triples(batch.columns, row), base)
    return graph


def empty_graph() -> Graph:
    """A graph that knows our prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for name, iri in namespaces().items():
        graph.bind(name, iri)
    return graph


def add(graph: Graph, triples: Iterable[plain.Triple], base: str) -> None:
    """Put triples into a graph."""
    for subject, predicate, value in triples:
        graph.add((here(base, subject), URIRef(resolve(predicate)), node(value, base)))


def here(base: str, identifier: str) -> URIRef:
    """Something of the dataset."""
    return URIRef(f"{base}/id/{identifier}")


def node(value: plain.Object, base: str) -> URIRef | Literal:
    """An object as a term of rdflib, which keeps the lexical form as it is."""
    match value:
        case plain.Here(identifier):
            return here(base, identifier)
        case plain.Name(term):
            return URIRef(resolve(term))
        case plain.Address(iri):
            return URIRef(iri)
        case plain.Literal(text, datatype, language):
            kind = URIRef(resolve(datatype)) if datatype else None
            return Literal(text, lang=language, datatype=kind, normalize=False)
