"""How a compiled answer loads what a read left in a row: lines of Python, and what lies below the value."""

from collections.abc import Callable, Sequence
from typing import Any

from graph.connection import Connection
from graph.selection import (
    ById,
    ByIds,
    End,
    Flag,
    Iri,
    KindName,
    Nothing,
    One,
    Read,
    Sources,
    Stored,
    Text,
    TypeName,
)


class Pair:
    """A thing or a link: whichever of the two rows there is."""

    def __init__(self, read: ById | ByIds) -> None:
        assert read.link is not None
        self.node, self.link = read.node, read.link


def load_lines(read: Read, source: str, name: str, holder: str, shape: Callable[[], str]) -> list[str]:
    """Lines that give the variable `name` the value of a read, whose stored value is at `source`.

    `holder` is the type that has the field; `shape` gives the name of the function of graph.shapes for the
    read, where no line of its own is written here.
    """
    match read:
        case Stored(empty=True) | Sources():
            return [f"{name} = {source} or []"]
        case Stored() | Text() | TypeName() | Nothing() | End() | One() | Connection() | ById(link=None):
            return [f"{name} = {source}"]
        case Flag():
            return [f"{name} = bool({source})"]
        case KindName():
            return [f"{name} = {holder!r}"]
        case Iri():
            return [f"{name} = {f'{read.base}/id/'!r} + {source}"]
        case ById():
            return [f"{name} = {source}", f"if {name}[0] is None is {name}[1]: {name} = None"]
        case ByIds():
            return [f"{name} = [None if one[0] is None is one[1] else one for one in {source}]"]
        case _:
            return [f"{name} = {shape()}({source}, p)"]


def led_to(read: Read) -> Any:
    """What is wanted of the things, links or mappings that a read leads to."""
    match read:
        case Sources() | End() | One() | ById(link=None):
            return read.node
        case ById() | ByIds():
            return Pair(read)
        case _:
            return getattr(read, "trace", read)


def unpacked(aside: int, names: Sequence[str]) -> str:
    """The variables that a list is unpacked to, once so many values at its beginning are left aside."""
    return f"{', '.join([*['_'] * aside, *names])},"
