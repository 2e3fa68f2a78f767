"""Constraints and indexes follow from the model, for either engine."""

import re

import pytest

from graph.ddl import definitions
from graph.engine import EMBEDDED, NEO4J, EngineProfile
from ontology.model import reference


def test_neo4j_gets_a_constraint_for_every_kind_and_type_of_link() -> None:
    text = "\n".join(definitions(reference(), NEO4J))
    for kind in reference().concrete:
        assert f"FOR (n:{kind.name}) REQUIRE n.id IS UNIQUE" in text
    for name in reference().link_types:
        assert f"FOR ()-[r:{name}]-() REQUIRE r.id IS UNIQUE" in text
    assert "FOR (n:Country) REQUIRE n.iso3 IS UNIQUE" in text
    assert "FOR (n:Conclusion) ON (n.k_date)" in text
    assert "`fulltext.analyzer`: 'cjk'" in text


def test_the_embedded_engine_gets_its_types_above_those_that_extend_them() -> None:
    defined: set[str] = set()
    for statement in definitions(reference(), EMBEDDED):
        if found := re.match(r"CREATE VERTEX TYPE `(\w+)` IF NOT EXISTS(?: EXTENDS (.+))?", statement):
            above = re.findall(r"`(\w+)`", found[2] or "")
            assert defined.issuperset(above), statement
            defined.add(found[1])
    assert defined.issuperset(reference().kinds)


@pytest.mark.parametrize("profile", [NEO4J, EMBEDDED], ids=lambda profile: profile.name)
def test_every_definition_may_be_run_again(profile: EngineProfile) -> None:
    assert all("IF NOT EXISTS" in one for one in definitions(reference(), profile))
