"""What a store says of its dataset: counts, languages and the history of its loads, on both engines."""

from pathlib import Path
from shutil import copytree

import pytest

from graph.dataset import read
from graph.engine import Engine
from graph.load import load
from ontology.model import reference
from schema.service import Service
from tests.graph.served import ENGINES, FOLLOWED, data, refusal, service_in

FACTS = """{ dataset {
  version modelVersion loadedAt licence languages
  kinds { kind count }
  linkTypes { type count stated inferred unverified }
} }"""
LOADS = "query($first: Int! = 10) { dataset { loads(first: $first) { version at created changed removed } } }"


@pytest.fixture(params=ENGINES)
def here(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture
async def service(here: Engine) -> Service:
    return await service_in(here)


async def test_the_dataset_is_counted_by_kind_and_by_type_and_strength(service: Service) -> None:
    facts = (await data(service, FACTS))["dataset"]
    dataset = read([FOLLOWED], reference())
    assert facts["version"] == dataset.version
    assert facts["modelVersion"] == reference().version
    assert facts["licence"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert facts["languages"] == ["EN", "FR", "RU", "ZH", "AR"]
    kinds = {one["kind"]: one["count"] for one in facts["kinds"]}
    assert len(kinds) == len(reference().concrete)
    assert (kinds["CONCLUSION"], kinds["MEETING"], kinds["COUNTRY"]) == (7, 2, 0)
    assert sum(kinds.values()) == len(dataset.things)
    types = {one["type"]: one for one in facts["linkTypes"]}
    assert types["LED_TO"] == {"type": "LED_TO", "count": 7, "stated": 4, "inferred": 2, "unverified": 1}
    assert sum(one["count"] for one in types.values()) == len(dataset.links)
    assert all(one["count"] == one["stated"] + one["inferred"] + one["unverified"] for one in types.values())


async def test_loads_are_told_with_what_they_changed_the_last_one_first(
    service: Service, tmp_path: Path
) -> None:
    changed = copytree(FOLLOWED, tmp_path / "changed") / "records.yaml"
    text = changed.read_text(encoding="utf-8")
    text = text.replace("{en: Nobody should worry", "{en: Everybody should worry")
    changed.write_text(text.partition("- id: recommendation/")[0], encoding="utf-8")
    dataset = read([changed.parent], reference())
    await load(service.store, dataset, reference())
    last, before = (await data(service, LOADS, first=2))["dataset"]["loads"]
    assert last["version"] == dataset.version
    assert (last["created"], last["changed"], last["removed"]) == (0, 1, 4)  # two things with a link each
    assert last["at"] >= before["at"]
    assert before["version"] == read([FOLLOWED], reference()).version


async def test_the_number_of_loads_is_bounded(service: Service) -> None:
    assert len((await data(service, LOADS, first=1))["dataset"]["loads"]) == 1
    assert (await data(service, LOADS, first=0))["dataset"]["loads"] == []
    assert "201 is more" in await refusal(service, LOADS, first=201)
