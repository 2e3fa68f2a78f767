"""Entity tags: what a client has already, and whether it is still the answer."""

import base64
import hashlib
from collections.abc import Iterable

import orjson


def strong_tag(parts: Iterable[object]) -> str:
    """A strong entity tag for all that an answer depends on."""
    said = orjson.dumps(list(parts), option=orjson.OPT_SORT_KEYS)
    digest = hashlib.sha256(said).digest()[:18]
    return f'"{base64.urlsafe_b64encode(digest).decode()}"'


def is_known(if_none_match: str | None, tag: str) -> bool:
    """Whether the client's If-None-Match has the tag."""
    if if_none_match is None:
        return False
    known = {entry.strip().removeprefix("W/") for entry in if_none_match.split(",")}
    return tag in known or "*" in known
