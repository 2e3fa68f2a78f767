"""Whatever RDF the service gives, every term in it is one that its vocabulary has."""

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ontology.namespaces import namespaces, resolve

TURTLE = ["/ontology", "/shapes", "/dataset", "/.well-known/void", "/sparql"]
DOCUMENTS = ["/doc/conclusion/CTO-2009-C6", "/doc/country/FRA", "/doc/recommendation/Y.3172"]
QUADS = ["/changes"]
ACCEPT = {"text/turtle": RdfFormat.TURTLE, "application/trig": RdfFormat.TRIG}


@pytest.mark.parametrize(
    ("path", "form"),
    [
        *((path, "text/turtle") for path in TURTLE + DOCUMENTS),
        *((path, "application/trig") for path in QUADS),
    ],
)
async def test_every_term_is_one_of_its_vocabulary(client: httpx.AsyncClient, path: str, form: str) -> None:
    answer = await client.get(path, headers={"accept": form}, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, form)
    used = set()
    for quad in parse(answer.content, format=ACCEPT[form]):
        used.add(quad.predicate.value)
        if isinstance(quad.object, Literal):
            used.add(quad.object.datatype.value)
        elif quad.predicate.value == resolve("rdf:type") and isinstance(quad.object, NamedNode):
            used.add(quad.object.value)
    assert used
    at = namespaces()
    strange = {iri for iri in used if not iri.startswith(tuple(at.values()))}
    assert strange == set()
    for iri in used:
        resolve(
            next(f"{name}:{iri.removeprefix(space)}" for name, space in at.items() if iri.startswith(space))
        )
