"""The parameters of a GraphQL request, read from an address or from a body and checked one by one."""

from collections.abc import Mapping
from typing import Literal

import orjson
from starlette.datastructures import QueryParams
from starlette.requests import Request

from graph.rounds import Deadline
from res68.media import JSON, content_type
from res68.refusals import Refused
from res68.running import running
from schema.service import Request as Operation

NAMES = ("query", "variables", "operationName", "extensions")
NO_QUERY = 'The request has no query: send {"query": "{ dataset { version } }"}.'
WORDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", type(None): "null"}


def from_address(parameters: QueryParams) -> Operation:
    """The operation that the query string of a GET asks for."""
    given: dict[str, object] = {}
    for name in NAMES:
        values = parameters.getlist(name)
        if len(values) > 1:
            raise Refused(400, f"{name} is given {len(values)} times: give it once.")
        if values and values[0]:
            given[name] = values[0] if name in ("query", "operationName") else _json(values[0], name)
    return operation(given, "GET")


async def from_body(request: Request, limit: int, seconds: float) -> Operation:
    """The operation that the body of a POST asks for."""
    _check_type(request)
    given = _json(await body_of(request, limit, seconds), "The body")
    if not isinstance(given, dict):
        raise Refused(
            400, f"The body must be one JSON object, not {word(given)}: send one request at a time."
        )
    return operation(given, "POST")


def operation(given: Mapping[str, object], method: Literal["GET", "POST"]) -> Operation:
    """The parameters as an operation, once each has the type that it must have."""
    query = _text(given, "query")
    extensions = _mapping(given, "extensions")
    if not query and "persistedQuery" not in (extensions or {}):
        raise Refused(400, NO_QUERY)
    return Operation(
        query=query or None,
        variables=_mapping(given, "variables"),
        operation_name=_text(given, "operationName") or None,
        extensions=extensions,
        method=method,
    )


def word(value: object) -> str:
    """What kind of JSON value something is, in words."""
    return WORDS.get(type(value), "a number")


def _check_type(request: Request) -> None:
    sent = content_type(request.headers.get("content-type"))
    if sent is None or sent.media_type != JSON:
        what = f"not {sent.media_type[:100]}" if sent else "and the request names no type"
        raise Refused(415, f"The body must be {JSON}, {what}.")
    if sent.charset not in (None, "utf-8", "utf8"):
        raise Refused(415, f"The body must be written in UTF-8, not {sent.charset[:100]}.")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise Refused(415, f"The body must be sent as it is, not as {coding[:100]}.")


async def body_of(request: Request, limit: int, seconds: float) -> bytes:
    """The body, read no further than the limit in bytes and waited for no longer than these seconds."""
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise _too_large(limit)
    body = bytearray()
    try:
        with Deadline(running(request).rounds, seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > limit:
                    raise _too_large(limit)
    except TimeoutError as error:
        late = f"The body did not come whole within {seconds:g} seconds: {len(body):,} bytes did."
        raise Refused(408, late, "TIMEOUT", {"connection": "close"}) from error
    return bytes(body)


def _too_large(limit: int) -> Refused:
    return Refused(413, f"The body is larger than {limit:,} bytes.", "QUERY_TOO_LARGE")


def _json(text: str | bytes, name: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(400, f"{name} cannot be read as JSON: {error}.") from error
    return value


def _text(given: Mapping[str, object], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise Refused(400, f"{name} must be a text, not {word(value)}.")
    return value


def _mapping(given: Mapping[str, object], name: str) -> dict[str, object] | None:
    value = given.get(name)
    if value is not None and not isinstance(value, dict):
        raise Refused(400, f"{name} must be an object, not {word(value)}.")
    return value
