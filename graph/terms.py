"""Triples as terms of pyoxigraph, for all syntaxes that it writes."""

from collections.abc import Iterable, Iterator

import pyoxigraph

from graph import triples as plain
from ontology.namespaces import resolve

Node = pyoxigraph.NamedNode | pyoxigraph.Literal


def terms(triples: Iterable[plain.Triple], base: str) -> Iterator[pyoxigraph.Triple]:
    """Triples with whole IRIs; things and links stand under {base}/id/."""
    for subject, predicate, value in triples:
        yield pyoxigraph.Triple(here(subject, base), name(predicate), node(value, base))


def here(identity: str, base: str) -> pyoxigraph.NamedNode:
    """Something of the dataset."""
    return pyoxigraph.NamedNode(f"{base}/id/{identity}")


def name(term: str) -> pyoxigraph.NamedNode:
    """A term written prefix:name."""
    return pyoxigraph.NamedNode(resolve(term))


def node(value: plain.Object, base: str) -> Node:
    """An object."""
    match value:
        case plain.Here(identity):
            return here(identity, base)
        case plain.Name(term):
            return name(term)
        case plain.Address(iri):
            return pyoxigraph.NamedNode(iri)
        case plain.Literal(text, datatype, language):
            kind = name(datatype) if datatype else None
            return pyoxigraph.Literal(text, datatype=kind, language=language)
