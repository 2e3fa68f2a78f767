"""Tables in every syntax are read back as what they were written from, whatever the terms."""

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)

from res68.sparql.tables import LAYOUTS, NOT_IN_XML, Bounds, table

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="ar")),
    st.integers().map(Literal),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("https://example.org/sort"))),
    st.sampled_from([NamedNode("https://example.org/a?b=c&d='e'"), BlankNode("b1")]),
)
BOUNDS = Bounds(1_000, 1_000_000, "https://example.org/#limits")
SPARQL = "{http://www.w3.org/2005/sparql-results#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
Term = Literal | NamedNode | BlankNode


def solutions(terms: list[Term]) -> QuerySolutions:
    """A table with a row for each term, and one without any."""
    store = Store()
    subject, predicate = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
    store.extend(Quad(subject, predicate, term) for term in terms)
    found = store.query("SELECT ?s ?o { { ?s ?p ?o } UNION { BIND(<https://example.org/s> AS ?s) } }")
    assert isinstance(found, QuerySolutions)
    return found


def written(terms: list[Term], media_type: str) -> bytes:
    found = solutions(terms)
    return table(found.variables, found, LAYOUTS[media_type], BOUNDS).body


def rows(found: object) -> list[tuple[str, ...]]:
    """The rows of a table as texts; what is not bound is told from every term."""
    assert isinstance(found, QuerySolutions)
    return sorted(tuple("unbound" if term is None else str(term) for term in row) for row in found)


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "text/tab-separated-values"])
@given(terms=st.lists(LITERALS, max_size=4))
@example(terms=[Literal("a\r\nb\tc\\\"<&>'"), Literal("\u2028\ufeff", language="ar")])
def test_a_table_is_read_back(media_type: str, terms: list[Term]) -> None:
    results = QueryResultsFormat.from_media_type(media_type)
    assert results is not None
    body = written(terms, media_type)
    assert rows(parse_query_results(body, format=results)) == rows(solutions(terms))


@given(terms=st.lists(LITERALS, max_size=4))
@example(terms=[Literal("a\r\nb\tc\\\"<&>'"), Literal(" ", language="ar")])
def test_a_table_in_xml_holds_every_value(terms: list[Term]) -> None:
    """Read by the parser of Python: that of pyoxigraph trims texts."""
    root = ElementTree.fromstring(written(terms, "application/sparql-results+xml"))
    found = root.iterfind(f".//{SPARQL}binding[@name='o']/*")
    values = [(one.tag.removeprefix(SPARQL), one.text or "", one.get(LANGUAGE)) for one in found]
    kinds = {Literal: "literal", NamedNode: "uri", BlankNode: "bnode"}
    expected = {(kinds[type(one)], NOT_IN_XML.sub("\ufffd", one.value), spoken(one)) for one in terms}
    assert set(values) == expected


def spoken(term: Term) -> str | None:
    """The language of a term."""
    return term.language if isinstance(term, Literal) else None


@given(terms=st.lists(LITERALS, max_size=4))
def test_csv_holds_the_bare_values(terms: list[Term]) -> None:
    text = written(terms, "text/csv").decode()
    head, *found = csv.reader(io.StringIO(text, newline=""))
    assert head == ["s", "o"]
    expected = {one.value if not isinstance(one, BlankNode) else str(one) for one in terms} | {""}
    assert {row[1] for row in found} == expected


def test_what_xml_cannot_hold_is_marked() -> None:
    body = written([Literal("a\x01b")], "application/sparql-results+xml")
    assert "a\ufffdb" in body.decode()


def test_a_table_without_rows_is_whole() -> None:
    store = Store()
    for media_type, layout in LAYOUTS.items():
        found = store.query("SELECT ?a { ?a ?b ?c }")
        assert isinstance(found, QuerySolutions)
        body = table(found.variables, found, layout, BOUNDS).body
        if media_type != "text/csv":
            results = QueryResultsFormat.from_media_type(media_type)
            assert results is not None
            assert rows(parse_query_results(body, format=results)) == []
        else:
            assert body.decode().split() == ["a"]
