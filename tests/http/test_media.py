"""What a client accepts, and which of our media types it gets."""

import pytest

from res68.media import GRAPHQL, HTML, JSON, ContentType, best, content_type

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        (None, JSON),
        ("", JSON),
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
