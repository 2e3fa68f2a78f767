"""Sort keys order as their values do, the unknown last both ways, and names are found however written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.folding import ascending, descending, folded, folded_name, folded_number, language_of
from ontology.values import CONTROL

WORDS = st.text(max_size=300).filter(lambda text: not CONTROL.search(text))
IDS = st.from_regex(r"[a-z]{1,5}/[A-Za-z0-9._~-]{1,8}", fullmatch=True)
ROWS = st.lists(
    st.tuples(st.none() | WORDS.filter(bool), IDS), min_size=2, max_size=8, unique_by=lambda row: row[1]
)


@given(ROWS)
def test_ascending_keys_order_by_value_then_id_with_the_unknown_last(
    rows: list[tuple[str | None, str]],
) -> None:
    values = [(folded(value) if value is not None else None, name) for value, name in rows]
    by_key = sorted(values, key=lambda row: ascending(*row))
    assert by_key == sorted(values, key=lambda row: (row[0] is None, row[0] or "", row[1]))


@given(ROWS)
def test_descending_keys_put_the_unknown_last_too(rows: list[tuple[str | None, str]]) -> None:
    values = [(folded(value) or "?" if value is not None else None, name) for value, name in rows]
    by_key = sorted(values, key=lambda row: descending(*row), reverse=True)
    assert by_key == sorted(values, key=lambda row: (row[0] is not None, row[0] or "", row[1]), reverse=True)


@given(ROWS)
def test_every_engine_orders_keys_alike(rows: list[tuple[str | None, str]]) -> None:
    """By code points, by UTF-8 or by UTF-16: nothing in a key makes a difference."""
    keys = [ascending(folded(value) if value is not None else None, name) for value, name in rows]
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode("utf-16-be"))
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode())


@given(st.lists(st.integers(-(2**31), 2**31), min_size=2))
def test_numbers_order_as_numbers(numbers: list[int]) -> None:
    assert sorted(numbers, key=folded_number) == sorted(numbers)
    assert {len(folded_number(number)) for number in numbers} == {12}


@given(WORDS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert len(folded(text)) <= 200


def test_a_word_that_begins_another_comes_first() -> None:
    names = ["Smart grid", "Smart", "smart-city", "Émile", "École", "ecole"]
    keys = sorted(ascending(folded(name), "x") for name in names)
    assert [key.partition("\u0001")[0] for key in keys] == [
        "ecole", "ecole", "emile", "smart", "smart grid", "smart-city",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Y.3172", "y3172"), ("ITU-T Y.3172", "y3172"), ("Q6/13", "q613"), ("SG 13", "sg13"),
        ("FG IMT-2020", "fgimt2020"), ("FG-IMT2020", "fgimt2020"), ("ITU-T", "itut"),
        ("Commission d'études 13", "commissiondetudes13"), ("第13研究组", "第13研究组"), ("—", ""),
    ],
)  # fmt: skip
def test_a_printed_name_is_folded_to_letters_and_digits(name: str, found: str) -> None:
    assert folded_name(name) == found


@pytest.mark.parametrize(
    ("text", "language"),
    [("Networks", "en"), ("未来网络", "zh"), ("Будущие сети", "ru"), ("لجنة", "ar"), ("5G", "en")],
)
def test_a_text_goes_by_its_script(text: str, language: str) -> None:
    assert language_of(text) == language
