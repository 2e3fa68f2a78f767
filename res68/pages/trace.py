"""The traces of a thing on its page: drawn wide and narrow, with the rows for the table beside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from res68.pages.drawing import Drawing
from res68.pages.story import Row, Telling

ROWS = 40
WIDE, NARROW = 760, 326


@dataclass(frozen=True, slots=True)
class Shown:
    """A trace as a page shows it. `name`: the name of its heading; `more`: steps that are not shown."""

    name: str
    rows: tuple[Row, ...]
    more: int
    truncated: bool
    wide: Markup
    narrow: Markup


def shown(
    telling: Telling, name: str, origin: Mapping[str, Any], trace: Mapping[str, Any], most: int = ROWS
) -> Shown | None:
    """A trace to show; None where nothing followed."""
    if not trace["paths"]:
        return None
    rows, more = telling.tell(origin, trace, most)
    wide = Drawing(telling.reader, WIDE, f"{name}-wide").draw(rows)
    narrow = Drawing(telling.reader, NARROW, f"{name}-narrow").draw(rows)
    return Shown(name, tuple(rows), more, trace["truncated"], wide, narrow)
