"""The application: which address leads where, and what opens and closes around it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from res68.catalogue.view import dataset
from res68.documents import document
from res68.downloads import download
from res68.feed.view import changes, history
from res68.graphql import graphql
from res68.guard import Guard
from res68.health import live, ready
from res68.identity import thing
from res68.linkset import linkset
from res68.pages.home import home
from res68.pages.listing import list_of_kind, lists
from res68.pages.search import search
from res68.problems import KINDS, failed
from res68.published import context, ontology, shapes
from res68.running import Opening, Running, opened
from res68.settings import Settings, read_settings
from res68.sharing import Sharing
from res68.sparql.view import sparql
from res68.telemetry.hangups import Hangups
from res68.telemetry.request_log import RequestLog
from res68.telemetry.scrape import metrics

STATIC = Path(__file__).parent / "static"
ANY_METHOD = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(settings: Settings | None = None, opening: Opening = opened) -> Starlette:
    """The application for these settings, else for those of the environment.

    `opening` opens what it answers from when the server starts, and closes it when the server stops.
    """
    chosen = settings or read_settings()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[Mapping[str, Running]]:
        async with opening(chosen) as here:
            yield {"running": here}

    app = Starlette(
        routes=_routes(),
        middleware=_middleware(chosen),
        exception_handlers=dict.fromkeys(KINDS, failed),
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # an id never ends in a slash
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/", home),
        Route("/graphql", graphql, methods=ANY_METHOD),
        Route("/sparql", sparql, methods=ANY_METHOD),
        Route("/dataset", dataset),
        Route("/dataset.{ending}", dataset),
        Route("/.well-known/void", dataset),
        Route("/id/{kind}/{key:path}", thing),
        Route("/doc/{kind}/{key:path}", document),
        Route("/linkset/{kind}/{key:path}", linkset),
        Route("/ontology", ontology),
        Route("/ontology.{ending}", ontology),
        Route("/ontology/context.jsonld", context),
        Route("/ontology/{version}", ontology),
        Route("/ontology/{version}/context.jsonld", context),
        Route("/context.jsonld", context),
        Route("/shapes", shapes),
        Route("/shapes.{ending}", shapes),
        Route("/export/{name}", download),
        Route("/list", lists),
        Route("/list/{name}", list_of_kind),
        Route("/search", search),
        Route("/changes", history),
        Route("/changes.{suffix}", history),
        Route("/changes/{page}", changes),
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", metrics),
        Route("/favicon.ico", favicon),
        Mount("/static", Static(directory=STATIC), middleware=[Middleware(GZipMiddleware, compresslevel=5)]),
    ]


def _middleware(settings: Settings) -> list[Middleware]:
    layers = [Middleware(Guard), Middleware(RequestLog), Middleware(Hangups), Middleware(Sharing)]
    if settings.tracing:
        from res68.telemetry.spans import Traced

        layers.insert(0, Middleware(Traced))
    if settings.cors_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type", "If-None-Match"],
                expose_headers=["ETag", "X-Request-ID"],
            )
        )
    return layers


class Static(StaticFiles):
    """Files of the pages; a browser asks each time whether its copy is still the file."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 304."""
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


async def favicon(_: Request) -> Response:
    """The icon, for browsers that ask for it unasked."""
    return FileResponse(STATIC / "favicon.svg", media_type="image/svg+xml")
