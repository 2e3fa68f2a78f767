"""Values have one canonical form, and what has none is refused with what would be right."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.dates import PartialDate
from ontology.identity import ID, camel, kebab, link_id, source_id
from ontology.languages import LANGUAGES, LanguageCode, served
from ontology.values import VALUE_TYPES

days = st.dates(date(1800, 1, 1), date(2200, 12, 31))


def cut(day: date, length: int) -> PartialDate:
    return PartialDate.parse(day.isoformat()[:length])


@given(days, st.sampled_from([4, 7, 10]))
def test_a_date_means_the_days_of_its_precision(day: date, length: int) -> None:
    partial = cut(day, length)
    assert partial.first <= day <= partial.last
    assert partial.text == day.isoformat()[:length]
    assert {partial.first.isoformat()[:length], partial.last.isoformat()[:length]} == {partial.text}


@given(days, days, st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_one_date_lies_before_another_only_when_it_does_for_all_their_days(
    one: date, other: date, length: int, width: int
) -> None:
    before = cut(one, length).before(cut(other, width))
    if before:
        assert one < other
    if before is False:
        assert one >= other


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("date", "2016-02-30", "no day of the calendar"),
        ("date", "2016-2-3", "write YYYY"),
        ("date", None, "write YYYY"),
        ("text", "a\u202eb", "invisible character U+202E"),
        ("text", "a\x00b", "invisible character U+0000"),
        ("text", "  ", "is empty"),
        ("text", ["a"], "is no text"),
        ("text", "x" * 20_001, "20001 characters"),
        ("translated", "plain", "write a mapping"),
        ("translated", {"de": "x"}, "unknown language 'de'"),
        ("integer", True, "no whole number"),
        ("integer", 2**31, "no whole number"),
        ("boolean", "yes", "neither true nor false"),
        ("url", "ftp://host/x", "no http or https address"),
        ("url", 'http://host/a"b', "percent-encode"),
        ("url", "http://host/a b", "percent-encode"),
        ("url", "http://host/a[b]", "is no IRI"),
        ("url", "http://host/%zz", "is no IRI"),
        ("identifier", "a/b", "no identifier"),
        ("country-code", False, "quote NO"),
    ],
)
def test_a_wrong_value_is_refused_with_what_would_be_right(kind: str, value: object, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as caught:
        VALUE_TYPES[kind].parse(value)
    assert said in str(caught.value)


@given(st.text(max_size=50))
def test_the_canonical_form_of_a_text_is_its_own_canonical_form(text: str) -> None:
    try:
        canonical = VALUE_TYPES["text"].parse(text)
    except ValueError:
        return
    assert VALUE_TYPES["text"].parse(canonical) == canonical


def test_a_translated_text_is_kept_in_the_order_of_the_languages() -> None:
    value = VALUE_TYPES["translated"].parse({"zh": "结论", "en": "Conclusion"})
    assert isinstance(value, dict)
    assert list(value) == ["en", "zh"]


def test_a_text_falls_back_to_english_and_then_to_the_first_that_is_known() -> None:
    assert served({"en": "a", "zh": "b"}, "zh") == ("zh", "b")
    assert served({"en": "a", "zh": "b"}, "fr") == ("en", "a")
    assert served({"ar": "c", "zh": "b"}, "fr") == ("zh", "b")
    assert served({}, "fr") is None


def test_the_languages_are_the_six_of_the_declarations() -> None:
    assert get_args(LanguageCode) == LANGUAGES


def test_ids_have_one_grammar() -> None:
    assert ID.fullmatch("clause/WTSA-68-2016/instructs/6")
    assert ID.fullmatch("source/..a/b.../.c")
    for wrong in (
        "conclusion",
        "conclusion/",
        "Conclusion/x",
        "conclusion/a b",
        "conclusion/a'b",
        "conclusion/\u05d0",
        "conclusion/..",
        "conclusion/a/./b",
        "conclusion/../topic/x",
    ):
        assert not ID.fullmatch(wrong), wrong


def test_a_source_is_named_by_its_host_and_a_hash_of_its_address() -> None:
    one = source_id("https://www.itu.int/en/ITU-T/Pages/default.aspx")
    assert one.startswith("source/itu.int/")
    assert ID.fullmatch(one)
    assert one != source_id("https://www.itu.int/en/ITU-T/Pages/default.aspx?x=1")


def test_a_link_is_found_through_the_thing_at_which_it_starts() -> None:
    one = link_id("action/CTO-2009-F2", "TAKEN_BY", "study-group/SG13", ("lead",))
    assert one.startswith("link/action/CTO-2009-F2/taken-by/")
    assert one != link_id("action/CTO-2009-F2", "TAKEN_BY", "study-group/SG13", ("with",))


def test_names_change_their_form_and_nothing_else() -> None:
    assert kebab("StudyGroupTerm") == kebab("studyGroupTerm") == "study-group-term"
    assert kebab("LED_TO") == "led-to"
    assert camel("LED_TO") == camel("led-to") == "LedTo"
