"""The checks of concept schemes find what is planted; those of vocabularies have none of it."""

import pyoxigraph
import pytest

from ontology.publishing import published
from tests.ontology.skos_checks import CHECKS, found, planted

OF_RECORDS = "a scheme has no top concept"  # the concepts of a kind are records and stand in the export


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_is_planted(name: str) -> None:
    assert found(planted(name), name)


@pytest.mark.parametrize("name", [name for name in CHECKS if name != OF_RECORDS])
def test_the_schemes_of_vocabularies_are_sound(name: str) -> None:
    store = pyoxigraph.Store()
    store.load(published("res68.ttl").read_bytes(), format=pyoxigraph.RdfFormat.TURTLE)
    assert found(store, name) == []
