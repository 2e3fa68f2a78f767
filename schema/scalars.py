"""The scalars of the API beside GraphQL's own."""

from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from ontology.values import partial_date, url

PartialDate = NewType("PartialDate", str)
URL = NewType("URL", str)


def parse_date(value: object) -> str:
    """A date cut at its precision, as it came in."""
    return partial_date(value)


def parse_url(value: object) -> str:
    """An address, as it came in."""
    return url(value)


SCALARS: dict[object, ScalarDefinition] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="An ISO 8601 date with the precision that is known: 2012, 2012-11, 2012-11-19.",
        serialize=str,
        parse_value=parse_date,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An address: an IRI of the scheme http or https.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3987",
        serialize=str,
        parse_value=parse_url,
    ),
}
