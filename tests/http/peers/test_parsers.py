"""Every parser that knows a format reads the same triples out of the export."""

import warnings
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from tests.node.packages import Run, run

HERE = Path(__file__).parent
Triples = set[pyoxigraph.Quad]
OXIGRAPH = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
RAPPER = {"nt": "ntriples", "ttl": "turtle", "rdf": "rdfxml"}
SERDI = {"nt": "ntriples", "ttl": "turtle"}
RDFLIB = {"nt": "nt", "ttl": "turtle", "rdf": "xml", "jsonld": "json-ld"}
SCRIPTS = {"jsonld": "jsonld", "nt": "n3", "ttl": "n3"}


def lines(text: bytes) -> Triples:
    """The triples of N-Quads."""
    return set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS))


@pytest.fixture(scope="session")
def whole(exports: dict[str, Path]) -> Triples:
    """What all must find in the whole graph."""
    return lines(exports["nt"].read_bytes())


@pytest.mark.parametrize("form", OXIGRAPH)
def test_oxigraph_reads_the_same(exports: dict[str, Path], whole: Triples, form: str) -> None:
    assert set(pyoxigraph.parse(path=exports[form], format=OXIGRAPH[form])) == whole
    assert len(whole) > 80_000


@pytest.mark.parametrize("form", RAPPER)
def test_rapper_reads_the_same(exports: dict[str, Path], whole: Triples, rapper: str, form: str) -> None:
    found = run(rapper, "-q", "-i", RAPPER[form], "-o", "ntriples", exports[form])
    assert lines(found) == whole


@pytest.mark.parametrize("form", SERDI)
def test_serdi_reads_the_same(exports: dict[str, Path], whole: Triples, serdi: str, form: str) -> None:
    found = run(serdi, "-i", SERDI[form], "-o", "ntriples", exports[form])
    assert lines(found) == whole


@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_same(regions: dict[str, Path], form: str) -> None:
    assert by_rdflib(regions[form], form) == lines(regions["nt"].read_bytes())


@pytest.mark.slow
@pytest.mark.parametrize("form", RDFLIB)
def test_rdflib_reads_the_same_of_all(exports: dict[str, Path], whole: Triples, form: str) -> None:
    assert by_rdflib(exports[form], form) == whole


def by_rdflib(file: Path, form: str) -> Triples:
    """The triples that rdflib finds, with the lexical forms as they are."""
    keep, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        with warnings.catch_warnings():  # its parser of JSON-LD uses a class that it calls outdated itself
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
            graph = rdflib.Graph().parse(file, format=RDFLIB[form])
    finally:
        rdflib.NORMALIZE_LITERALS = keep
    return lines(graph.serialize(format="nt", encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("form", SCRIPTS)
def test_the_parsers_of_node_read_the_same(
    exports: dict[str, Path], whole: Triples, node: Run, form: str
) -> None:
    assert lines(node(HERE / "parse.mjs", SCRIPTS[form], exports[form])) == whole
