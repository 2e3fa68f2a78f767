"""The front page: what this is, for whom, what is loaded, one trace drawn, and questions to begin with."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from graph.errors import StoreError
from graph.versions import DatasetState
from ontology.identity import kebab
from ontology.model import Model
from res68.gallery import OPENING, by_audience
from res68.pages.footnotes import Cited, Footnotes
from res68.pages.labels import kind_label
from res68.pages.reader import Reader, Text, reader_of
from res68.pages.reading import DataAsOf
from res68.pages.story import ORIGIN, TRACE, Telling
from res68.pages.templates import page, unless_known
from res68.pages.trace import Shown, shown
from res68.running import Running, running
from schema.service import Request as Operation

ROWS = 12


async def home(request: Request) -> Response:
    """The page; where the store does not answer it says so and shows the rest."""
    here, reader = running(request), reader_of(request)
    state, trouble = await _dataset(here)
    notes = Footnotes()
    trace = await _story(here, reader, notes) if state else None
    shown_page = page(
        "home.html",
        200,
        reader,
        gallery=by_audience(here.gallery),
        base=here.settings.base,
        trace=trace,
        trace_operation=OPENING,
        sources=_sources(notes),
        trouble=trouble,
        **counted(here.model, state, reader),
    )
    return unless_known(request, shown_page)


async def _dataset(here: Running) -> tuple[DatasetState | None, str]:
    """The dataset, or the name of the words that say why there is none."""
    try:
        return await here.store.ready(), "home_empty"
    except StoreError:
        return None, "home_silent"


def as_of(state: DatasetState | None) -> DataAsOf | None:
    """The dataset from which the figures of a page are."""
    if state is None or state.version is None:
        return None
    return DataAsOf(state.version, state.loaded_at.isoformat() if state.loaded_at else None)


async def _story(here: Running, reader: Reader, notes: Footnotes) -> Shown | None:
    """The example trace, or nothing where the dataset has another story to tell."""
    variables = {"from": ORIGIN, "language": reader.code}
    answer = await here.service.execute(Operation(TRACE, variables, ours=True))
    trace = (answer.result.get("data") or {}).get("trace")
    if answer.result.get("errors") or not trace:
        return None
    return shown(Telling(here.model, reader, notes), "home_trace", trace["origin"], trace, ROWS)


def _sources(notes: Footnotes) -> Sequence[Cited]:
    return list(notes.cited.values())


def counted(
    model: Model, state: DatasetState | None, reader: Reader, *, all_kinds: bool = False
) -> dict[str, Any]:
    """What is loaded: the most frequent kinds first; those without a thing where all are asked for."""
    found = state.kinds if state else {}
    kinds: list[tuple[str, Text, int]] = [
        (kebab(kind.plural), kind_label(kind, reader), found.get(kind.name, 0))
        for kind in model.concrete
        if all_kinds or kind.name in found
    ]
    return {
        "kinds": sorted(kinds, key=lambda one: -one[2]),
        "things": sum(found.values()),
        "links": sum(state.links.values()) if state else 0,
        "dataset": as_of(state),
    }
