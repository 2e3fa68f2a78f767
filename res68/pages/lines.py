"""Text broken into lines of a width, by what the letters of each script take, for drawings."""

import re
import unicodedata
from collections.abc import Iterator

# What may stand together on a line: a run of letters with what closes it, or one ideograph with its marks.
PIECE = re.compile(r"[⺀-鿿豈-﫿]\W*?(?=[⺀-鿿豈-﫿]|\s|\w|$)|[^\s⺀-鿿豈-﫿]+|\s+")
WIDE = 1.0  # of the size of the letters
USUAL = 0.61
NARROW = 0.38
MARKS = ("Mn", "Cf", "Me")


def width_of(text: str, size: float) -> float:
    """About how wide a text is, rather too much than too little."""
    return sum(map(_share, text)) * size


def wrapped(text: str, width: float, size: float, most: int = 99) -> list[str]:
    """The lines of a text, at most so many; the last one ends in … where there is more."""
    lines = list(_lines(text, width, size))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width_of(f"{last} …", size) > width:
        last = last[:-1].rstrip()
    return [*lines[: most - 1], f"{last} …"]


def _lines(text: str, width: float, size: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, width, size):
        if line and width_of((line + piece).rstrip(), size) > width:
            yield line.rstrip()
            line = ""
        line = (line + piece).lstrip()
    if line.rstrip():
        yield line.rstrip()


def _pieces(text: str, width: float, size: float) -> Iterator[str]:
    """The pieces of a text; one that no line can hold is cut."""
    for piece in PIECE.findall(text):
        while width_of(piece, size) > width and len(piece) > 1:
            cut = max(1, int(len(piece) * width / width_of(piece, size)) - 1)
            yield piece[:cut]
            piece = piece[cut:]
        yield piece


def _share(letter: str) -> float:
    if unicodedata.category(letter) in MARKS:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDE
    if letter in "iljtfrI.,:;'|!()[] ·-":
        return NARROW
    if letter.isupper() or letter in "mwMW@%—…":
        return 0.8
    return USUAL
