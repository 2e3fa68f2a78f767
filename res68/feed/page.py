"""The history for people: all loads, and what one of them changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from graph.history import Change, Page
from res68.feed.atom import DONE
from res68.pages.templates import page


@dataclass(frozen=True, slots=True)
class Load:
    """A load with its pages in their order."""

    pages: Sequence[Page]

    @property
    def first(self) -> Page:
        """The page with which it begins, which has its time and its version."""
        return self.pages[0]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many things and links it created, changed and removed."""
        counted = [(one.created, one.changed, one.removed) for one in self.pages]
        created, changed, removed = (sum(column) for column in zip(*counted, strict=True))
        return created, changed, removed


def history_page(pages: Sequence[Page]) -> bytes:
    """All loads, the newest first."""
    loads = [Load(list(group)) for _, group in groupby(pages, key=lambda one: one.at)]
    response = page("history.html", loads=loads[::-1])
    return bytes(response.body)


def changes_page(found: Page, changes: Sequence[Change]) -> bytes:
    """What a part of a load changed."""
    lines = [(DONE[one.op], one.id, ", ".join(one.fields) if one.op == "change" else "") for one in changes]
    response = page("changes.html", page=found, lines=lines)
    return bytes(response.body)
