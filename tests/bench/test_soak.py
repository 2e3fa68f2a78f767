"""The soak tells growth from noise, and an answer of two versions from one of one."""

import time

import pytest

from bench.soak import TOPICS, Seen, check, growth, run, said


def test_growth_is_that_of_the_line_after_the_warming() -> None:
    memory = [(minute / 10, 100 + (50 if minute < 100 else 0) + minute * 0.2) for minute in range(300)]
    assert growth(memory, 10) == pytest.approx(2.0)
    assert growth([(one, 100.0) for one in range(20)], 10) == 0


def answer(version: str, *notes: str) -> dict[str, object]:
    """An answer to the question for the edition."""
    topics = {"totalCount": TOPICS, "nodes": [{"note": note} for note in notes]}
    return {"data": {"topics": topics}, "extensions": {"datasetVersion": version}}


def test_an_answer_of_two_versions_is_a_fault() -> None:
    seen = Seen(versions={"a": 1, "b": 2}, loads=2)
    check(seen, answer("a", "Edition 1"), edition=True)
    check(seen, answer("new", "Edition 3"), edition=True)
    assert not seen.faults
    check(seen, answer("b", "Edition 1"), edition=True)
    check(seen, answer("b", "Edition 1", "Edition 2"), edition=True)
    assert seen.faults.total() == 2


def test_that_the_store_is_away_is_expected_while_a_dataset_is_loaded() -> None:
    away = {"errors": [{"extensions": {"code": "STORE_UNAVAILABLE"}}]}
    seen = Seen(loaded=time.monotonic() - 3600)
    check(seen, away, edition=False)
    assert seen.faults == {"STORE_UNAVAILABLE": 1}
    seen = Seen(loading=True)
    check(seen, away, edition=False)
    assert not seen.faults


@pytest.mark.slow
@pytest.mark.neo4j
def test_a_minute_of_it_is_without_fault() -> None:
    text, well = said(run(1, print), 1)
    assert well, text
