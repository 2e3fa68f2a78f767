"""The front page: what this is, for whom, what is loaded, one trace drawn, and questions to begin with."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from graph.errors import StoreError
from graph.versions import DatasetState
from ontology.identity import kebab
from ontology.model import Model
from res68.gallery import OPENING, by_audience
from res68.pages.drawing import drawing
from res68.pages.story import Row, tell
from res68.pages.templates import page
from res68.running import EXAMPLE, Running, running

ROWS = 12
WIDE, NARROW = 760, 350


async def home(request: Request) -> Response:
    """The page; where the store does not answer it says so and shows the rest."""
    here = running(request)
    dataset, trouble = await _dataset(here)
    rows, more = await _story(here) if dataset else ([], 0)
    return page(
        "home.html",
        gallery=by_audience(here.gallery),
        base=here.settings.base,
        dataset=dataset,
        trouble=trouble,
        **_counts(here.model, dataset),
        **_trace(rows, more),
    )


async def _dataset(here: Running) -> tuple[DatasetState | None, str]:
    try:
        dataset = await here.store.ready()
    except StoreError:
        return None, "The store does not answer just now, so there is nothing to count."
    return dataset, "No dataset is loaded yet: `python -m res68 load` loads one."


async def _story(here: Running) -> tuple[Sequence[Row], int]:
    """The example trace, or nothing where the dataset has another story to tell."""
    answer = await here.service.execute(EXAMPLE)
    trace = (answer.result.get("data") or {}).get("trace")
    if answer.result.get("errors") or not trace or not trace["paths"]:
        return [], 0
    return tell(trace, kind_names(here.model), ROWS)


def kind_names(model: Model) -> Mapping[str, str]:
    """What each member of the enum Kind is called."""
    return {kebab(kind.name).replace("-", "_").upper(): kind.label["en"] for kind in model.kinds.values()}


def _counts(model: Model, dataset: DatasetState | None) -> dict[str, Any]:
    """The figures of the page: the most frequent kinds first."""
    counted = dataset.kinds if dataset else {}
    kinds = [(model.kinds[name].label["en"], count) for name, count in counted.items() if name in model.kinds]
    return {
        "kinds": sorted(kinds, key=lambda pair: -pair[1]),
        "things": sum(counted.values()),
        "links": sum(dataset.links.values()) if dataset else 0,
    }


def _trace(rows: Sequence[Row], more: int) -> dict[str, Any]:
    return {
        "rows": rows,
        "more": more,
        "wide": drawing(rows, WIDE, "wide") if rows else "",
        "narrow": drawing(rows, NARROW, "narrow") if rows else "",
        "trace_operation": OPENING,
    }
