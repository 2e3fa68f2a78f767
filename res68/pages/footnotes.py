"""The sources that a page cites, numbered in the order in which they are first cited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from res68.pages.reader import Text


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with its number on the page."""

    number: int
    id: str
    label: Text
    url: str | None


@dataclass(frozen=True, slots=True)
class Footnotes:
    """All that are cited so far, by id."""

    cited: dict[str, Cited] = field(default_factory=dict)

    def cite(self, sources: Iterable[Mapping[str, Any]]) -> tuple[Cited, ...]:
        """The numbers of these sources."""
        return tuple(self._one(source) for source in sources)

    def known(self, ids: Iterable[str]) -> tuple[Cited, ...]:
        """The numbers of sources by their ids; one that nobody described goes by its id."""
        return self.cite({"id": one, "label": one, "labelLanguage": "EN", "url": None} for one in ids)

    def _one(self, source: Mapping[str, Any]) -> Cited:
        name = source["id"]
        if name not in self.cited:
            label = named(source)
            self.cited[name] = Cited(len(self.cited) + 1, name, label, source["url"])
        return self.cited[name]


def named(thing: Mapping[str, Any]) -> Text:
    """What a thing is called, as the API served it."""
    return Text(thing["label"], thing["labelLanguage"].lower())
