"""One table says what a client sees of an error; what is inside stays inside."""

import pytest
from graphql import GraphQLError

from graph.errors import StoreError, StoreTimeout, StoreUnavailable
from resolvers.errors import BadUserInput, QueryTooCostly, QueryTooDeep, QueryTooLarge, UnknownKind
from schema.errors import CODES, PersistedQueryNotFound, formatted, outcome_of

SECRET = "MATCH (n) at bolt://10.1.2.3:7687"


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (BadUserInput("x"), "BAD_USER_INPUT", 400),
        (UnknownKind("x"), "UNKNOWN_KIND", 400),
        (QueryTooLarge("x"), "QUERY_TOO_LARGE", 400),
        (QueryTooDeep("x"), "QUERY_TOO_DEEP", 400),
        (QueryTooCostly("x"), "QUERY_TOO_COSTLY", 400),
        (PersistedQueryNotFound("x"), "PERSISTED_QUERY_NOT_FOUND", 404),
        (StoreTimeout(SECRET), "TIMEOUT", 504),
        (StoreUnavailable(SECRET), "STORE_UNAVAILABLE", 503),
        (StoreError(SECRET), "STORE_UNAVAILABLE", 503),
        (GraphQLError("x"), "BAD_USER_INPUT", 400),
        (KeyError(SECRET), "INTERNAL", 500),
    ],
)
def test_each_error_has_a_code_and_a_status(error: Exception, code: str, status: int) -> None:
    assert (outcome_of(error).code, outcome_of(error).status) == (code, status)
    assert formatted(error)["extensions"]["code"] == code  # type: ignore[index] # it is a mapping
    assert code in CODES


@pytest.mark.parametrize("error", [StoreTimeout(SECRET), StoreUnavailable(SECRET), RuntimeError(SECRET)])
def test_a_failure_inside_is_masked_and_has_the_id_of_an_incident(error: Exception) -> None:
    shown = str(formatted(error))
    assert SECRET not in shown
    assert "incident" in shown
    wrapped = formatted(GraphQLError(SECRET, path=["a", 1], original_error=error))
    assert SECRET not in str(wrapped)
    assert wrapped["path"] == ["a", 1]


def test_a_mistake_of_the_user_keeps_its_words() -> None:
    assert formatted(BadUserInput("first: -1 is negative"))["message"] == "first: -1 is negative"
