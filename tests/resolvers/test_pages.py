"""Cursors name a position in one list; sizes lie within a page."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.errors import BadUserInput
from resolvers.limits import Limits
from resolvers.pages import fingerprint, page_size, read_cursor, write_cursor

SCOPE = fingerprint("Query.conclusions:id:False", None)


@given(st.text(max_size=40), st.none() | st.text(max_size=20))
def test_a_cursor_gives_back_the_position_that_it_was_made_of(key: str, link: str | None) -> None:
    assert read_cursor(write_cursor(SCOPE, key, link), SCOPE) == (key, link)


@given(st.text(max_size=80))
def test_any_text_is_a_cursor_of_this_list_or_refused(text: str) -> None:
    with suppress(BadUserInput):
        key, link = read_cursor(text, SCOPE)
        assert write_cursor(SCOPE, key, link)


def test_a_cursor_of_another_list_is_refused() -> None:
    other = fingerprint("Query.conclusions:id:False", {"number": {"eq": "C3"}})
    with pytest.raises(BadUserInput, match="of another list"):
        read_cursor(write_cursor(other, "conclusion/x", None), SCOPE)


@pytest.mark.parametrize(("size", "said"), [(-1, "-1 is negative"), (10**9, "more than the 200 rows")])
def test_a_size_outside_a_page_is_refused_with_the_value(size: int, said: str) -> None:
    with pytest.raises(BadUserInput, match=said):
        page_size(size, Limits(), "conclusions.first")
