"""Where what was done is told: each statement to the request that it was sent for, and to the metrics."""

from collections.abc import Callable

from graph.statement import Sent
from res68.telemetry.metrics import Metrics
from res68.telemetry.visit import VISIT


def watching(metrics: Metrics) -> Callable[[Sent], None]:
    """Who is told of every statement after it was sent."""

    def statement(sent: Sent) -> None:
        metrics.statement(sent)
        visit = VISIT.get()
        if visit is not None:
            visit.sent(sent)

    return statement
