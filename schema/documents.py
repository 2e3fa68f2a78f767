"""Documents that clients send: parsed, checked and validated once, and kept for the next request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
)

from resolvers.errors import BadUserInput
from resolvers.variables import Simple, simple_variables, structural_variables
from schema.limits import Limits, check_document, parsed
from schema.recent import Recent
from schema.validation import Rules, faults

DOCUMENTS = 500
CHARACTERS = 300_000  # of all documents that are kept: a parsed one takes some hundred bytes a character


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is valid: its tree, the SHA-256 of its text in hexadecimal, the names of the variables
    of which the values shape a statement, and what is simple of those of each operation, by its identity."""

    tree: DocumentNode
    digest: str
    structural: frozenset[str]
    simple: Mapping[int, Simple | None]


class Documents:
    """The documents of one schema; `rules` are those of validation."""

    def __init__(self, schema: GraphQLSchema, rules: Rules) -> None:
        self._schema = schema
        self._rules = tuple(rules)
        self.kept: Recent[tuple[str, bool], Document | list[GraphQLError]] = Recent(DOCUMENTS, CHARACTERS)

    def of(self, text: str | None, limits: Limits, ours: bool) -> Document | list[GraphQLError]:
        """The document, or what is wrong with it; an OperationError where it goes beyond the limits.

        `ours`: it is judged by other limits than those of clients, and is kept apart from theirs.
        """
        if not text:
            raise BadUserInput("there is no query: send the text of an operation as `query`")
        found = self.kept.get((text, ours))
        if found is None:
            found = self._read(text, limits)
            self.kept.keep((text, ours), found, len(text))
        return found

    def _read(self, text: str, limits: Limits) -> Document | list[GraphQLError]:
        try:
            tree = parsed(text, limits)
        except GraphQLSyntaxError as error:
            return [error.with_traceback(None)]  # it is kept, and need not keep the parser
        check_document(tree, limits)
        if errors := faults(self._schema, tree, self._rules):
            return errors
        operations = [one for one in tree.definitions if isinstance(one, OperationDefinitionNode)]
        simple = {id(one): simple_variables(self._schema, one) for one in operations}
        return Document(tree, digest_of(text), structural_variables(self._schema, tree), simple)


def digest_of(text: str) -> str:
    """The SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
