"""What is kept is bounded, in number and in weight, and what was not used longest goes first."""

from schema.recent import Recent


def test_what_was_not_used_longest_makes_room() -> None:
    kept: Recent[str, int] = Recent(2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    assert (kept.hits, kept.misses, kept.evictions, len(kept)) == (3, 1, 1, 2)


def test_heavy_values_push_out_as_many_as_they_need() -> None:
    kept: Recent[str, int] = Recent(10, weight=10)
    for number, name in enumerate("abc"):
        kept.keep(name, number, 3)
    kept.keep("d", 4, 6)
    assert [kept.get(name) for name in "abcd"] == [None, None, 2, 4]


def test_a_value_heavier_than_all_that_may_be_kept_is_not_kept() -> None:
    kept: Recent[str, int] = Recent(10, weight=10)
    kept.keep("a", 1, 11)
    assert kept.get("a") is None
    assert len(kept) == 0


def test_a_value_kept_again_weighs_once() -> None:
    kept: Recent[str, int] = Recent(10, weight=10)
    for _ in range(5):
        kept.keep("a", 1, 6)
    kept.keep("b", 2, 4)
    assert (kept.get("a"), kept.get("b"), kept.evictions) == (1, 2, 0)


def test_what_is_cleared_is_gone_and_weighs_nothing() -> None:
    kept: Recent[str, int] = Recent(10, weight=10)
    kept.keep("a", 1, 10)
    kept.clear()
    kept.keep("b", 2, 10)
    assert (kept.get("a"), kept.get("b")) == (None, 2)
