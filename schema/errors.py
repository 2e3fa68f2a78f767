"""The one table from what went wrong to the code and the HTTP status that a client sees.

A mistake of the user says which value is wrong. A failure inside is masked outside, with the id of an
incident under which it is logged whole.
"""

from dataclasses import dataclass
from uuid import uuid4

import structlog
from graphql import GraphQLError

from graph.errors import StoreError, StoreTimeout, StoreUnavailable
from resolvers.errors import (
    BadUserInput,
    OperationError,
    QueryTooCostly,
    QueryTooDeep,
    QueryTooLarge,
    UnknownKind,
)

log = structlog.get_logger("res68")


class PersistedQueryNotFound(OperationError):
    """A document is asked for by a hash that is not known here."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a client sees of an error: its code, and the HTTP status; `own` words, or those of the error."""

    code: str
    status: int
    words: str | None = None


INTERNAL = Outcome("INTERNAL", 500, "something went wrong here; the incident is recorded")
TABLE: tuple[tuple[type[Exception], Outcome], ...] = (
    (BadUserInput, Outcome("BAD_USER_INPUT", 400)),
    (UnknownKind, Outcome("UNKNOWN_KIND", 400)),
    (QueryTooLarge, Outcome("QUERY_TOO_LARGE", 400)),
    (QueryTooDeep, Outcome("QUERY_TOO_DEEP", 400)),
    (QueryTooCostly, Outcome("QUERY_TOO_COSTLY", 400)),
    (PersistedQueryNotFound, Outcome("PERSISTED_QUERY_NOT_FOUND", 404)),
    (
        StoreTimeout,
        Outcome(
            "TIMEOUT", 504, "the store took too long: ask for smaller pages, or for fewer links in a row"
        ),
    ),
    (
        StoreUnavailable,
        Outcome("STORE_UNAVAILABLE", 503, "the store does not answer now: try again in a moment"),
    ),
    (StoreError, Outcome("STORE_UNAVAILABLE", 503, "the store does not answer now: try again in a moment")),
    (GraphQLError, Outcome("BAD_USER_INPUT", 400)),
    (Exception, INTERNAL),
)
CODES = tuple(dict.fromkeys(outcome.code for _, outcome in TABLE))


def outcome_of(error: BaseException) -> Outcome:
    """The row of the table for an error: the first whose class it is of."""
    return next((outcome for kind, outcome in TABLE if isinstance(error, kind)), INTERNAL)


def cause_of(error: BaseException) -> BaseException:
    """What went wrong below a field of an answer; a document or variable that is wrong is its own cause."""
    if isinstance(error, GraphQLError) and error.original_error and error.path is not None:
        return error.original_error
    return error


def formatted(error: Exception) -> dict[str, object]:
    """An error as the response shows it, with its place in the document or in the answer where it has one."""
    cause = cause_of(error)
    outcome = outcome_of(cause)
    place = error.formatted if isinstance(error, GraphQLError) else {}
    found: dict[str, object] = {key: place[key] for key in ("locations", "path") if key in place}
    extensions: dict[str, object] = {"code": outcome.code}
    if outcome.words is not None:
        extensions["incident"] = recorded("operation failed", cause, outcome)
    message = outcome.words or (error.message if isinstance(error, GraphQLError) else str(error))
    return {"message": message, **found, "extensions": extensions}


def recorded(event: str, error: BaseException, outcome: Outcome) -> str:
    """Log a failure, and give the id of the incident. That a store is away or slow needs no traceback, which
    would be written for every request of that time."""
    incident = uuid4().hex[:12]
    if isinstance(error, StoreUnavailable | StoreTimeout):
        reason = f"{error} {error.__cause__ or ''}".rstrip()
        log.error(event, incident=incident, code=outcome.code, reason=reason)
    else:
        log.error(event, incident=incident, code=outcome.code, exc_info=error)
    return incident
