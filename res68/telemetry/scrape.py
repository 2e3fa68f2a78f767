"""/metrics: what Prometheus reads, beside everything else or on a port of its own."""

from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from res68.running import Running, running
from res68.telemetry.neighbours import together


async def metrics(request: Request) -> Response:
    """The metrics, where they are to be found beside everything else."""
    here = running(request)
    if not here.settings.metrics or here.settings.metrics_port is not None:
        raise HTTPException(404)
    return await scraped(here, request)


async def scraped(here: Running, request: Request) -> Response:
    """The metrics, of all processes where there are several, in the form that is accepted."""
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    found = await together(here.neighbours) if here.neighbours else here.metrics.settled()
    return Response(encode(found), 200, {"cache-control": "no-store"}, media_type)


def metrics_app(here: Running) -> Starlette:
    """An application that has the metrics alone, for a port of their own."""

    async def alone(request: Request) -> Response:
        return await scraped(here, request)

    return Starlette(routes=[Route("/metrics", alone)])
