"""Small graphs: written here as Turtle, sent in the syntax that a client wants."""

from functools import lru_cache
from re import compile as pattern

from pyoxigraph import RdfFormat, parse, serialize
from rdflib import Graph

from res68.media import JSON_LD, TURTLE

PREFIX = pattern(r"@prefix ([\w-]*): <([^>]*)> \.")


@lru_cache(maxsize=32)
def rewritten(turtle: str, syntax: str) -> bytes:
    """A graph in another syntax; JSON-LD has the prefixes of the Turtle as its context."""
    if syntax == TURTLE:
        return turtle.encode()
    if syntax == JSON_LD:
        graph = Graph().parse(data=turtle, format="turtle")
        context = dict(PREFIX.findall(turtle))
        return graph.serialize(format="json-ld", context=context, encoding="utf-8", sort_keys=True)
    found = RdfFormat.from_media_type(syntax)
    assert found is not None, syntax
    triples = (quad.triple for quad in parse(turtle, RdfFormat.TURTLE))
    return serialize(triples, format=found, prefixes=dict(PREFIX.findall(turtle))) or b""
