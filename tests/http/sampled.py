"""A part of an export in which every kind, every type of link and every predicate of each occurs."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from ontology.namespaces import resolve

TYPE, SUBJECT, PREDICATE = (resolve(f"rdf:{name}") for name in ("type", "subject", "predicate"))


def sampled(triples: Iterable[Triple]) -> list[Triple]:
    """The triples of the first things, by IRI, that have something which none before them has.

    A thing comes whole: with the nodes that belong to it, its links, and the triples that lead to it.
    """
    groups: dict[str, list[Triple]] = defaultdict(list)
    subjects: dict[str, str] = {}
    triples = list(triples)
    for triple in triples:
        if triple.predicate.value == SUBJECT:
            subjects[iri(triple.subject)] = iri(triple.object)
    for triple in triples:
        here = iri(triple.subject).partition("#")[0]
        groups[subjects.get(here, here)].append(triple)
    seen: set[tuple[str, ...]] = set()
    chosen: list[Triple] = []
    taken: set[str] = set()
    for thing in sorted(groups):
        features = set(_features(groups[thing]))
        if not features <= seen:
            seen |= features
            chosen += groups[thing]
            taken.add(thing)
    leading = [t for t in triples if isinstance(t.object, NamedNode) and t.object.value in taken]
    return list(dict.fromkeys([*chosen, *(t for t in leading if iri(t.subject) not in subjects)]))


def _features(group: list[Triple]) -> Iterable[tuple[str, ...]]:
    """What a thing has: each predicate of each class, and with links the property that they state."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for triple in group:
        if triple.predicate.value in (TYPE, PREDICATE):
            kinds[iri(triple.subject)].append(iri(triple.object))
    for triple in group:
        yield from ((kind, triple.predicate.value) for kind in kinds[iri(triple.subject)])


def iri(node: object) -> str:
    """The IRI of a node; the export has no blank ones."""
    assert isinstance(node, NamedNode)
    return node.value
