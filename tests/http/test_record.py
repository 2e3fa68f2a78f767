"""The query behind the record of a thing: within the limits for every kind, and all that is known."""

import pytest
from graphql import Lexer, Source, TokenKind, parse

from ontology.model import Kind, reference
from res68.record import LINK_QUERY, thing_query
from resolvers.limits import Limits
from schema.limits import check_document

KINDS = pytest.mark.parametrize("kind", reference().concrete, ids=lambda kind: kind.name)


def tokens(text: str) -> int:
    lexer, count = Lexer(Source(text)), 0
    while lexer.advance().kind is not TokenKind.EOF:
        count += 1
    return count


@KINDS
def test_the_query_of_a_kind_is_within_the_limits_by_default(kind: Kind) -> None:
    query = thing_query(reference(), kind)
    assert tokens(query) <= Limits().tokens
    check_document(parse(query), Limits())


def test_the_query_of_a_link_is_within_the_limits_by_default() -> None:
    check_document(parse(LINK_QUERY), Limits())
