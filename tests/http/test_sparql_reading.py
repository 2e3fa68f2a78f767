"""What the text of a query says before it is run, whatever the text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from res68.sparql.reading import Reading, read_query

BASE = "https://example.org/sparql"
GAPS = st.lists(st.sampled_from([" ", "\t", "\n", "\r\n", "# a > { \" ' comment\n", "#\n"]), min_size=1).map(
    "".join
)
LETTERS = st.sampled_from(["SERVICE", "service", "Service", "\\u0053ERVICE", "SERVIC\\U00000045"])
TARGETS = st.sampled_from(
    [
        "<http://x.example/sparql>",
        "?where",
        "$where",
        "x:y",
        ":",
        "x:",
        "<>",
        "x:a%20b\\~c",
        "x:a\\#b",
        "x:\\'q",
    ]
)
BEFORE = st.sampled_from(
    ["{", "}", "?s ?p ?o.", "1", "2.5", "'a'", '"""a"""', "<http://x>", ")", "FILTER(1<2)", "[]", "true "]
)


def read(text: str) -> Reading:
    return read_query(text, BASE)


@given(LETTERS, GAPS, st.sampled_from(["", "SILENT", "silent"]), GAPS, TARGETS, GAPS, BEFORE)
def test_a_service_is_seen_wherever_it_stands(
    word: str, gap: str, silent: str, more: str, target: str, last: str, before: str
) -> None:
    assert read(f"SELECT * {{ {before}{word}{gap}{silent}{more}{target}{last}{{ ?s ?p ?o }} }}").service


@pytest.mark.parametrize("target", ["<http://x>", ":", "?x", "x:y"])
def test_a_service_needs_no_gaps(target: str) -> None:
    lone = "" if target.startswith("<") else " "
    assert read(f"SELECT*{{{{}}SERVICE{lone}{target}{{}}}}").service


@pytest.mark.parametrize(
    "text",
    [
        'SELECT ?s { ?s ?p "customer service" }',
        "SELECT ?service { GRAPH ?service { ?s ?p ?service } }",
        "PREFIX x: <http://service/> SELECT * { ?s x:service ?o . { ?o x:service ?p } }",
        "SELECT * { ?s ?service ?o { ?a ?b ?c } } # no service here",
        'SELECT * { ?s ?p "a"@en-service { ?a ?b ?c } }',
    ],
)
def test_the_word_alone_is_no_service(text: str) -> None:
    assert not read(text).service


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    read(text)


@pytest.mark.parametrize(
    "piece",
    [
        "service:",
        "service#",
        "service ",
        "service<",
        "\"\"\"'''",
        "'\\",
        "<",
        "FROM <a> ",
        "PREFIX a: <b> ",
        "a.b:",
        "\\u0041",
    ],
)
def test_no_text_takes_long_to_be_read(piece: str) -> None:
    begun = time.process_time()
    read((piece * 20_000)[:20_000])
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    ("text", "default", "named"),
    [
        ("SELECT * {}", (), ()),
        (
            "SELECT * FROM <http://a> FROM NAMED <http://b> FROM <c> {}",
            ("http://a", "https://example.org/c"),
            ("http://b",),
        ),
        ("PREFIX a: <http://a/> ASK from a:b from named a: {}", ("http://a/b",), ("http://a/",)),
        ("BASE <http://other/x/> ASK FROM <y> {}", ("http://other/x/y",), ()),
        ('SELECT * { ?from ?p "FROM <http://a>" } # FROM <http://b>', (), ()),
    ],
)
def test_the_graphs_of_a_query_are_those_after_from(
    text: str, default: tuple[str, ...], named: tuple[str, ...]
) -> None:
    assert (read(text).default, read(text).named) == (default, named)


@pytest.mark.parametrize(
    ("text", "update"),
    [
        ("INSERT DATA {}", "INSERT"),
        ("# note\nBASE <http://a> PREFIX b: <c>\nwith <d> delete {} where {}", "WITH"),
        ("LOAD <http://a>", "LOAD"),
        ("SELECT (1 AS ?insert) {}", None),
        ("", None),
    ],
)
def test_an_update_is_told_by_the_word_that_it_begins_with(text: str, update: str | None) -> None:
    assert read(text).update == update


def test_what_differs_each_time_is_seen() -> None:
    assert read("SELECT (now() AS ?n) {}").changing
    assert read("SELECT (<x>(RAND()) AS ?n) {}").changing
    assert not read('SELECT ?now { ?now ?p "NOW()" }').changing
