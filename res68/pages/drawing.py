"""A trace as a drawing in SVG: a tree of boxes, with a solid line where a source states the step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from res68.pages.lines import wrapped
from res68.pages.reader import Reader, Text
from res68.pages.story import Row

GAP, PADDING = 14, 12
PHONE = 400  # up to this width the steps stand closer together
LINE, WORDS_LINE = 20, 18
SIZE, SMALL = 15, 13  # of the letters, as the style sheet has them


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


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws for one reader into one width; `name` keeps its title apart from other drawings of the page."""

    reader: Reader
    width: int
    name: str

    def draw(self, rows: Sequence[Row]) -> Markup:
        """The SVG."""
        boxes = list(self._boxes(rows))
        height = boxes[-1].y + boxes[-1].height + 1
        lines = [self._line(boxes[box.row.above], box) for box in boxes if box.row.above is not None]
        title = self.reader.say("trace_title", label=rows[0].label, n=self.reader.number(len(rows) - 1))
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="trace" viewBox="0 0 {} {}" width="{}" '
            'height="{}" role="img" aria-labelledby="{}-title" direction="{}">'
            '<title id="{}-title">{}</title>{}{}</svg>'
        ).format(
            self.width,
            height,
            self.width,
            height,
            self.name,
            self.reader.direction,
            self.name,
            title,
            Markup("").join(lines),
            Markup("").join(map(self._box, boxes)),
        )

    def _boxes(self, rows: Sequence[Row]) -> Iterator[Box]:
        y = 1
        for row in rows:
            x = row.depth * self._indent + 1
            inner = self.width - x - 2 * PADDING - 1
            words = tuple(wrapped(self._words(row), inner, SMALL))
            lines = tuple(wrapped(row.label.text, inner, SIZE, most=4))
            height = 2 * PADDING + WORDS_LINE * len(words) + LINE * len(lines) - 6
            yield Box(row, x, y, self.width - x - 1, height, words, lines)
            y += height + GAP

    @property
    def _indent(self) -> int:
        """How far a step stands from the one that it followed from."""
        return 26 if self.width > PHONE else 16

    def _words(self, row: Row) -> str:
        """The small line above the label: how one came here, what this is, when, how sure."""
        said = self.reader.words
        how = f"{row.link.text}: " if row.link.language == self.reader.language else ""
        fallback = row.label.language not in (None, self.reader.language)
        parts = [
            f"{how}{row.kind.text}",
            row.who,
            row.date,
            said[row.strength] if row.strength else "",
            said["prior"] if row.prior else "",
            row.label.language if fallback else "",
        ]
        return " · ".join(part for part in parts if part)

    def _line(self, above: Box, box: Box) -> Markup:
        """From the near lower corner of the box above, down, around a corner and into this one."""
        beside = -2 if box.row.strength == "stated" else 2  # lines of two strengths stay apart
        x, y, corner = above.x + self._indent // 2 + beside, box.middle, self._indent // 3
        return Markup('<path class="line {}" d="M{} {}V{}Q{} {} {} {}H{}"/>').format(
            box.row.strength,
            self._at(x),
            above.y + above.height,
            y - corner,
            self._at(x),
            y,
            self._at(x + corner),
            y,
            self._at(box.x),
        )

    def _box(self, box: Box) -> Markup:
        x, y = self._at(box.x + PADDING), box.y + PADDING + 11
        language = self.reader.language
        small = [
            self._text("words", x, y + number * WORDS_LINE, Text(text, language))
            for number, text in enumerate(box.words)
        ]
        y += WORDS_LINE * len(box.words) + 2
        label = box.row.label.language
        large = [
            self._text("label", x, y + number * LINE, Text(text, label))
            for number, text in enumerate(box.lines)
        ]
        left = box.x if self.reader.direction == "ltr" else self.width - box.x - box.width
        frame = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="8"/>').format(
            "box origin" if box.row.above is None else "box", left, box.y, box.width, box.height
        )
        return frame + Markup("").join([*small, *large])

    def _text(self, style: str, x: int, y: int, text: Text) -> Markup:
        """A line of text; in another direction than the page's it keeps its own order."""
        language = Markup(' lang="{}"').format(text.language) if text.language else Markup("")
        said = escape(text.text if self.reader.direction == "ltr" else f"\u2068{text.text}\u2069")
        return Markup('<text class="{}" x="{}" y="{}"{}>{}</text>').format(style, x, y, language, said)

    def _at(self, x: int) -> int:
        """Where something stands that is so far from the side at which reading begins."""
        return x if self.reader.direction == "ltr" else self.width - x
