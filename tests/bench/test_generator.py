"""What the benchmark measures on: generated datasets that are valid, repeatable, and of the real shapes."""

import re
from collections import Counter
from pathlib import Path

import pytest

from bench.generator import Generator, moved, write
from bench.shapes import FIXED, Record, kind_key, real_records
from graph.content import Dataset
from graph.dataset import check
from ontology.model import Model, reference

DATA = Path(__file__).parents[2] / "data"
TIMES = 3


@pytest.fixture(scope="module")
def model() -> Model:
    return reference()


@pytest.fixture(scope="module")
def real(model: Model) -> Dataset:
    found = check([DATA], model).dataset
    assert found is not None
    return found


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return real_records(DATA)


@pytest.fixture(scope="module")
def generated(records: list[Record], model: Model, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    directory = tmp_path_factory.mktemp("generated")
    write(Generator(records, model).dataset(TIMES), directory)
    report = check([directory], model)
    assert not report.violations, report.violations[0]
    assert not report.warnings
    assert report.dataset is not None
    return report.dataset


def test_once_the_size_is_the_real_dataset(
    records: list[Record], real: Dataset, model: Model, tmp_path: Path
) -> None:
    write(Generator(records, model).dataset(1), tmp_path)
    again = check([tmp_path], model).dataset
    assert again is not None
    assert again.version == real.version


def test_every_kind_grows_except_what_the_world_has_only_so_many_of(
    real: Dataset, generated: Dataset
) -> None:
    before, after = (Counter(kind_key(name) for name in one.things) for one in (real, generated))
    assert after == {kind: count if kind in FIXED else TIMES * count for kind, count in before.items()}


def test_things_have_as_many_links_of_each_type_and_strength_as_the_real_ones(
    real: Dataset, generated: Dataset
) -> None:
    assert fan_outs(generated) == {key: TIMES * count for key, count in fan_outs(real).items()}


def fan_outs(dataset: Dataset) -> Counter[tuple[str, str, str | None, int]]:
    """How many things of a kind have how many links of a type and a strength, at either end."""
    around: Counter[tuple[str, str, str | None]] = Counter()
    for link in dataset.links.values():
        for thing, link_type in ((link.start, link.type), (link.end, f"inverse of {link.type}")):
            if kind_key(thing) not in FIXED and link.type != "OPENED_BY":  # a period is opened once
                around[thing, link_type, link.strength] += 1
    return Counter(
        (kind_key(thing), link_type, strength, count)
        for (thing, link_type, strength), count in around.items()
    )


def test_a_generated_thing_is_linked_within_its_own_world(generated: Dataset) -> None:
    for link in generated.links.values():
        if not {kind_key(link.start), kind_key(link.end)} & FIXED:
            assert world_of(link.start, generated) == world_of(link.end, generated), link.id


def world_of(thing: str, dataset: Dataset) -> str:
    """The mark of the world in an id, or in the address of a source; nothing for a real thing."""
    if thing.startswith("source/"):
        return str(dataset.things[thing].values["url"]).partition("x=")[2]
    found = re.match(r"[a-z-]+/x(\d+)-", thing)
    return found[1] if found else ""


def test_texts_are_as_long_and_in_the_same_languages(real: Dataset, generated: Dataset) -> None:
    for name, thing in real.things.items():
        other = generated.things.get(moved(name, 1))
        for field, value in thing.values.items() if other else ():
            if isinstance(value, dict) and field != "abbreviation":
                given = other.values[field] if other else None
                assert isinstance(given, dict)
                assert {key: size(text, key) for key, text in given.items()} == {
                    key: size(text, key) for key, text in value.items()
                }


def size(text: str, language: str) -> int:
    """The number of words; of Chinese, whose pairs join without a mark, nothing."""
    return len(text.split()) if language != "zh" else 0


def test_names_of_persons_do_not_come_again(real: Dataset, generated: Dataset) -> None:
    assert "representative" in real.things["participation/GSS-2008/tsb"].values
    again = generated.things["participation/x1-GSS-2008/tsb"].values["representative"]
    assert str(again).startswith("person ")


def test_the_same_seed_gives_the_same_and_another_seed_something_else(
    records: list[Record], model: Model
) -> None:
    first = list(Generator(records, model, seed=1).dataset(2))
    assert first == list(Generator(records, model, seed=1).dataset(2))
    assert first != list(Generator(records, model, seed=2).dataset(2))


def test_a_world_is_the_same_in_datasets_of_different_sizes(records: list[Record], model: Model) -> None:
    small = [record for record in Generator(records, model).dataset(2) if "/x1-" in str(record["id"])]
    large = [record for record in Generator(records, model).dataset(4) if "/x1-" in str(record["id"])]
    assert small
    assert small == large
