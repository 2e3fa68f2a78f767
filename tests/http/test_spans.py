"""Spans of OpenTelemetry: a request, the planning of its operation, its statements, in one trace."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from graph.errors import StoreError
from graph.statement import Statement
from res68.running import Running
from res68.telemetry.slow import SlowLog
from res68.telemetry.spans import Spans
from res68.telemetry.watching import Watching
from tests.http.service import client_with

ASKED = "query Asked($id: ID!) { node(id: $id) { id } }"
PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@asynccontextmanager
async def traced(here: Running) -> AsyncIterator[tuple[httpx.AsyncClient, InMemorySpanExporter]]:
    """A client of the service as it is with tracing, and where the spans go."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    spans = Spans(provider, here.store, "bolt://store.example:7688")
    before = here.store.watcher, here.service.watcher
    Watching(here.service, here.metrics, SlowLog(here.store, 60, values=False), spans)
    try:
        async with client_with(replace(here, spans=spans), tracing=True) as client:
            yield client, kept
    finally:
        here.store.watcher, here.service.watcher = before
        provider.shutdown()


def by_name(kept: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    """The spans, each of which has a name of its own."""
    spans = kept.get_finished_spans()
    found = {span.name: span for span in spans}
    assert len(found) == len(spans)
    return found


def said(span: ReadableSpan) -> Mapping[str, Any]:
    """The attributes of a span."""
    assert span.attributes is not None
    return span.attributes


async def test_a_request_is_one_trace_below_that_of_its_sender(here: Running) -> None:
    async with traced(here) as (client, kept):
        await client.post(
            "/graphql",
            json={"query": ASKED, "variables": {"id": "topic/hidden"}},
            headers={"traceparent": PARENT},
        )
        spans = by_name(kept)
    request, plan, statement = spans["POST /graphql"], spans["plan"], spans["MATCH"]
    assert request.kind is SpanKind.SERVER
    assert request.parent is not None
    assert f"{request.parent.trace_id:032x}" in PARENT
    assert said(request)["http.response.status_code"] == 200
    assert said(request)["http.route"] == "/graphql"
    for span in (plan, statement):
        assert span.parent is not None
        assert span.parent.span_id == request.context.span_id
        assert request.start_time
        assert span.start_time
        assert request.start_time <= span.start_time
    assert said(plan)["graphql.operation.name"] == "Asked"
    assert said(plan)["res68.outcome"] == "ANSWERED"
    assert statement.kind is SpanKind.CLIENT
    assert said(statement)["db.operation.name"] == "MATCH"
    assert said(statement)["db.query.text"].startswith("MATCH (d:Dataset")
    assert (said(statement)["server.address"], said(statement)["server.port"]) == ("store.example", 7688)
    assert not [span for span in spans.values() if "hidden" in str(dict(said(span)))]


async def test_a_statement_that_fails_is_an_error(here: Running) -> None:
    async with traced(here) as (_, kept):
        with pytest.raises(StoreError):
            await here.store.rows(Statement("RETURN nothing"))
        (span,) = kept.get_finished_spans()
    assert span.status.status_code is StatusCode.ERROR
    assert said(span)["error.type"].endswith("Error")
