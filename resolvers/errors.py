"""What can be wrong with an operation that is valid GraphQL.

* OperationError
  * BadUserInput: a value that means nothing here
  * UnknownKind: an id of a kind that does not exist
  * QueryTooLarge: more text, fields, aliases, directives or conditions than allowed
  * QueryTooDeep: more links in a row than allowed
  * QueryTooCostly: more to read than allowed
"""


class OperationError(Exception):
    """An operation that cannot be answered; the message says which value is wrong and what would be right."""


class BadUserInput(OperationError):
    """A value that means nothing here."""


class UnknownKind(OperationError):
    """An id whose kind does not exist."""


class QueryTooLarge(OperationError):
    """More text, fields, aliases, directives or conditions than allowed."""


class QueryTooDeep(OperationError):
    """More links in a row than allowed."""


class QueryTooCostly(OperationError):
    """More to read than allowed."""
