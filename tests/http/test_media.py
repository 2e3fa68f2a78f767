"""What a client accepts, and which of our media types it gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers

from res68.media import (
    GRAPHQL,
    HTML,
    JSON,
    JSON_LD,
    MOST,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    ContentType,
    accepted,
    best,
    best_coding,
    content_type,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
DOCUMENTS = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, HTML, JSON)
COMPACTED, EXPANDED = (
    f'{JSON_LD};profile="http://www.w3.org/ns/json-ld#{form}"' for form in ("compacted", "expanded")
)
RDFLIB = "text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.8, */*;q=0.1"
JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        (None, JSON),
        ("", JSON),
        (" , ,", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON}", JSON),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{JSON};q=0, */*;q=0.1", GRAPHQL),
        (f"*/*;q=0.9, {GRAPHQL};q=0.9", GRAPHQL),
        ("APPLICATION/JSON", JSON),
        ("text/html, */*;q=0.1", JSON),
        (BROWSER, JSON),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=nan", None),
        ("application/json;q=2", None),
        ("nonsense", None),
        (",;,", None),
    ],
)
def test_the_most_wanted_type_is_chosen(accept: str | None, found: str | None) -> None:
    assert best(accept, (GRAPHQL, JSON)) == found


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        # nothing said, or anything goes
        (None, JSON),
        ("*/*", JSON),
        ("*", JSON),
        ("*/*;q=0.001", JSON),
        ("*/*;q=0", None),
        # by name
        *((form, form) for form in DOCUMENTS),
        ("Text/TURTLE", TURTLE),
        ("image/png", None),
        ("text/n3", None),
        (BROWSER, HTML),
        (RDFLIB, TURTLE),
        (JAVA, HTML),
        # weights
        (f"{TURTLE};q=0.1, {HTML};q=0.2", HTML),
        (f"{TURTLE};q=0.2, {HTML};q=0.1", TURTLE),
        (f"{HTML};q=0.999, {N_TRIPLES}", N_TRIPLES),
        (f"{TURTLE};q=1.000, {JSON_LD};q=0.5", TURTLE),
        (f"{TURTLE};q=0, {JSON_LD};q=0.001", JSON_LD),
        (f"{TURTLE};q=0.000", None),
        (f"{TURTLE} ; q=0.1 ,\t{RDF_XML} ;q=0.2", RDF_XML),
        (f"{TURTLE};Q=0.1, {RDF_XML};Q=0.2", RDF_XML),
        (f"{TURTLE};q=.5, {RDF_XML};q=.6", RDF_XML),
        # wanted equally: the order of the offer, not that of the header
        (f"{HTML}, {TURTLE}", TURTLE),
        (f"{RDF_XML}, {N_TRIPLES}", N_TRIPLES),
        (f"{HTML}, {JSON}", HTML),
        # wildcards, and what is more exact than they are
        ("application/*", JSON),
        ("text/*", HTML),
        ("image/*", None),
        (f"*/*, {TURTLE};q=0", JSON),
        (f"*/*;q=0.5, {TURTLE};q=0.6", TURTLE),
        (f"*/*;q=0.6, {TURTLE};q=0.5", JSON),
        (f"*/*;q=0.5, {N_TRIPLES};q=0.5", N_TRIPLES),
        ("text/*;q=0.9, text/html;q=0.1", TURTLE),
        ("text/*;q=0, */*", JSON),
        ("text/*;q=0, */*;q=0.1, text/turtle;q=0.2", TURTLE),
        ("application/*;q=0, */*;q=0.1", HTML),
        (f"application/*;q=0.3, {RDF_XML};q=0.2, text/*;q=0.1", JSON),
        # parameters
        (f"{TURTLE};charset=utf-8", TURTLE),
        (f'{TURTLE};charset="UTF-8"', TURTLE),
        (f"{TURTLE};charset=iso-8859-1", None),
        (f"{HTML};level=1", None),
        (f"{HTML};level=1, {HTML};q=0.3, {TURTLE};q=0.2", HTML),
        ("text/*;level=1", None),
        ("*/*;level=1", None),
        (f"{TURTLE};q=0.5;charset=utf-8, {HTML};q=0.4", TURTLE),
        (COMPACTED, JSON_LD),
        (EXPANDED, JSON_LD),
        (f"{EXPANDED};q=0.9, {JSON_LD};q=0.1, {TURTLE};q=0.5", TURTLE),
        (f'{JSON_LD};profile="a,b;q=0";q=0.9, {TURTLE};q=0.5', JSON_LD),
        (f'{JSON_LD};profile="a\\"b,c";q=0.4, {TURTLE};q=0.5', TURTLE),
        # what cannot be read counts for nothing
        (f"nonsense, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};q=high, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};q=1.1, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};q=-1, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};q=, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};q, {TURTLE};q=0.1", TURTLE),
        (f"{HTML};;q=0.5, {TURTLE};q=0.4", HTML),
        (f"text/, /html, */html, text/html/x, {TURTLE};q=0.1", TURTLE),
        (f'{HTML};x="no end, {TURTLE}', None),
        (f"t\u00fcrtle/x, {TURTLE};q=0.1", TURTLE),
        (", ".join([*(f"a/b{number}" for number in range(MOST)), TURTLE]), None),
    ],
)
def test_a_document_comes_in_the_form_that_is_wanted_most(accept: str | None, found: str | None) -> None:
    assert best(accept, DOCUMENTS) == found


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        (EXPANDED, EXPANDED),
        (COMPACTED, COMPACTED),
        (JSON_LD, COMPACTED),
        (f"{JSON_LD};profile=unknown", COMPACTED),
        (f"{EXPANDED}, {COMPACTED};q=0.5", EXPANDED),
        (f"{EXPANDED};q=0.1, {JSON_LD};q=0.5", COMPACTED),
    ],
)
def test_a_profile_tells_two_forms_of_one_type_apart(accept: str, found: str) -> None:
    assert best(accept, (COMPACTED, EXPANDED)) == found


def test_a_header_that_is_sent_twice_is_one_list() -> None:
    sent = Headers(raw=[(b"accept", b"text/html;q=0.1"), (b"accept", TURTLE.encode())])
    assert best(accepted(sent), DOCUMENTS) == TURTLE
    assert accepted(Headers()) is None


@given(st.text() | st.text(alphabet='*/;,="q01.\\ atx'))
def test_no_header_whatever_breaks_the_choice(header: str) -> None:
    assert best(header, DOCUMENTS) in {*DOCUMENTS, None}
    assert best_coding(header, ("gzip",)) in ("gzip", None)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br, gzip;q=0.8, *;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *", None),
        ("*", "gzip"),
        ("*;q=0", None),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=high", None),
        ("br", None),
    ],
)
def test_a_body_is_compressed_where_that_is_wanted(header: str | None, found: str | None) -> None:
    assert best_coding(header, ("gzip",)) == found


def test_a_browser_gets_html_where_there_is_html() -> None:
    assert best(BROWSER, (HTML, GRAPHQL, JSON)) == HTML


def test_a_program_that_takes_anything_gets_json_where_there_is_html() -> None:
    assert best("*/*", (HTML, JSON)) == JSON


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (None, None),
        (" ", None),
        ("application/json", ContentType(JSON, None)),
        ('Application/JSON; Charset="UTF-8"', ContentType(JSON, "utf-8")),
        ("text/plain;charset=latin-1;x", ContentType("text/plain", "latin-1")),
    ],
)
def test_a_content_type_is_taken_apart(header: str | None, found: ContentType | None) -> None:
    assert content_type(header) == found
