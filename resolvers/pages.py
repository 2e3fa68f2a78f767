"""Pages: their sizes, and cursors that name the position of a row and not its number."""

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NoBase64
from typing import Any

import orjson

from resolvers.errors import BadUserInput
from resolvers.limits import Limits


def fingerprint(scope: str, *values: Any) -> str:
    """What a cursor is bound to: the field, its order and its filter."""
    text = scope.encode() + orjson.dumps(values, option=orjson.OPT_SORT_KEYS, default=str)
    return hashlib.sha256(text).hexdigest()[:10]


def write_cursor(scope: str, key: Any, link: str | None) -> str:
    """The cursor of a row: opaque, and only good where it was given."""
    return urlsafe_b64encode(orjson.dumps([scope, key, link])).decode().rstrip("=")


def read_cursor(cursor: str, scope: str) -> tuple[Any, str | None]:
    """The position that a cursor names; a BadUserInput where it is none, or is one of another list."""
    try:
        found = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        given, key, link = found
    except (NoBase64, ValueError, TypeError):
        raise BadUserInput(
            f"{shortened(cursor)} is no cursor: pass on an endCursor, startCursor or cursor as it was given"
        ) from None
    if given != scope or not isinstance(key, str | int | float) or not isinstance(link, str | None):
        raise BadUserInput(
            f"the cursor {shortened(cursor)} is of another list: a cursor holds only for the same field "
            "with the same filter and order"
        )
    return key, link


def shortened(text: str) -> str:
    """A value as an error message quotes it."""
    return repr(text if len(text) <= 60 else text[:57] + "...")


def page_size(value: Any, limits: Limits, name: str) -> int:
    """The number of rows of a page; a BadUserInput outside 0 to the limit."""
    if value < 0:
        raise BadUserInput(f"{name}: {value} is negative: ask for 0 to {limits.page} rows")
    if value > limits.page:
        raise BadUserInput(
            f"{name}: {value} is more than the {limits.page} rows of a page: follow the cursors"
        )
    return int(value)
