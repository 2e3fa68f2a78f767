"""JSON-LD, compacted with our context: one object for each thing, link and node."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import orjson

from graph.manifest import Manifest
from graph.row_reader import Batch
from graph.triples import TYPE, Address, Here, Literal, Name, Object, Triple, triples
from ontology.context import Entry, Shape, context, entry, name
from ontology.mapping import RdfMapping

NATIVE: dict[str, Callable[[str], object]] = {"xsd:integer": int, "xsd:boolean": "true".__eq__}


class JsonLd:
    """A document: the context, a graph of objects, and the manifest, which is no part of the graph."""

    def __init__(self, base: str, mapping: RdfMapping) -> None:
        self.base = base
        self.mapping = mapping
        self.separator = b"\n"

    def head(self) -> str:
        """The context, in which ids are relative to the address of the dataset's things."""
        return f'{{"@context":{orjson.dumps(self.context()).decode()},\n"@graph":['

    def context(self) -> dict[str, Any]:
        """Our context with the base of this dataset."""
        ours = context(self.mapping)["@context"]
        assert isinstance(ours, dict)
        return {"@base": f"{self.base}/id/", **ours}

    def batch(self, batch: Batch) -> tuple[bytes, int]:
        """The rows as objects, and the number of their triples."""
        parts: list[bytes] = []
        number = 0
        for row in batch.rows:
            said = list(triples(batch.columns, row))
            number += len(said)
            for one in objects(said, self.mapping):
                parts += [self.separator, orjson.dumps(one)]
                self.separator = b",\n"
        return b"".join(parts), number

    def end(self, manifest: Manifest) -> str:
        """The manifest as an object that says nothing, since the context does not know its key."""
        return f'{self.separator.decode()}{{"manifest":{orjson.dumps(manifest).decode()}}}\n]}}\n'


def objects(said: Iterable[Triple], mapping: RdfMapping) -> Iterator[dict[str, Any]]:
    """Triples as objects, one for each subject, in the order in which the subjects come."""
    subjects: dict[str, dict[str, list[Object]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in said:
        subjects[subject][predicate].append(value)
    for subject, predicates in subjects.items():
        made: dict[str, Any] = {"id": subject}
        for predicate, values in predicates.items():
            if predicate == TYPE:
                made["type"] = [name(value.term) for value in values if isinstance(value, Name)]
            else:
                one = entry(mapping, predicate)
                made[one.key] = compacted(one, values)
        yield made


def compacted(one: Entry, values: list[Object]) -> Any:
    """The values of a predicate as its entry in the context wants them."""
    if one.shape is Shape.LANGUAGE:
        return by_language(values)
    write = {Shape.PLAIN: plain, Shape.ID: iri, Shape.VALUE: explicit}[one.shape]
    written = [write(value) for value in values]
    return written if one.many or len(written) > 1 else written[0]


def by_language(values: list[Object]) -> dict[str, Any]:
    """Texts by language."""
    found: dict[str, list[str]] = defaultdict(list)
    for value in values:
        assert isinstance(value, Literal)
        found[str(value.language)].append(value.text)
    return {language: texts if len(texts) > 1 else texts[0] for language, texts in found.items()}


def plain(value: Object) -> Any:
    """A literal as JSON has it."""
    assert isinstance(value, Literal)
    native = NATIVE.get(value.datatype or "")
    return native(value.text) if native else value.text


def iri(value: Object) -> str:
    """An IRI: relative, as prefix:name, or whole."""
    match value:
        case Here(identifier):
            return identifier
        case Name(term):
            return term
        case Address(whole):
            return whole
        case Literal():
            raise TypeError(f"{value} is no IRI")


def explicit(value: Object) -> Any:
    """A value that says what it is."""
    match value:
        case Literal(text, None, None):
            return text
        case Literal(text, None, language):
            return {"@value": text, "@language": language}
        case Literal(_, datatype, _):
            return {"@value": plain(value), "@type": datatype}
        case _:
            return {"@id": iri(value)}
