"""Links to other datasets that follow from a property by a rule: all of them are declared here.

A link that no rule gives is not made up: there is none to Wikidata, since no source of the dataset names
an item there, and none by ITU's handles, whose numbers do not follow from that of a Recommendation.
"""

import re
from dataclasses import dataclass

from ontology.evidence import Form, Written
from ontology.model import Kind


@dataclass(frozen=True, slots=True)
class Linkset:
    """Links from the things of a kind to one other dataset.

    `field`: the property whose value takes the place of {} in `address`, if it is wholly of the `pattern`;
    `target`: the dataset that is linked to, `name` what it is called.
    """

    key: str
    kind: str
    field: str
    pattern: str
    address: str
    predicate: str
    target: str
    name: str
    description: str

    @property
    def written(self) -> Written:
        """The link as RDF has it."""
        return Written(self.key, (self.predicate,), Form.ADDRESS, self.description)

    def link(self, value: object) -> str | None:
        """Where a value of the property leads."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            return None
        return self.address.format(value)


LINKSETS = (
    Linkset(
        "eu-country",
        "Country",
        "iso3",
        r"[A-Z]{3}",
        "http://publications.europa.eu/resource/authority/country/{}",
        "skos:exactMatch",
        "http://publications.europa.eu/resource/authority/country",
        "Country authority table of the EU Publications Office",
        "The country in the authority table of the EU Publications Office, by its alpha-3 code.",
    ),
    Linkset(
        "itu-recommendation",
        "Recommendation",
        "number",
        r"[A-Z]\.[0-9]+(?:\.[0-9]+)?",
        "https://www.itu.int/rec/T-REC-{}",
        "rdfs:seeAlso",
        "https://www.itu.int/rec/",
        "ITU-T Recommendations at itu.int",
        "The page of ITU on the Recommendation with all its editions, by its number.",
    ),
)


def linksets_of(kind: Kind) -> tuple[Linkset, ...]:
    """The link sets that start at things of a kind."""
    return tuple(one for one in LINKSETS if one.kind == kind.name and one.field in kind.properties)
