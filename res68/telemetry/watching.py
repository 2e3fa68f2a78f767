"""Where it is told what was done: to its request or, without one, to the metrics; to the log of the slow."""

from typing import TYPE_CHECKING

from graph.statement import Sent
from res68.telemetry.metrics import Metrics
from res68.telemetry.slow import SlowLog
from res68.telemetry.visit import under_way
from schema.facts import Facts
from schema.service import Service

if TYPE_CHECKING:
    from res68.telemetry.spans import Spans


class Watching:
    """Is told of every statement and of every operation of a service when it is over."""

    def __init__(
        self, service: Service, metrics: Metrics, slow: SlowLog, spans: "Spans | None" = None
    ) -> None:
        self._metrics, self._slow, self._spans = metrics, slow, spans
        service.store.watcher = self.statement
        service.watcher = self.operation

    def statement(self, sent: Sent) -> None:
        """A statement is over."""
        if self._spans is not None:
            self._spans.statement(sent)
        visit = under_way()
        if visit is not None:
            visit.statements.append(sent.seconds)
        else:
            self._metrics.statement(sent.seconds)

    def operation(self, facts: Facts) -> None:
        """An operation is over."""
        if self._spans is not None:
            self._spans.operation(facts)
        visit = under_way()
        if visit is not None:  # what nobody waits for, as the warming at the start, may be slow
            visit.operations.append(facts)
            self._slow.operation(facts)
        else:
            self._metrics.operation(facts)
