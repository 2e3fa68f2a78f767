"""What is known of one thing or link: all links both ways, with bounds, and the names of what is around."""

from pathlib import Path

import pytest

from graph.description import Description, description, known
from graph.dump import stored_dataset
from graph.load import load
from graph.store import Store
from graph.triples import Here, Literal, Name
from ontology.mapping import RdfMapping, mapping_of
from ontology.model import reference
from tests.graph.small import SMALL, dataset

MEETING, CONCLUSION, ACTION = "meeting/CTO-2009", "conclusion/CTO-2009-C1", "action/CTO-2009-F1"
SEAT = """\
- id: organization/x
  name: {en: X}
  organizationType: company
- id: participation/CTO-2009-x
  capacity: participant
  representative: A. Person
  meeting: meeting/CTO-2009
  organization: organization/x
"""


@pytest.fixture
def mapping() -> RdfMapping:
    """The mapping of our own model."""
    return mapping_of(reference())


@pytest.fixture
async def small(store: Store, data: Path) -> Store:
    """A store with the small dataset."""
    await load(store, dataset(data, SMALL), reference())
    return store


async def whole(store: Store, mapping: RdfMapping, name: str, most: int = 200) -> Description:
    """The description of what is there."""
    found = await description(store, mapping, name, persons=True, most=most)
    assert found is not None
    return found


async def test_a_thing_is_described_with_its_links_both_ways(small: Store, mapping: RdfMapping) -> None:
    found = await whole(small, mapping, ACTION)
    away = {s for s, p, o in found.triples if p == "rdf:subject" and o == Here(ACTION)}
    here = {s for s, p, o in found.triples if p == "rdf:object" and o == Here(ACTION)}
    assert {name.rpartition("/")[0] for name in away} == {f"link/{ACTION}/taken-by"}
    assert {name.rpartition("/")[0] for name in here} == {f"link/{CONCLUSION}/led-to"}
    assert (min(here), "r68:strength", Name("r68:strength-stated")) in found.triples
    assert (min(here), "dcterms:date", Literal("2010-02", "xsd:gYearMonth")) in found.triples
    assert (found.shown, found.incoming) == (1, 1)


async def test_what_is_around_a_thing_has_its_labels(small: Store, mapping: RdfMapping) -> None:
    found = await whole(small, mapping, ACTION)
    labelled = {subject for subject, predicate, _ in found.triples if predicate == "rdfs:label"}
    groups = {"study-group/SG13", "study-group/SG5"}
    assert labelled == {ACTION, CONCLUSION, *groups, "source/example.org/b2b3c4d5e6f7"}


async def test_links_that_lead_to_a_thing_are_bounded_and_counted(small: Store, mapping: RdfMapping) -> None:
    none, one = await whole(small, mapping, ACTION, 0), await whole(small, mapping, ACTION, 1)
    assert (none.shown, none.incoming) == (0, 1)
    assert (one.shown, one.incoming) == (1, 1)
    assert set(none.triples) < set(one.triples)


async def test_everything_of_the_dataset_can_be_described_by_one_statement_each(
    small: Store, mapping: RdfMapping
) -> None:
    stored = await stored_dataset(small, reference())
    for name in (*stored.things, *stored.links):
        sent = small.statements_sent
        found = await whole(small, mapping, name)
        assert small.statements_sent == sent + 1
        assert (found.known.id, found.version) == (name, stored.version)
        assert found.modified.startswith("20")
        assert len(found.triples) == len(set(found.triples))
        assert (name, "rdf:type", Name(found.known.types[0])) in found.triples


async def test_what_an_outgoing_link_says_is_what_its_own_description_says(
    small: Store, mapping: RdfMapping
) -> None:
    for name, link in (await stored_dataset(small, reference())).links.items():
        alone, start, end = [await whole(small, mapping, one) for one in (name, link.start, link.end)]
        said = [triple for triple in alone.triples if triple[0] == name]
        assert len(said) > 5
        assert set(said) <= set(start.triples)
        assert set(said) <= set(end.triples)


async def test_a_thing_is_known_by_its_mentions(small: Store, mapping: RdfMapping) -> None:
    found = await known(small, mapping, "meeting/CTO-09")
    assert found is not None
    assert found.id == MEETING
    assert found.types[0] == "r68:Meeting"


async def test_what_is_not_there_is_not_known(small: Store, mapping: RdfMapping) -> None:
    for name in ("meeting/none", "link/meeting/none/led-to/a", "link/x", "thing/x", "nothing/x", "x"):
        assert await known(small, mapping, name) is None
        assert await description(small, mapping, name, persons=True) is None


async def test_names_of_persons_can_be_left_out(store: Store, data: Path, mapping: RdfMapping) -> None:
    await load(store, dataset(data, SMALL, SEAT), reference())
    for persons in (True, False):
        found = await description(store, mapping, "participation/CTO-2009-x", persons=persons)
        assert found is not None
        assert (Literal("A. Person") in {value for _, _, value in found.triples}) == persons
