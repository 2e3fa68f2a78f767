"""The formats of the export: how a document begins, how the rows of a batch are written, how it ends."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph

from graph.jsonld import JsonLd
from graph.manifest import Manifest
from graph.row_reader import Batch
from graph.syntaxes import N_TRIPLES, TURTLE, Syntax
from graph.writers import writer
from ontology.mapping import RdfMapping
from ontology.namespaces import namespaces


class Writing(Protocol):
    """A document that is being written."""

    def head(self) -> str:
        """What it begins with."""
        ...

    def batch(self, batch: Batch) -> tuple[bytes, int]:
        """The rows in the format, and the number of their triples."""
        ...

    def end(self, manifest: Manifest) -> str:
        """What it ends with."""
        ...


class Lines:
    """N-Triples or Turtle, by compiled writers."""

    def __init__(self, syntax: Syntax, base: str) -> None:
        self.syntax = syntax
        self.base = base

    def head(self) -> str:
        """Nothing, or the prefixes."""
        return self.syntax.head(self.base)

    def batch(self, batch: Batch) -> tuple[bytes, int]:
        """The rows as lines, and the number of their triples.

        Rows are encoded one by one: a whole batch as one text would take four bytes for each of its
        characters as soon as one of them lies beyond the first plane.
        """
        write = writer(batch.columns, self.syntax, self.base)
        lines = b"".join([write(row).encode() for row in batch.rows])
        return lines, self.syntax.count(lines)

    def end(self, manifest: Manifest) -> str:
        """The manifest as comments."""
        return "".join(f"# {line}\n" for line in manifest.lines)


class RdfXml:
    """RDF/XML, by pyoxigraph: each batch is a document of its own, of which the inner part is kept."""

    def __init__(self, base: str) -> None:
        self.lines = Lines(N_TRIPLES, base)

    def head(self) -> str:
        """The declaration and the opening tag."""
        spaces = " ".join(f'xmlns:{name}="{iri}"' for name, iri in sorted(namespaces().items()))
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF {spaces}>\n'

    def batch(self, batch: Batch) -> tuple[bytes, int]:
        """The rows as elements, and the number of their triples."""
        lines, triples = self.lines.batch(batch)
        return self.elements(lines), triples

    def end(self, manifest: Manifest) -> str:
        """The manifest as a comment, and the closing tag."""
        return f"<!-- {', '.join(manifest.lines)} -->\n</rdf:RDF>\n"

    def elements(self, lines: bytes) -> bytes:
        """N-Triples as the elements of RDF/XML."""
        parsed = pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_TRIPLES)
        known = {name: iri for name, iri in namespaces().items() if name != "rdf"}
        made = pyoxigraph.serialize(parsed, format=pyoxigraph.RdfFormat.RDF_XML, prefixes=known)
        assert made is not None  # there is no file to write to
        inner = made.index(b">", made.index(b"<rdf:RDF")) + 1
        return made[inner : made.rindex(b"</rdf:RDF>")].strip(b"\n") + b"\n"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name is the ending of its files."""

    name: str
    media_type: str
    title: str
    writing: Callable[[str, RdfMapping], Writing]


FORMATS = {
    one.name: one
    for one in (
        Format("nt", "application/n-triples", "N-Triples", lambda base, _: Lines(N_TRIPLES, base)),
        Format("ttl", "text/turtle", "Turtle", lambda base, _: Lines(TURTLE, base)),
        Format("jsonld", "application/ld+json", "JSON-LD", JsonLd),
        Format("rdf", "application/rdf+xml", "RDF/XML", lambda base, _: RdfXml(base)),
    )
}
