"""Tests that persons are named only in the fields that a setting leaves out of every output."""

from __future__ import annotations  # Value is an alias that only a checker can take apart

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.content import Dataset
from graph.dataset import read
from ontology.model import Model, Property, reference
from ontology.values import Value

DATA = Path(__file__).parents[2] / "data"
NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?: [A-Z][\w.’'-]*)* [A-ZÀ-Þ][\w’'-]+")


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return read([DATA], reference())


def texts(value: Value | None) -> Iterator[str]:
    """All strings of a value."""
    if isinstance(value, dict):
        yield from value.values()
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def values(dataset: Dataset, model: Model) -> Iterator[tuple[str, Property, str]]:
    """The id, the property and the text of all that is said of things."""
    for thing in dataset.things.values():
        for prop in model.kinds[thing.kind].properties.values():
            for text in texts(thing.values.get(prop.name)):
                yield thing.id, prop, text


def persons(dataset: Dataset) -> set[str]:
    """The names with which fields of persons begin: "Malcolm Johnson, Director of TSB"."""
    beginnings = (NAME.match(text) for _, prop, text in values(dataset, reference()) if prop.personal)
    return {found[0] for found in beginnings if found}


def test_names_of_persons_are_found(dataset: Dataset) -> None:
    assert {"Malcolm Johnson", "Chaesub Lee", "Yoichi Maeda", "Takashi Egawa"} <= persons(dataset)


def test_no_other_field_names_a_person(dataset: Dataset) -> None:
    named = persons(dataset)
    found = [
        f"{thing}.{prop.name}: {name}"
        for thing, prop, text in values(dataset, reference())
        if not prop.personal
        for name in named
        if name in text
    ]
    notes = [
        f"{link.id}: {name}" for link in dataset.links.values() for name in named if name in (link.note or "")
    ]
    assert [*found, *notes] == []
