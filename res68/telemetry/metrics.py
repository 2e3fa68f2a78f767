"""What is counted and timed, for Prometheus: labels are few and ours, never a word that a client chose."""

from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from graph.store import Store
from res68.logs import Lines
from res68.telemetry.afterwards import Afterwards
from schema.facts import Facts
from schema.recent import Recent
from schema.service import Service

NO_ROUTE = "none"
NOTHING: Mapping[str, Recent[Any, Any]] = {}
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FEWER_SECONDS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0)


class Metrics:
    """The metrics of one application. The store counts for itself and is read when asked; so do the caches:
    those of the service, and `caches`."""

    def __init__(self, service: Service, caches: Mapping[str, Recent[Any, Any]] = NOTHING) -> None:
        self.afterwards = Afterwards(Lines.send)
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "res68_requests", "Requests answered.", ("route", "status"), registry=registry
        )
        self._found: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self._request_seconds = Histogram(
            "res68_request_seconds",
            "From the request to the end of its answer.",
            ("route",),
            buckets=FEWER_SECONDS,
            registry=registry,
        )
        self.under_way = 0
        Gauge("res68_requests_under_way", "Requests being answered now.", registry=registry).set_function(
            lambda: self.under_way
        )
        self.gone = Counter(
            "res68_clients_gone", "Clients that went away before they were answered.", registry=registry
        )
        self.cached = Counter(
            "res68_answers_from_memory", "Answers taken whole from memory.", registry=registry
        )
        self._operations = Histogram(
            "res68_operation_seconds",
            "GraphQL operations, of clients and of pages, by what came of them.",
            ("outcome",),
            buckets=SECONDS,
            registry=registry,
        )
        self._outcomes: dict[str, Histogram] = {}
        self._surprises = Counter(
            "res68_surprises",
            "Answers that graphql-core had to make, the compiled one being at a loss.",
            registry=registry,
        )
        self._dataset = Gauge(
            "res68_dataset_info", "The version that was read last.", ("version",), registry=registry
        )
        self._version: str | None = None
        self._statements = Histogram(
            "res68_statement_seconds", "Statements in the store.", buckets=SECONDS, registry=registry
        )
        Gauge("res68_info", "What runs here.", ("engine", "model"), registry=registry).labels(
            service.store.engine.profile.name, service.model.version
        ).set(1)
        registry.register(Counted(service.store, {**service.caches(), **caches}))
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

    def settled(self) -> CollectorRegistry:
        """All of them, once what was left until later has been counted too."""
        self.afterwards.run()
        return self._registry

    def request(self, route: str, status: int, seconds: float) -> None:
        """A request is over."""
        found = self._found.get((route, status))
        if found is None:  # to find them by their labels takes as long as to count
            found = self._requests.labels(route, str(status)), self._request_seconds.labels(route)
            self._found[route, status] = found
        counter, histogram = found
        counter.inc()
        histogram.observe(seconds)

    def operation(self, facts: Facts) -> None:
        """An operation is over."""
        histogram = self._outcomes.get(facts.outcome)
        if histogram is None:
            histogram = self._outcomes[facts.outcome] = self._operations.labels(facts.outcome)
        histogram.observe(facts.seconds)
        if facts.compiled is False:
            self._surprises.inc()
        if facts.version is not None and facts.version != self._version:
            self._dataset.clear()
            self._dataset.labels(facts.version).set(1)
            self._version = facts.version

    def statement(self, seconds: float) -> None:
        """A statement is over."""
        self._statements.observe(seconds)


class Counted(Collector):
    """What the store and the caches count in any case."""

    def __init__(self, store: Store, caches: Mapping[str, Recent[Any, Any]]) -> None:
        self._store, self._caches = store, caches

    def collect(self) -> Iterator[Metric]:
        """The counts as they are now."""
        yield from _of_store(self._store)
        yield from _of_caches(self._caches)


def _of_store(store: Store) -> Iterator[Metric]:
    yield _total("res68_statements", "Statements sent to the store.", store.statements_sent)
    yield _total("res68_store_retries", "Statements sent again since the store asked for it.", store.retries)
    failures = CounterMetricFamily(
        "res68_store_failures", "What the store could not do, however often asked.", labels=("failure",)
    )
    for name, number in store.failures.items():
        failures.add_metric((name,), number)
    yield failures


def _total(name: str, about: str, value: float) -> Metric:
    family = CounterMetricFamily(name, about)
    family.add_metric((), value)
    return family


def _of_caches(caches: Mapping[str, Recent[Any, Any]]) -> Iterator[Metric]:
    yield _each(
        CounterMetricFamily, "res68_cache_hits", "Found.", {name: one.hits for name, one in caches.items()}
    )
    yield _each(
        CounterMetricFamily,
        "res68_cache_misses",
        "Not found, so made.",
        {name: one.misses for name, one in caches.items()},
    )
    yield _each(
        CounterMetricFamily,
        "res68_cache_evictions",
        "Dropped to make room.",
        {name: one.evictions for name, one in caches.items()},
    )
    yield _each(
        GaugeMetricFamily,
        "res68_cache_entries",
        "Kept now.",
        {name: len(one) for name, one in caches.items()},
    )


def _each(
    family: type[CounterMetricFamily] | type[GaugeMetricFamily],
    name: str,
    about: str,
    values: Mapping[str, float],
) -> Metric:
    found = family(name, about, labels=("cache",))
    for cache, value in values.items():
        found.add_metric((cache,), value)
    return found
