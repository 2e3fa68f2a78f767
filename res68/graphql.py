"""GraphQL over HTTP: the view behind /graphql, which is GraphiQL to a browser that asks for nothing."""

import json
from collections.abc import Mapping
from dataclasses import replace

import orjson
from graphql import GraphQLSyntaxError, OperationType, get_operation_ast
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from res68.kept import Kept
from res68.media import GRAPHQL, HTML, JSON, accepted, best
from res68.pages.graphiql import graphiql_page
from res68.parameters import from_address, from_body
from res68.refusals import Refused
from res68.running import Running, running
from res68.tags import is_known, strong_tag
from res68.telemetry.visit import VISIT
from resolvers.errors import OperationError
from schema.errors import formatted, outcome_of
from schema.limits import parsed
from schema.service import Request as Operation
from schema.service import Response as Answer

METHODS = ("GET", "HEAD", "POST")
VARY = {"vary": "Accept"}


async def graphql(request: Request) -> Response:
    """Answer one GraphQL request, whatever is wrong with it."""
    media_type = JSON
    try:
        _check_method(request)
        here = running(request)
        media_type = _media_type(request, here)
        if media_type == HTML:
            return graphiql_page(request, here.model, here.gallery)
        return await _answer(request, here, media_type)
    except Refused as refused:
        response = refused.response(media_type)
        response.headers["vary"] = "Accept"
        return response
    except ClientDisconnect:
        return Response(status_code=400)


async def _answer(request: Request, here: Running, media_type: str) -> Response:
    if request.method == "POST":
        limits = here.settings.limit_body, here.settings.limit_body_seconds
        answer = await _executed(here, await from_body(request, *limits))
        return _whole(answer, encoded(answer.result), media_type)
    key = request.url.query, media_type
    kept = await here.answers.find(key)
    if kept is not None:
        _cached()
        return _got(request, here, kept, media_type)
    operation = from_address(request.query_params)
    answer = await _executed(here, operation)
    body = encoded(answer.result)
    tag = _tag(here, operation, answer, media_type)
    if tag is None or answer.version is None:
        return _whole(answer, body, media_type)
    kept = Kept(answer.version, tag, body)
    here.answers.keep(key, kept)
    return _got(request, here, kept, media_type)


def _got(request: Request, here: Running, answer: Kept, media_type: str) -> Response:
    """The response to a GET that has a whole answer, or that the client has it already."""
    headers = {**VARY, "cache-control": here.settings.cache_control, "etag": answer.tag}
    if is_known(request.headers.get("if-none-match"), answer.tag):
        return Response(status_code=304, headers=headers)
    return Response(answer.body, 200, headers, f"{media_type}; charset=utf-8")


def _whole(answer: Answer, body: bytes, media_type: str) -> Response:
    """The response that nobody may keep."""
    headers = {**VARY, "cache-control": "no-store"}
    if answer.mutation_by_get:
        headers["allow"] = "POST"
    return Response(body, _status(answer, media_type), headers, f"{media_type}; charset=utf-8")


def _cached() -> None:
    """Note for the log that the answer comes from memory."""
    visit = VISIT.get()
    if visit is not None:
        visit.cached = True


async def _executed(here: Running, operation: Operation) -> Answer:
    try:
        operation = here.trusted.resolve(operation)
    except OperationError as error:
        return Answer({"errors": [formatted(error)]}, request_error=True, status=outcome_of(error).status)
    answer = await here.service.execute(operation)
    if answer.request_error and operation.method == "GET" and _is_mutation(operation, here):
        return replace(answer, mutation_by_get=True)
    return answer


def _is_mutation(operation: Operation, here: Running) -> bool:
    try:
        document = parsed(operation.query or "", here.settings.limits)
        found = get_operation_ast(document, operation.operation_name)
    except (GraphQLSyntaxError, OperationError):
        return False
    return found is not None and found.operation is OperationType.MUTATION


def encoded(result: Mapping[str, object]) -> bytes:
    """A response as JSON; what orjson refuses (halves of characters, huge numbers) is written escaped."""
    try:
        return orjson.dumps(result)
    except TypeError:
        return json.dumps(result).encode("ascii")


def _check_method(request: Request) -> None:
    if request.method not in METHODS:
        raise Refused(
            405,
            f"{request.method} is not possible here: use GET or POST.",
            headers={"allow": ", ".join(METHODS)},
        )


def _media_type(request: Request, here: Running) -> str:
    """The media type of the answer; HTML when a browser opens the address without a query."""
    accept = accepted(request.headers)
    asks = request.method == "POST" or {"query", "extensions"} & request.query_params.keys()
    page = here.settings.graphiql and not asks
    found = best(accept, (HTML, GRAPHQL, JSON) if page else (GRAPHQL, JSON))
    if found is None:
        raise Refused(406, f"The answer is {GRAPHQL} or {JSON}: accept one of them.", headers=VARY)
    return found


def _status(answer: Answer, media_type: str) -> int:
    if answer.mutation_by_get:
        return 405
    if answer.request_error:
        return answer.status if media_type == GRAPHQL else 200
    return answer.status


def _tag(here: Running, operation: Operation, answer: Answer, media_type: str) -> str | None:
    """The entity tag of a whole answer to a GET; errors have none."""
    if (
        operation.method != "GET"
        or answer.version is None
        or answer.request_error
        or answer.result.get("errors")
    ):
        return None
    return strong_tag(
        (
            answer.version,
            here.model.version,
            here.settings.base,
            here.settings.show_persons,
            media_type,
            operation.query,
            operation.variables,
            operation.operation_name,
        )
    )
