"""Spans of OpenTelemetry for requests, plans and statements; imported only where tracing is on."""

import time
from collections.abc import Mapping
from urllib.parse import urlsplit

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import SpanKind, Status, StatusCode
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.statement import Sent
from graph.store import Store
from schema.facts import Facts

Value = str | int | bool
SYSTEMS = {"neo4j": "neo4j", "embedded": "arcadedb"}


def exporting() -> TracerProvider:
    """Sends spans by OTLP over HTTP: where to, and under which name, its own OTEL_* variables say."""
    named = Resource.create({SERVICE_NAME: "res68"}).merge(OTELResourceDetector().detect())
    provider = TracerProvider(resource=named)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


class Spans:
    """Makes the spans of one service; each belongs to the request during which it was made."""

    def __init__(self, provider: TracerProvider, store: Store, uri: str | None) -> None:
        self.provider = provider
        self.tracer = provider.get_tracer("res68")
        self._database: dict[str, Value] = {
            "db.system.name": SYSTEMS[store.engine.profile.name],
            "db.namespace": store.engine.database,
        }
        address = urlsplit(uri or "")
        if address.hostname:
            self._database |= {"server.address": address.hostname, "server.port": address.port or 7687}

    def statement(self, sent: Sent) -> None:
        """The span of a statement that is over. Its text has no values, so it can be shown."""
        operation = next(
            (word for word in sent.statement.text.split() if word.isupper() and word.isalpha()), "QUERY"
        )
        span = self.tracer.start_span(
            operation,
            kind=SpanKind.CLIENT,
            start_time=sent.at,
            attributes={
                **self._database,
                "db.operation.name": operation,
                "db.query.text": sent.statement.text,
                "db.response.returned_rows": sent.records,
            },
        )
        if sent.failure:
            span.set_attribute("error.type", sent.failure)
            span.set_status(Status(StatusCode.ERROR))
        span.end(sent.at + int(sent.seconds * 1e9))

    def operation(self, facts: Facts) -> None:
        """The span of the planning of an operation: from its document to the first statement."""
        began = time.time_ns() - int((time.perf_counter() - facts.began) * 1e9)
        until = facts.planned or facts.ended
        attributes: dict[str, Value] = {"graphql.operation.type": "query", "res68.outcome": facts.outcome}
        for key, value in _worth_saying(facts).items():
            if value is not None:
                attributes[key] = value
        span = self.tracer.start_span("plan", start_time=began, attributes=attributes)
        span.end(began + int((until - facts.began) * 1e9))


def _worth_saying(facts: Facts) -> Mapping[str, Value | None]:
    return {
        "graphql.operation.name": facts.name,
        "res68.document.sha256": facts.digest,
        "res68.document.kept": facts.document_kept,
        "res68.plan.kept": facts.plan_kept,
        "res68.cost": facts.cost,
        "res68.rows": facts.rows,
        "res68.dataset.version": facts.version,
    }


class Traced:
    """A layer of the application: a span for each request, below that of whoever sent it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within its span."""
        spans: Spans | None = scope["state"]["running"].spans if scope["type"] == "http" else None
        if spans is None:
            await self.app(scope, receive, send)
            return
        parent = propagate.extract(dict(Headers(scope=scope)))
        attributes = {"http.request.method": scope["method"], "url.path": scope["path"], "url.scheme": "http"}
        with spans.tracer.start_as_current_span(
            scope["method"], parent, SpanKind.SERVER, attributes=attributes
        ) as span:

            async def noted(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _note(span, message["status"])
                await send(message)

            await self.app(scope, receive, noted)
            route = scope.get("route")
            if route is not None:
                span.update_name(f"{scope['method']} {route.path}")
                span.set_attribute("http.route", route.path)


def _note(span: trace.Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= 500:
        span.set_attribute("error.type", str(status))
        span.set_status(Status(StatusCode.ERROR))
