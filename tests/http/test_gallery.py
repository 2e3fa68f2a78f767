"""The gallery: every example complete, in its place, and answered."""

import pytest
from graphql import OperationDefinitionNode, parse

from res68.gallery import AUDIENCES, OPENING, Example, by_audience, gallery
from res68.running import Running
from res68.running import operation as request

EXAMPLES = pytest.mark.parametrize("example", gallery(), ids=lambda example: example.name)


@EXAMPLES
def test_an_example_says_what_it_asks_and_for_whom(example: Example) -> None:
    assert example.title
    assert example.about
    assert example.audience in AUDIENCES
    assert not example.query.startswith("#")


@EXAMPLES
def test_an_example_is_one_operation_with_all_its_variables(example: Example) -> None:
    (operation,) = parse(example.query).definitions
    assert isinstance(operation, OperationDefinitionNode)
    assert operation.name is not None
    assert operation.name.value == "".join(part.capitalize() for part in example.name.split("-"))
    declared = {one.variable.name.value for one in operation.variable_definitions or ()}
    assert set(example.variables) <= declared


@EXAMPLES
async def test_an_example_is_answered_from_the_reference_dataset(here: Running, example: Example) -> None:
    answer = await here.service.execute(request(example))
    assert "errors" not in answer.result
    assert answer.version
    assert any(answer.result["data"].values()), "the answer is empty"


def test_every_audience_finds_examples_and_each_is_shown_once() -> None:
    shown = by_audience(gallery())
    assert tuple(audience for audience, _ in shown) == AUDIENCES
    assert [one.name for _, examples in shown for one in examples] == [one.name for one in gallery()]


def test_the_editor_opens_with_an_example_that_exists() -> None:
    assert gallery()[0].name == OPENING
