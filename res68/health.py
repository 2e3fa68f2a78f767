"""Health: whether the process lives, and whether it can answer."""

import asyncio

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import StoreError
from res68.running import Running, running

SECONDS = 2.0


async def live(_: Request) -> Response:
    """The process answers."""
    return _json({"status": "live"})


async def ready(request: Request) -> Response:
    """200 when queries can be answered now, else 503 with the reason."""
    here = running(request)
    reason, version = await _state(here)
    if reason:
        return _json({"status": "not ready", "reason": reason}, 503)
    return _json({"status": "ready", "engine": here.store.engine.profile.name, "datasetVersion": version})


async def _state(here: Running) -> tuple[str | None, str | None]:
    """Why nothing can be answered, or the version from which it can."""
    try:
        async with asyncio.timeout(SECONDS):
            dataset = await here.store.dataset()
    except (TimeoutError, StoreError):
        return "the store does not answer", None
    if dataset is None or dataset.version is None:
        return "no dataset is loaded", None
    if dataset.pending is not None:
        return "a load is being committed", None
    if not here.warmed.is_set():
        return "the example operations are being prepared", None
    return None, dataset.version


def _json(value: dict[str, str | None], status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, {"cache-control": "no-store"}, "application/json")
