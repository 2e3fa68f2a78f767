"""A trace as a drawing in SVG: a tree of boxes, with a solid line where a source states the step."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from res68.pages.story import Row

INDENT, GAP, PADDING = 26, 14, 12
LINE, WORDS_LINE = 20, 18
LETTER = 8.1  # what one letter of a label takes at most, on average
SMALL_LETTER = 7.0
CORNER = 8


@dataclass(frozen=True, slots=True)
class Box:
    """Where a row stands, and its text broken into lines."""

    row: Row
    x: int
    y: int
    width: int
    height: int
    words: tuple[str, ...]
    lines: tuple[str, ...]

    @property
    def middle(self) -> int:
        """The height at which a line arrives."""
        return self.y + self.height // 2


def drawing(rows: Sequence[Row], width: int, name: str) -> Markup:
    """The SVG for a page that gives it `width` pixels; `name` keeps its title apart from other drawings."""
    boxes = list(_boxes(rows, width))
    height = boxes[-1].y + boxes[-1].height + 1
    lines = Markup("").join(_line(boxes[box.row.above], box) for box in boxes if box.row.above is not None)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" class="trace {}" viewBox="0 0 {} {}" width="{}" height="{}" '
        'role="img" aria-labelledby="{}-title">'
        '<title id="{}-title">{}</title>{}{}</svg>'
    ).format(
        name, width, height, width, height, name, name, _title(rows), lines, Markup("").join(map(_box, boxes))
    )


def _boxes(rows: Sequence[Row], width: int) -> Iterator[Box]:
    y = 1
    for row in rows:
        x = row.depth * INDENT + 1
        inner = width - x - 2 * PADDING - 1
        words = tuple(textwrap.wrap(_words(row), int(inner / SMALL_LETTER)))
        lines = tuple(textwrap.wrap(row.label, int(inner / LETTER), max_lines=3, placeholder=" …"))
        height = 2 * PADDING + WORDS_LINE * len(words) + LINE * len(lines) - 6
        yield Box(row, x, y, width - x - 1, height, words, lines)
        y += height + GAP


def _words(row: Row) -> str:
    """The small line above the label: how one came here, what this is, when, how sure."""
    if row.above is None:
        return row.kind
    parts = [
        f"{row.link}: {row.kind}",
        row.who,
        row.date,
        row.strength_in_words,
        "prior work" if row.prior else "",
    ]
    return " · ".join(part for part in parts if part)


def _line(above: Box, box: Box) -> Markup:
    """From the lower left of the box above, down, around a corner and into this one."""
    beside = -3 if box.row.strength == "stated" else 3  # lines of two strengths stay apart
    x, y = above.x + INDENT // 2 + beside, box.middle
    return Markup('<path class="line {}" d="M{} {}V{}Q{} {} {} {}H{}"/>').format(
        box.row.strength or "unverified",
        x,
        above.y + above.height,
        y - CORNER,
        x,
        y,
        x + CORNER,
        y,
        box.x,
    )


def _box(box: Box) -> Markup:
    x, y = box.x + PADDING, box.y + PADDING + 11
    small = [_text("words", x, y + number * WORDS_LINE, text) for number, text in enumerate(box.words)]
    y += WORDS_LINE * len(box.words) + 2
    large = [_text("label", x, y + number * LINE, text) for number, text in enumerate(box.lines)]
    kind = "box origin" if box.row.above is None else "box"
    frame = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="8"/>').format(
        kind, box.x, box.y, box.width, box.height
    )
    return frame + Markup("").join([*small, *large])


def _text(kind: str, x: int, y: int, text: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(kind, x, y, text)


def _title(rows: Sequence[Row]) -> Markup:
    return escape(f"The trace of {rows[0].label}, in {len(rows) - 1} steps; the table below says the same.")
