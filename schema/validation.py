"""Validation that ends in time: the rules of GraphQL, where the one that compares fields has a budget."""

from collections.abc import Sequence

from graphql import (
    ASTValidationRule,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    OverlappingFieldsCanBeMergedRule,
    ValidationContext,
    specified_rules,
    validate,
)
from graphql.validation.validate import ValidationAbortedError

from resolvers.errors import QueryTooLarge

ERRORS = 20
# Each two fields of one key are compared, and all that is below them: 2,000 tokens can take seconds.
# A document that names a field once in a place needs none; eighty times the same list need this many.
COMPARISONS = 25_000

Rules = Sequence[type[ASTValidationRule]]


class Overlapping(OverlappingFieldsCanBeMergedRule):
    """Two fields of one key can be merged; gives up sooner than the library."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rule_context.remaining_complexity_budget = COMPARISONS


def rules(*, introspection: bool) -> Rules:
    """The rules that documents must fulfil."""
    own = [Overlapping if rule is OverlappingFieldsCanBeMergedRule else rule for rule in specified_rules]
    return own if introspection else [*own, NoSchemaIntrospectionCustomRule]


def faults(schema: GraphQLSchema, document: DocumentNode, rules: Rules) -> list[GraphQLError]:
    """What is wrong with a document; a QueryTooLarge where that would take too long to find."""
    hidden = NoSchemaIntrospectionCustomRule in rules  # a name that is nearly right would show those that are
    found = validate(schema, document, rules, max_errors=ERRORS, hide_suggestions=hidden)
    if len(found) == 1 and isinstance(found[0], ValidationAbortedError):
        raise QueryTooLarge(
            "the document repeats the same fields too often, or nests fragments too deeply: "
            "write each field once in a place"
        )
    return found
