"""The way of an operation: limits, parse, validate, plan, one statement, rows, response."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    execute_sync,
)

from graph.statement import Reading
from graph.store import Store
from ontology.model import Model
from resolvers.errors import OperationError
from resolvers.leaves import Surprise
from resolvers.operation import Plan, compile_plan, operation_of
from resolvers.planner import World
from resolvers.variables import Shape, shape_of, values_of
from schema.documents import CHARACTERS, Document, Documents, digest_of
from schema.errors import cause_of, formatted, outcome_of
from schema.facts import Facts
from schema.limits import Limits
from schema.query import build_schema, concrete_types, graphql_schema
from schema.recent import Recent
from schema.validation import rules

log = structlog.get_logger("res68")

SHIPPED = Limits()
WARMED_AT_ONCE = 4
PLANS = 500
LONGEST = 200  # characters of a reason in the log


@dataclass(frozen=True, slots=True)
class Request:
    """One request for an operation, as GraphQL over HTTP defines it.

    `ours`: an operation of the service itself, for a page of its own; the limits that an operator sets for
    others do not hold for it, those that are shipped do.
    """

    query: str | None
    variables: Mapping[str, Any] | None = None
    operation_name: str | None = None
    extensions: Mapping[str, Any] | None = None
    method: str = "POST"
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to a request.

    `request_error`: there is no data, since the request itself is wrong; `status`: the HTTP status that the
    table of errors gives, else 200; `version`: the dataset version that the answer comes from.
    """

    result: dict[str, Any]
    request_error: bool = False
    status: int = 200
    version: str | None = None
    mutation_by_get: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that can be answered: its document and plan, and the values of this time.

    `parameters`: those of each root; `cost`: what the operation may cost at most; `facts`: what becomes
    known of it.
    """

    request: Request
    document: Document
    plan: Plan
    parameters: Sequence[Mapping[str, Any]]
    cost: int
    facts: Facts


class Service:
    """Answers operations from one store; `watcher` is told of each operation when it is over."""

    def __init__(
        self,
        model: Model,
        store: Store,
        limits: Limits | None = None,
        base_iri: str = "http://127.0.0.1:8068",
        *,
        show_persons: bool = True,
        introspection: bool = True,
    ) -> None:
        self.model = model
        self.store = store
        self.limits = limits or Limits()
        self.base_iri = base_iri
        self.show_persons = show_persons
        self._strawberry = build_schema(self.model)
        self._schema = graphql_schema(self._strawberry)
        self._members = concrete_types(self._schema)
        self.introspection = introspection
        self._documents = Documents(self._schema, rules(introspection=introspection))
        self._plans: Recent[Any, Plan] = Recent(PLANS, CHARACTERS)
        self._worlds: dict[bool, World] = {}
        self._version: str | None = None
        self._seen: tuple[str, float] | None = None  # the version that was read last, and when
        self.watcher: Callable[[Facts], None] | None = None

    def sdl(self) -> str:
        """The schema in GraphQL's own language."""
        return self._strawberry.as_str()

    async def refresh(self) -> None:
        """Learn what the plans need to know of the dataset that is loaded now, and forget the old plans."""
        state = await self.store.dataset()
        self._version = state.version if state else None
        self._plans.clear()
        self._worlds = {
            ours: World(
                self.model, self._schema, self._members, self._limits(ours), self.base_iri, self.show_persons,
                self.store.engine.profile, state.fan_out if state else {},
            )
            for ours in (False, True)
        }  # fmt: skip

    def caches(self) -> Mapping[str, Recent[Any, Any]]:
        """The caches by their names, for whoever counts."""
        return {"documents": self._documents.kept, "plans": self._plans}

    def _limits(self, ours: bool) -> Limits:
        """The limits that hold for an operation."""
        return SHIPPED if ours else self.limits

    async def warm(self, operations: Iterable[Request]) -> None:
        """Plan and run each operation once, so that the first user need not wait for it."""
        await self.refresh()
        turns = asyncio.Semaphore(WARMED_AT_ONCE)

        async def once(request: Request) -> None:
            async with turns:
                response = await self.execute(request)
            if "errors" in response.result:
                log.warning("operation failed while warming", operation=request.operation_name)

        await asyncio.gather(*map(once, operations))

    async def execute(self, request: Request) -> Response:
        """The answer to a request; whatever goes wrong becomes an error of the response."""
        facts = Facts(time.perf_counter(), request.ours, request.operation_name)
        response = await self._answered(request, facts)
        if self.watcher is not None:
            facts.end(time.perf_counter(), response.result)
            if facts.digest is None and request.query:
                facts.digest = digest_of(request.query)
            self.watcher(facts)
        return response

    async def _answered(self, request: Request, facts: Facts) -> Response:
        try:
            prepared = await self.prepare(request, facts)
            if isinstance(prepared, list):
                return self._refused(prepared)
            return self.complete(prepared, await self.read(prepared))
        except (OperationError, GraphQLError) as error:
            return self._refused([error])
        except Exception as error:
            outcome = outcome_of(error)
            return Response({"errors": [formatted(error)], "data": None}, status=outcome.status)

    async def prepare(self, request: Request, facts: Facts | None = None) -> Prepared | list[GraphQLError]:
        """The plan of a request and the values it runs with, or the errors that refuse it; an
        OperationError where it asks for more than it may."""
        if not self._worlds:
            await self.refresh()
        facts = facts or Facts(time.perf_counter())
        made = self._documents.kept.misses, self._plans.misses
        limits = self._limits(request.ours)
        document = self._documents.of(request.query, limits, request.ours)
        if isinstance(document, list):
            return document
        operation = operation_of(document.tree, request.operation_name)
        facts.name = operation.name.value if operation.name else None
        facts.digest, facts.document_kept = document.digest, made[0] == self._documents.kept.misses
        shape = shape_of(
            self._schema,
            operation,
            request.variables or {},
            document.structural,
            document.simple[id(operation)],
            discreet=not self.introspection,
        )
        if isinstance(shape, list):
            return shape
        plan = self._plan(request, document, operation, shape)
        facts.plan_kept = made[1] == self._plans.misses
        parameters = plan.parameters(shape.coerced)
        facts.cost = plan.check(parameters, limits)
        return Prepared(request, document, plan, parameters, facts.cost, facts)

    def _plan(
        self, request: Request, document: Document, operation: OperationDefinitionNode, shape: Shape
    ) -> Plan:
        """The plan of a document for variables of this shape."""
        key = (document.digest, request.operation_name, request.ours, shape.key)
        plan = self._plans.get(key)
        if plan is None:
            world = self._worlds[request.ours]
            values = values_of(self._schema, operation, request.variables or {})
            assert not isinstance(values, list)  # they have a shape
            plan = compile_plan(world, document.tree, request.operation_name, values)
            self._plans.keep(key, plan, len(request.query or ""))
        return plan

    async def read(self, prepared: Prepared) -> Sequence[Reading]:
        """What the statements of a request say, all of it from one version of the dataset."""
        statements = prepared.plan.statements(prepared.parameters)
        prepared.facts.statements, prepared.facts.planned = statements, time.perf_counter()
        if not statements:
            return ()
        readings = await self.store.read_many(statements)
        self._seen = readings[0].version, time.monotonic()
        if readings[0].version != self._version:
            self._worlds = {}  # the next operation is planned with what the new dataset says of itself
        prepared.facts.read = time.perf_counter()
        return readings

    async def version(self, fresh: float) -> str | None:
        """The version that the store has, or had `fresh` seconds ago; None while a load commits."""
        if self._seen is None or time.monotonic() - self._seen[1] > fresh:
            version = await self.store.version()
            self._seen = None if version is None else (version, time.monotonic())
        return self._seen[0] if self._seen else None

    def complete(self, prepared: Prepared, readings: Sequence[Reading]) -> Response:
        """The response that the rows make: by the compiled answer, or by graphql-core where that declines."""
        version = readings[0].version if readings else None
        data = self._compiled(prepared, readings)
        if data is not None:
            return self._response(data, None, version, prepared.cost)
        result = self.executed(prepared, readings)
        return self._response(result.data, result.errors, version, prepared.cost)

    def _compiled(self, prepared: Prepared, readings: Sequence[Reading]) -> Any:
        """The data that the compiled answer makes; None, said in the log, where it is at a loss."""
        if prepared.plan.answer is None:
            return None
        try:
            data = prepared.plan.answered(readings, prepared.parameters)
        except Surprise as surprise:
            prepared.facts.compiled = False
            said = str(surprise) or "a value is not as the schema promises"
            log.warning("compiled answer at a loss", hash=prepared.document.digest, reason=said[:LONGEST])
            return None
        prepared.facts.compiled = True
        return data

    def executed(self, prepared: Prepared, readings: Sequence[Reading]) -> ExecutionResult:
        """What graphql-core makes of the rows."""
        return execute_sync(
            self._schema,
            prepared.document.tree,
            prepared.plan.decoded(readings, prepared.parameters),
            variable_values=dict(prepared.request.variables or {}),
            operation_name=prepared.request.operation_name,
        )

    def _response(
        self, data: Any, errors: list[GraphQLError] | None, version: str | None, cost: int
    ) -> Response:
        extensions: dict[str, Any] = {"cost": cost}
        if version:
            extensions["datasetVersion"] = version
        result: dict[str, Any] = {"data": data, "extensions": extensions}
        if not errors:
            return Response(result, version=version)
        outcomes = [outcome_of(cause_of(error)) for error in errors]
        worst = max(outcome.status for outcome in outcomes)
        result = {"errors": [formatted(error) for error in errors], **result}
        return Response(result, status=worst if worst >= 500 else 200, version=version)

    def _refused(self, errors: list[Any]) -> Response:
        """The answer to a request that is wrong in itself: errors and no data."""
        status = max(outcome_of(error).status for error in errors)
        return Response({"errors": [formatted(error) for error in errors]}, request_error=True, status=status)
