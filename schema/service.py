"""The way of an operation: limits, parse, validate, plan, one statement, rows, response."""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import structlog
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    execute_sync,
    specified_rules,
    validate,
)

from graph.store import Store
from ontology.model import Model
from resolvers.errors import BadUserInput, OperationError
from resolvers.operation import Plan, compile_plan, operation_of, shape_of, structural_variables
from resolvers.planner import World
from schema.errors import cause_of, formatted, outcome_of
from schema.limits import Limits, check_document, parsed
from schema.query import build_schema, concrete_types, graphql_schema

log = structlog.get_logger("res68")

SHIPPED = Limits()
WARMED_AT_ONCE = 4

K = TypeVar("K")
V = TypeVar("V")


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


class Recent(Generic[K, V]):
    """The values that were used last, at most so many."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The value, which counts as used now."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def keep(self, key: K, value: V) -> None:
        """Keep a value; the one that was not used longest makes room."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


class Service:
    """Answers operations from one store."""

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
        self._documents: Recent[tuple[str, bool], DocumentNode | list[GraphQLError]] = Recent(500)
        self._plans: Recent[Any, Plan] = Recent(500)
        self._worlds: dict[bool, World] = {}
        self._version: str | None = None
        rules = list(specified_rules)
        self._rules = rules if introspection else [*rules, NoSchemaIntrospectionCustomRule]

    def sdl(self) -> str:
        """The schema in GraphQL's own language."""
        return self._strawberry.as_str()

    async def refresh(self) -> None:
        """Learn what the plans need to know of the dataset that is loaded now, and forget the old plans."""
        state = await self.store.dataset()
        self._version = state.version if state else None
        self._plans = Recent(500)
        self._worlds = {
            ours: World(
                self.model, self._schema, self._members, self._limits(ours), self.base_iri, self.show_persons,
                self.store.engine.profile, state.fan_out if state else {},
            )
            for ours in (False, True)
        }  # fmt: skip

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
        try:
            return await self._answer(request)
        except (OperationError, GraphQLError) as error:
            return self._refused([error])
        except Exception as error:
            outcome = outcome_of(error)
            return Response({"errors": [formatted(error)], "data": None}, status=outcome.status)

    async def _answer(self, request: Request) -> Response:
        limits = self._limits(request.ours)
        document = self._document(request.query, limits, request.ours)
        if isinstance(document, list):
            return self._refused(document)
        operation = operation_of(document, request.operation_name)
        variables = dict(request.variables or {})
        structural = structural_variables(self._schema, document)
        shape = shape_of(self._schema, operation, variables, structural)
        if isinstance(shape, list):
            return self._refused(shape)
        plan = await self._plan(request, document, shape.key, shape.values)
        parameters = plan.parameters(shape.values.coerced)
        cost = plan.check(parameters, limits)
        rows, version = await self._rows(plan, parameters)
        result = execute_sync(
            self._schema, document, rows, variable_values=variables, operation_name=request.operation_name
        )
        return self._response(result.data, result.errors, version, cost)

    def _document(self, query: str | None, limits: Limits, ours: bool) -> DocumentNode | list[GraphQLError]:
        """The document, parsed and validated; or what is wrong with it."""
        if not query:
            raise BadUserInput("there is no query: send the text of an operation as `query`")
        found = self._documents.get((query, ours))
        if found is None:
            found = self._parsed(query, limits)
            self._documents.keep((query, ours), found)
        return found

    def _parsed(self, query: str, limits: Limits) -> DocumentNode | list[GraphQLError]:
        try:
            document = parsed(query, limits)
        except GraphQLSyntaxError as error:
            return [error.with_traceback(None)]  # it is kept, and need not keep the parser
        check_document(document, limits)
        return validate(self._schema, document, self._rules, max_errors=20) or document

    async def _plan(self, request: Request, document: DocumentNode, shape: Any, values: Any) -> Plan:
        """The plan of a document for variables of this shape."""
        if not self._worlds:
            await self.refresh()
        key = (request.query, request.operation_name, request.ours, shape)
        plan = self._plans.get(key)
        if plan is None:
            plan = compile_plan(self._worlds[request.ours], document, request.operation_name, values)
            self._plans.keep(key, plan)
        return plan

    async def _rows(self, plan: Plan, parameters: list[dict[str, Any]]) -> tuple[dict[str, Any], str | None]:
        """What the roots want, under their keys, and the dataset version that it was read from."""
        statements = plan.statements(parameters)
        if not statements:
            return {}, None
        if len(statements) == 1:
            readings = [await self.store.read(statements[0])]
        else:
            readings = await self.store.read_many(statements)
        if readings[0].version != self._version:
            self._worlds = {}  # the next operation is planned with what the new dataset says of itself
        return plan.decoded(readings, parameters), readings[0].version

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
