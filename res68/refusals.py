"""Requests that are not answered, in the one form that every refusal has.

* Refused: the request cannot be served as it is; the message says what would do
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from starlette.responses import Response

from res68.media import JSON


@dataclass(eq=False)  # not frozen: context managers set the traceback of what passes through them
class Refused(Exception):
    """A request that cannot be served as it is: the HTTP status, the code and what would do."""

    status: int
    message: str
    code: str = "BAD_USER_INPUT"
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, media_type: str = JSON) -> Response:
        """The refusal as a GraphQL response without data."""
        return error_response(self.status, self.message, {"code": self.code}, media_type, self.headers)


def error_response(
    status: int,
    message: str,
    extensions: Mapping[str, str],
    media_type: str = JSON,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """One error as a GraphQL response without data."""
    body = orjson.dumps({"errors": [{"message": message, "extensions": dict(extensions)}]})
    always = {"cache-control": "no-store"}
    return Response(body, status, {**always, **(headers or {})}, f"{media_type}; charset=utf-8")
