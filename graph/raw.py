"""Shapes that leave the rows of things, links and pages as they are, for whoever reads these itself."""

from collections.abc import Mapping
from typing import Any

from graph.connection import Connection
from graph.selection import LinkSelection, Read, ThingSelection
from graph.shapes import Decode, Shapes


class Raw(Shapes):
    """The shapes of one model, of which those of things, links and pages give the row."""

    def of(self, read: Read) -> Decode:
        """The shape of a read."""
        return as_it_is if isinstance(read, Connection) else super().of(read)

    def thing(self, selection: ThingSelection) -> Decode:
        """A thing's row."""
        return as_it_is

    def link(self, selection: LinkSelection) -> Decode:
        """A link's row."""
        return as_it_is


def as_it_is(value: Any, _: Mapping[str, Any]) -> Any:
    """The value."""
    return value
