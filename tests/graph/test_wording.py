"""From what a user types to questions for the indexes: pure text."""

import pytest

from graph.engine import EMBEDDED, NEO4J
from graph.wording import (
    ALL_WORDS,
    CONTAINED,
    NAMED,
    NAMED_IN_PART,
    ONE_WORD,
    ideographs,
    questions,
    terms,
    words,
)


def asked(text: str, rank: int) -> set[object]:
    return {question[1] for question in questions(text, "en", NEO4J) if question[2] == rank}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ITU-T Y.3172", "y3172"),
        ("Q6/13", "q613"),
        ("FG IMT2020", "fgimt2020"),
        ("SG 13", "sg13"),
        ("ITU-T", "itut"),
    ],
)
def test_a_name_is_asked_as_it_is_stored(text: str, name: str) -> None:
    assert asked(text, NAMED) == {name}


def test_designations_are_words_with_letters_and_digits() -> None:
    assert asked("about Q6/13", NAMED_IN_PART) == {"aboutq613*", "q613"}
    assert asked("quality of service", NAMED_IN_PART) == {"qualityofservice*"}


def test_all_words_are_asked_for_and_then_any() -> None:
    assert asked("IMT-2020 AND C++", ALL_WORDS) == {r"+IMT +2020 +\AND +C"}
    assert asked("IMT-2020 AND C++", ONE_WORD) == {r"IMT\-2020 \AND C\+\+"}
    assert asked("IMT-2020 Net", CONTAINED) == {"net*"}


def test_ideographs_are_taken_in_pairs_as_the_index_has_them() -> None:
    assert terms(words("标准化 ITU 标")) == ["标准", "准化", "ITU", "标"]
    assert ideographs("标准化 标 a") == ["标"]


def test_words_are_parted_where_the_index_parts_them() -> None:
    assert terms(words("Y.3172 v1.2 l'écart a_b مُدُن")) == ["Y", "3172", "v1.2", "l'écart", "a", "b", "مُدُن"]


def test_the_language_asked_counts_double() -> None:
    weights = {one[3]: one[4] for one in questions("word", "zh", EMBEDDED) if one[3] is not None}
    assert weights == {"en": 1.0, "fr": 1.0, "es": 1.0, "ru": 1.0, "zh": 2.0, "ar": 1.0}


def test_indexes_go_by_the_names_that_the_engine_has_for_them() -> None:
    assert {one[0] for one in questions("a", "en", EMBEDDED)} >= {"Thing[search_name]", "Thing[search_zh]"}
    assert {one[0] for one in questions("a", "en", NEO4J)} >= {"thing_search_name", "thing_search_zh"}


@pytest.mark.parametrize("text", ["", "  ", "?!", "\u0000\u202e", "😀"])
def test_a_text_without_words_asks_nothing(text: str) -> None:
    assert words(text) == []
    assert questions(text, "en", NEO4J) == []


def test_long_starts_are_not_looked_up() -> None:
    assert asked("x" * 100, CONTAINED) == set()
    assert asked("x", CONTAINED) == set()
