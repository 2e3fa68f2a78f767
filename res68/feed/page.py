"""The history for people: all loads, and what one of them changed."""

from collections.abc import Sequence

from graph.history import Change, Page
from res68.feed.atom import DONE
from res68.pages.templates import page


def history_page(pages: Sequence[Page]) -> bytes:
    """All loads, the newest first."""
    response = page("history.html", pages=pages[::-1])
    return bytes(response.body)


def changes_page(found: Page, changes: Sequence[Change]) -> bytes:
    """What a part of a load changed."""
    lines = [(DONE[one.op], one.id, ", ".join(one.fields) if one.op == "change" else "") for one in changes]
    response = page("changes.html", page=found, lines=lines)
    return bytes(response.body)
