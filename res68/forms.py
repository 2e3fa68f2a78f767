"""The forms in which documents come: endings of addresses, media types, and how RDF is written in each."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import orjson
import pyoxigraph

from graph.jsonld import objects
from graph.terms import name, node, terms
from graph.triples import Object, Triple
from ontology.mapping import RdfMapping
from ontology.namespaces import namespaces
from ontology.publishing import context_document
from res68.media import HTML, JSON, JSON_LD, N_TRIPLES, RDF_XML, TURTLE

# By the ending of the address. Of forms wanted equally the first is given; who takes anything gets the last.
FORMS: Mapping[str, str] = {
    "ttl": TURTLE,
    "jsonld": JSON_LD,
    "nt": N_TRIPLES,
    "rdf": RDF_XML,
    "html": HTML,
    "json": JSON,
}
SYNTAXES = {
    TURTLE: pyoxigraph.RdfFormat.TURTLE,
    N_TRIPLES: pyoxigraph.RdfFormat.N_TRIPLES,
    RDF_XML: pyoxigraph.RdfFormat.RDF_XML,
}
PRETTY = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
RDF = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)


@dataclass(frozen=True, slots=True)
class Document:
    """What a document says: of itself, at its own address, and of the dataset under `base`."""

    address: str
    base: str
    about: Sequence[tuple[str, Object]]
    triples: Sequence[Triple]

    def written(self, media_type: str, mapping: RdfMapping) -> bytes:
        """The document in a form of RDF."""
        return self._json_ld(mapping) if media_type == JSON_LD else self._lines(SYNTAXES[media_type])

    def _json_ld(self, mapping: RdfMapping) -> bytes:
        """Compacted with our context; ids of the dataset are relative to where its things are."""
        own = [(self.address, predicate, value) for predicate, value in self.about]
        contexts = [context_address(self.base, mapping), {"@base": f"{self.base}/id/"}]
        nodes = [*objects(own, mapping), *objects(self.triples, mapping)]
        return orjson.dumps({"@context": contexts, "@graph": nodes}, option=PRETTY)

    def _lines(self, syntax: pyoxigraph.RdfFormat) -> bytes:
        here = pyoxigraph.NamedNode(self.address)
        own = [pyoxigraph.Triple(here, name(one), node(value, self.base)) for one, value in self.about]
        ordered = in_blocks([*own, *terms(self.triples, self.base)])
        text = pyoxigraph.serialize(ordered, format=syntax, prefixes=_prefixes(ordered, syntax))
        assert text is not None  # there is no file to write to
        return text


@cache
def context_text(mapping: RdfMapping) -> bytes:
    """The JSON-LD context as a file."""
    return context_document(mapping).encode()


def context_version(mapping: RdfMapping) -> str:
    """A name for this context, which another one never has."""
    return hashlib.sha256(context_text(mapping)).hexdigest()[:12]


def context_address(base: str, mapping: RdfMapping) -> str:
    """Where the context is that documents name: what is there never changes."""
    return f"{base}/ontology/{context_version(mapping)}/context.jsonld"


def in_blocks(triples: Iterable[pyoxigraph.Triple]) -> Sequence[pyoxigraph.Triple]:
    """Each triple once, those of one subject and predicate together, in the order in which they come."""
    subjects: dict[str, dict[str, dict[pyoxigraph.Triple, None]]] = {}
    for triple in triples:
        of_subject = subjects.setdefault(str(triple.subject), {})
        of_subject.setdefault(triple.predicate.value, {})[triple] = None
    return [one for subject in subjects.values() for found in subject.values() for one in found]


def _prefixes(triples: Sequence[pyoxigraph.Triple], syntax: pyoxigraph.RdfFormat) -> dict[str, str]:
    """The prefixes that are of use to triples; RDF/XML has rdf itself."""
    used = set()
    for triple in triples:
        used.add(triple.predicate.value)
        match triple.object:
            case pyoxigraph.NamedNode(value=iri):
                used.add(iri)
            case pyoxigraph.Literal(datatype=datatype):
                used.add(datatype.value)
    known = {name: iri for name, iri in namespaces().items() if any(one.startswith(iri) for one in used)}
    if syntax == pyoxigraph.RdfFormat.RDF_XML:
        known.pop("rdf", None)
    return known
