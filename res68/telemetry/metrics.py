"""What is counted and timed, for Prometheus: labels are few and ours, never a word that a client chose."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from graph.statement import Sent
from graph.store import Store
from ontology.model import Model

NO_ROUTE = "none"
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FEWER_SECONDS = (0.005, 0.025, 0.1, 0.5, 2.5, 10.0)


class Metrics:
    """The metrics of one application; the store counts for itself and is read when asked."""

    def __init__(self, store: Store, model: Model) -> None:
        self.registry = registry = CollectorRegistry()
        self._requests = Counter(
            "res68_requests", "Requests answered.", ("route", "status"), registry=registry
        )
        self._request_seconds = Histogram(
            "res68_request_seconds",
            "From the request to the end of its answer.",
            ("route",),
            buckets=FEWER_SECONDS,
            registry=registry,
        )
        self.under_way = Gauge("res68_requests_under_way", "Requests being answered now.", registry=registry)
        self.gone = Counter(
            "res68_clients_gone", "Clients that went away before they were answered.", registry=registry
        )
        self.cached = Counter(
            "res68_answers_from_memory", "Answers taken whole from memory.", registry=registry
        )
        self._statements = Histogram(
            "res68_statement_seconds", "Statements in the store.", buckets=SECONDS, registry=registry
        )
        Gauge("res68_info", "What runs here.", ("engine", "model"), registry=registry).labels(
            store.engine.profile.name, model.version
        ).set(1)
        registry.register(Counted(store))
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)

    def request(self, route: str, status: int, seconds: float) -> None:
        """A request is over."""
        self._requests.labels(route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def statement(self, sent: Sent) -> None:
        """A statement is over."""
        self._statements.observe(sent.seconds)


class Counted(Collector):
    """What the store counts in any case."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """The counts as they are now."""
        yield from _of_store(self._store)


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
