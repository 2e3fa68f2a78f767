"""Operations that took long, in the log with their statements and, on a Neo4j, its plan for them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from graph.errors import StoreError
from graph.statement import Statement
from graph.store import Store
from res68.logs import log
from schema.facts import Facts
from schema.recent import Recent

PLANS = 100
WORTH_SAYING = ("Details", "EstimatedRows")
SECONDS_TO_STOP = 5.0


class SlowLog:
    """Logs what took longer than `seconds`; the values of its variables only where `values` says so.

    The plan of a text is asked for once, one text at a time: a store that is slow is not asked for more.
    """

    def __init__(self, store: Store, seconds: float, *, values: bool) -> None:
        self._store, self._seconds, self._values = store, seconds, values
        self._plans: Recent[str, str] = Recent(PLANS)
        self._asking: asyncio.Task[None] | None = None

    def operation(self, facts: Facts) -> None:
        """An operation is over."""
        if facts.seconds < self._seconds or not facts.statements:
            return
        texts = [statement.text for statement in facts.statements]
        said: dict[str, Any] = {"seconds": round(facts.seconds, 3), **facts.told(), "cypher": texts}
        if facts.planned is not None:
            said["planned_ms"] = round((facts.planned - facts.began) * 1000, 1)
        if facts.planned is not None and facts.read is not None:
            said["store_ms"] = round((facts.read - facts.planned) * 1000, 1)
        if self._values:
            said["values"] = [dict(statement.parameters) for statement in facts.statements]
        log().warning("slow operation", **said)
        self._ask(facts)

    async def close(self) -> None:
        """End what is being asked."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait([self._asking], timeout=SECONDS_TO_STOP)

    def _ask(self, facts: Facts) -> None:
        new = [statement for statement in facts.statements if self._plans.get(statement.text) is None]
        if new and (self._asking is None or self._asking.done()):
            self._asking = asyncio.create_task(self._tell_plans(facts.digest, new))

    async def _tell_plans(self, digest: str | None, statements: list[Statement]) -> None:
        for statement in statements:
            try:
                plan = await self._store.explain(statement)
            except StoreError as error:
                log().warning("no plan of a slow operation", hash=digest, reason=str(error))
                return
            if plan is not None:
                tree = "\n".join(lines(plan))
                self._plans.keep(statement.text, tree)
                log().warning("plan of a slow operation", hash=digest, cypher=statement.text, plan=tree)


def lines(plan: Mapping[str, Any], depth: int = 0) -> list[str]:
    """A plan as Neo4j gives it, an operator a line, each below the one that it feeds."""
    arguments = plan.get("args", {})
    about = "; ".join(str(arguments[name]) for name in WORTH_SAYING if name in arguments)
    own = f"{'  ' * depth}{plan['operatorType']}: {about}"
    return [own, *(line for child in plan.get("children", ()) for line in lines(child, depth + 1))]
