"""A request of the SPARQL protocol, taken apart and checked: a query and the graphs to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from res68.media import content_type
from res68.parameters import body_of
from res68.refusals import Refused
from res68.sparql.formats import SHORT

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = "There is nothing to write here: this endpoint answers queries only."
PARAMETERS = 100
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that the protocol names for it, and the short name of a format."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]
    format: str | None

    @property
    def names_graphs(self) -> bool:
        """Whether the request says which graphs to ask, which goes before what the query says."""
        return bool(self.default or self.named)


async def asked(request: Request, limit: int, seconds: float) -> Asked | None:
    """What a request asks; None where it is a GET without a query. Refused where it cannot be answered."""
    pairs = _pairs(request.url.query.encode(), "The address")
    if request.method != "POST":
        return _of(pairs) if _values(pairs, "query", "update") else None
    sent = content_type(request.headers.get("content-type"))
    if sent is None or sent.media_type not in (FORM, QUERY, UPDATE):
        what = f"not {sent.media_type[:100]}" if sent else "and the request names no type"
        raise Refused(415, f"The body must be {FORM} or {QUERY}, {what}.")
    if sent.charset not in (None, "utf-8", "utf8"):
        raise Refused(415, f"The body must be written in UTF-8, not {sent.charset[:100]}.")
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        raise Refused(415, f"The body must be sent as it is, not as {coding[:100]}.")
    if sent.media_type == UPDATE:
        raise Refused(403, READ_ONLY)
    body = await body_of(request, limit, seconds)
    if sent.media_type == FORM:
        return _of([*pairs, *_pairs(body, "The body")])
    try:
        query = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"The body is not UTF-8: byte {error.start} cannot be read.") from error
    return _of([*pairs, ("query", query)])


def _of(pairs: Pairs) -> Asked:
    if _values(pairs, "update"):
        raise Refused(403, READ_ONLY)
    queries = _values(pairs, "query")
    if len(queries) != 1:
        raise Refused(400, f"The request has {len(queries) or 'no'} queries: give one, as query=...")
    short = next(iter(_values(pairs, "format", "output")), None) or None
    if short is not None and short not in SHORT:
        raise Refused(400, f"format={short[:40]!r} is not known: use one of {', '.join(SHORT)}.")
    return Asked(
        queries[0],
        tuple(_values(pairs, "default-graph-uri")),
        tuple(_values(pairs, "named-graph-uri")),
        short,
    )


def _values(pairs: Pairs, *names: str) -> list[str]:
    return [value for name, value in pairs if name in names]


def _pairs(text: bytes, where: str) -> Pairs:
    try:
        plain = text.decode()
        return parse_qsl(plain, keep_blank_values=True, errors="strict", max_num_fields=PARAMETERS)
    except UnicodeDecodeError:
        raise Refused(400, f"{where} is not UTF-8 once it is decoded.") from None
    except ValueError:
        raise Refused(400, f"{where} has more than {PARAMETERS} parameters.") from None
