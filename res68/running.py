"""The service as it runs: the store that is open, what answers from it, and how far it is ready."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from starlette.requests import HTTPConnection

from graph.errors import StoreError
from graph.rounds import Rounds
from graph.store import Store
from ontology.identity import camel
from ontology.model import Model
from res68.failures import Failure
from res68.gallery import Example, gallery
from res68.kept import KeptAnswers
from res68.logs import log, set_up
from res68.opening import kept_open, store_of
from res68.pages.story import ORIGIN, TRACE
from res68.settings import Settings
from res68.sparql.service import Sparql, answering
from res68.sparql.source import Exported
from res68.telemetry.metrics import Metrics
from res68.telemetry.slow import SlowLog
from res68.telemetry.watching import Watching
from res68.trusted import TrustedDocuments, trusted_documents
from schema.recent import Recent
from schema.service import Request as Operation
from schema.service import Service

if TYPE_CHECKING:
    from res68.telemetry.spans import Spans

SECONDS_BETWEEN_TRIES = 2.0
EXPORTS_AT_ONCE = 4  # each keeps the store busy and takes its share of a core
KEPT = 300
# Python looks for rings among young objects whenever so many more were made than freed; as shipped, 700. An
# answer makes thousands that are all in use until it is sent: to look at them costs much and finds nothing.
YOUNG = 20_000
EXAMPLE = Operation(TRACE, {"from": ORIGIN, "language": "EN"}, ours=True)  # what the front page draws


@dataclass(frozen=True, slots=True)
class Running:
    """What every request needs. `warmed` is set once the examples are planned and have been answered;
    `exports` are the places for exports at one time; `kept` is what pages looked up and may use again while
    the dataset stays as it is; `answers` are the last answers to GET; `rounds` looks
    after clients that keep it waiting; `neighbours` is where the processes
    that serve beside this one tell their metrics."""

    settings: Settings
    model: Model
    store: Store
    service: Service
    gallery: Sequence[Example]
    trusted: TrustedDocuments
    sparql: Sparql
    metrics: Metrics
    answers: KeptAnswers
    rounds: Rounds = field(default_factory=Rounds)
    neighbours: Path | None = None
    spans: "Spans | None" = None
    warmed: asyncio.Event = field(default_factory=asyncio.Event)
    exports: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(EXPORTS_AT_ONCE))
    kept: Recent[tuple[str, ...], Any] = field(default_factory=lambda: Recent(KEPT))


Opening = Callable[[Settings], AbstractAsyncContextManager[Running]]


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Running]:
    """The service over its store, which is opened here and closed at the end."""
    if not structlog.is_configured():
        set_up(settings.log_format)
    documents, store = known_documents(settings), store_of(settings)
    service = service_of(settings, store, Model.load())
    async with kept_open(store), serving(settings, service, documents) as here:
        yield here


@asynccontextmanager
async def serving(
    settings: Settings, service: Service, documents: TrustedDocuments
) -> AsyncIterator[Running]:
    """The service over an open store; the examples are being warmed while it runs."""
    source = Exported(service.store, service.model, settings)
    async with answering(settings, source) as sparql:
        answers = KeptAnswers(service, settings.kept_bytes, settings.kept_seconds)
        metrics = Metrics(service, {"answers": answers.answers})
        slow = SlowLog(service.store, settings.slow_seconds, values=settings.slow_values)
        spans = spans_of(settings, service.store)
        Watching(service, metrics, slow, spans)
        here = Running(
            settings,
            service.model,
            service.store,
            service,
            gallery(),
            documents,
            sparql,
            metrics,
            answers,
            spans=spans,
        )
        warming = asyncio.create_task(warm(here))
        try:
            yield here
        finally:
            warming.cancel()
            with suppress(asyncio.CancelledError):
                await warming
            metrics.afterwards.run()
            await slow.close()
            if spans is not None:
                await asyncio.to_thread(spans.provider.shutdown)
            gc.unfreeze()


def spans_of(settings: Settings, store: Store) -> "Spans | None":
    """What makes the spans, where tracing is on."""
    if not settings.tracing:
        return None
    try:
        from res68.telemetry.spans import Spans, exporting
    except ModuleNotFoundError as missing:
        raise Failure(
            f"Tracing needs {missing.name}, which is not installed: "
            "pip install --require-hashes --requirement requirements-otel.txt."
        ) from missing
    return Spans(exporting(), store, settings.neo4j_uri)


def service_of(settings: Settings, store: Store, model: Model) -> Service:
    """What answers operations, as the settings want it; the store need not be open yet."""
    return Service(
        model,
        store,
        settings.limits,
        settings.base,
        show_persons=settings.show_persons,
        introspection=settings.introspection,
    )


def known_documents(settings: Settings) -> TrustedDocuments:
    """The documents that clients may name by their SHA-256: the settings' own, and the gallery's."""
    texts = [example.query for example in gallery()]
    return trusted_documents(settings.trusted_documents, texts, only=settings.trusted_only)


async def warm(here: Running) -> None:
    """Plan and answer the page's own operation and the examples, as soon as there is a dataset to ask."""
    while not here.warmed.is_set():
        try:
            if await here.store.ready():
                await here.service.warm([EXAMPLE, *map(operation, here.gallery)])
                # What is warm stays: the collections that the embedded engine asks for need not look at it.
                gc.collect()
                gc.freeze()
                gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
                here.warmed.set()
                return
        except StoreError as error:
            log().warning("the examples could not be warmed", reason=str(error))
        await asyncio.sleep(SECONDS_BETWEEN_TRIES)


def operation(example: Example) -> Operation:
    """An example as a request."""
    return Operation(example.query, dict(example.variables), camel(example.name))


def running(connection: HTTPConnection) -> Running:
    """The service that a request came to."""
    here: Running = connection.scope["state"]["running"]
    return here
