"""A representation as a response: its entity tag, its coding, whether the client has it already."""

import gzip
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from starlette.requests import Request
from starlette.responses import Response

from res68.media import accepted, best_coding
from res68.tags import is_known, strong_tag

CODINGS = ("gzip",)
WORTH_CODING = 1_000  # bytes below which gzip gains nothing
REVALIDATED = "no-cache"  # may be kept, and is asked about each time


def represented(
    request: Request,
    body: bytes,
    media_type: str,
    *,
    modified: str | None = None,
    vary: str = "Accept",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The response with this body, or 304 where the client has it.

    The tag is a hash of what is sent, so that two forms, or two codings of one form, never share it.
    `modified` is a time in ISO 8601. It is told and never asked about: that a link is gone changes a
    document and leaves no time behind.
    """
    coding = best_coding(accepted(request.headers, "accept-encoding"), CODINGS)
    coding = coding if len(body) >= WORTH_CODING else None
    tag = strong_tag([media_type, coding, hashlib.sha256(body).hexdigest()])
    told = {"cache-control": REVALIDATED, **(headers or {}), "etag": tag, "vary": _and_coding(vary)}
    if is_known(accepted(request.headers, "if-none-match"), tag):
        return Response(status_code=304, headers=told)
    if modified:
        told["last-modified"] = format_datetime(datetime.fromisoformat(modified).astimezone(UTC), usegmt=True)
    if coding:
        body, told["content-encoding"] = gzip.compress(body, 6, mtime=0), coding
    return Response(body, 200, told, _with_charset(media_type))


def _and_coding(vary: str) -> str:
    return f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"


def _with_charset(media_type: str) -> str:
    """Types that take a character set say that theirs is UTF-8."""
    takes = media_type.startswith("text/") or media_type == "application/json"
    return f"{media_type}; charset=utf-8" if takes and "charset" not in media_type else media_type
