"""Links to other datasets: only where the rule holds, and by predicates that say nothing else."""

import pytest

from ontology.linksets import LINKSETS
from ontology.mapping import mapping_of
from ontology.model import reference

BY_KEY = {one.key: one for one in LINKSETS}
EU = "http://publications.europa.eu/resource/authority/country"
ITU = "https://www.itu.int/rec"


@pytest.mark.parametrize(
    ("key", "value", "address"),
    [
        ("eu-country", "CHE", f"{EU}/CHE"),
        ("eu-country", "CH", None),
        ("eu-country", "CHE ", None),
        ("eu-country", None, None),
        ("itu-recommendation", "Y.3172", f"{ITU}/T-REC-Y.3172"),
        ("itu-recommendation", "G.984.1", f"{ITU}/T-REC-G.984.1"),
        ("itu-recommendation", "Y Suppl. 55", None),
        ("itu-recommendation", "Y.3172/Z", None),
    ],
)
def test_a_value_leads_on_only_where_the_rule_holds(key: str, value: str | None, address: str | None) -> None:
    assert BY_KEY[key].link(value) == address


def test_the_predicate_of_a_link_set_says_nothing_else_of_its_kind() -> None:
    mapping = mapping_of(reference())
    for one in LINKSETS:
        kind = mapping.kinds[one.kind]
        assert one in kind.linksets
        said = [term for prop in kind.properties for term in prop.terms]
        said += [term for link in kind.links for term in link.terms]
        assert one.predicate not in said


def test_link_sets_have_keys_and_targets_of_their_own() -> None:
    assert len(BY_KEY) == len(LINKSETS) == len({one.target for one in LINKSETS})
