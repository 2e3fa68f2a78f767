"""How things, links and sources are named: the grammar of ids and the keys that are computed."""

import hashlib
import re
from base64 import b32encode
from urllib.parse import urlsplit

DOTS = r"\.\.?(?:/|\Z)"  # a segment of dots alone would be taken for a step in a path
ID = re.compile(
    rf"(?P<kind>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<key>(?!{DOTS})[A-Za-z0-9._~-]+(?:/(?!{DOTS})[A-Za-z0-9._~-]+)*)"
)
MAX_ID = 250


def short_hash(text: str) -> str:
    """The first 12 base32 characters, in lower case, of the SHA-256 of `text`."""
    return b32encode(hashlib.sha256(text.encode()).digest()).decode()[:12].lower()


def source_id(url: str) -> str:
    """The id of the Source with this address: its host without www, and a short hash of the address."""
    host = (urlsplit(url).hostname or "unknown").removeprefix("www.")
    return f"source/{host}/{short_hash(url)}"


def link_id(start: str, link_type: str, end: str, qualifiers: tuple[str, ...] = ()) -> str:
    """The id of a link: found through its start node, and the same at every load.

    `link_type` is the relationship type (LED_TO); `qualifiers` are the values of the
    properties that tell two links of one type between the same two ends apart.
    """
    return f"link/{start}/{kebab(link_type)}/{short_hash(chr(1).join((end, *qualifiers)))}"


def kebab(name: str) -> str:
    """`LED_TO`, `StudyGroup` and `studyGroup` in kebab case: led-to, study-group."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).replace("_", "-").lower()


def camel(name: str) -> str:
    """`led-to` or `LED_TO` in Pascal case: LedTo."""
    return "".join(part.capitalize() for part in re.split(r"[-_]", name))
