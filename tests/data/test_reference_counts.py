"""Tests that the reference data holds as many countries, groups, texts and resolutions as were collected.

The numbers were counted in the collected facts, not in data/: a record lost on the way shows here.
"""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"

Record = dict[str, object]


@cache
def records(kind: str) -> list[Record]:
    """All records of a file, read as plain YAML."""
    loaded = yaml.load((DATA / f"{kind}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    assert isinstance(loaded, list)
    return loaded


def links(record: Record, field: str) -> list[Record]:
    """The links under a field, each as a mapping."""
    given = record.get(field, [])
    many = given if isinstance(given, list) else [given]
    return [link if isinstance(link, dict) else {"to": link} for link in many]


def targets(kind: str, field: str) -> Counter[str]:
    """How many records of a kind link to which thing."""
    return Counter(str(link["to"]) for record in records(kind) for link in links(record, field))


def members(group: str, day: str) -> set[str]:
    """The countries that count among a group on a day, by the dates of the links."""
    found = set()
    for country in records("countries"):
        for link in links(country, "groups"):
            started = str(link.get("start", "")) <= day
            lasts = str(link.get("end", "9999")) >= day
            if link["to"] == f"country-group/{group}" and started and lasts:
                found.add(str(country["id"]))
    return found


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("regions", 6),
        ("countries", 194),  # Palau joined as the 194th in September 2024
        ("country-groups", 5),  # four groups of footnote 1 and the developing countries as a whole
        ("study-periods", 9),  # 1993-1996 to 2025-2028
        ("assemblies", 10),  # WTSC-93 to WTSA-24, and WTSA-28 to come
        ("plenipotentiary-conferences", 9),  # PP-94 to PP-26
        ("tsag-meetings", 25),  # April 2009 to January 2026
        ("study-groups", 15),
        ("study-group-terms", 66),
        ("questions", 116),
        ("focus-groups", 34),
        ("joint-coordination-activities", 12),
        ("regional-groups", 6),
        ("work-items", 72),  # 54 completed and 18 others
        ("clauses", 26),  # 8 recognizing, 3 considering, 5 noting, 8 instructs, 2 encourages
    ],
)
def test_nothing_of_a_kind_was_lost(kind: str, number: int) -> None:
    found = records(kind)
    assert len({str(record["id"]) for record in found}) == len(found)
    assert len(found) >= number, f"{kind}: {len(found)} records, {number} were collected"


@pytest.mark.parametrize("kind", ["regions", "countries", "study-periods", "study-groups", "clauses"])
def test_closed_lists_hold_nothing_beside(kind: str) -> None:
    numbers = {"regions": 6, "countries": 194, "study-periods": 9, "study-groups": 15, "clauses": 26}
    assert len(records(kind)) == numbers[kind]


def test_member_states_per_region() -> None:
    assert targets("countries", "region") == {
        "region/AFR": 44,
        "region/AMS": 35,
        "region/ARB": 21,
        "region/ASP": 39,
        "region/CIS": 9,
        "region/EUR": 46,
    }


def test_groups_of_footnote_1_by_date() -> None:
    assert len(members("LDC", "2026-05-15")) == 44  # M49 table of May 2026 without Sao Tome and Principe
    assert len(members("LDC", "2016-10-25")) == 48  # when WTSA-16 opened: four have graduated since
    assert members("LDC", "2016-10-25") - members("LDC", "2026-05-15") == {
        "country/BTN",
        "country/GNQ",
        "country/STP",
        "country/VUT",
    }
    assert len(members("LLDC", "2026-05-15")) == 32
    assert len(members("SIDS", "2026-05-15")) == 37
    assert len(members("EIT", "2026-05-15")) == 17
    assert len(members("developing", "2026-05-15")) == 152


def test_footnote_1_counts_every_member_of_the_four_groups_in() -> None:
    day = "2026-05-15"
    four = members("LDC", day) | members("LLDC", day) | members("SIDS", day) | members("EIT", day)
    assert four <= members("developing", day)


def test_study_groups_per_period() -> None:
    """13, 10, 11 (SG20 came in 2015), 11, 11 and, after SG9 and SG16 became SG21, 10."""
    assert targets("study-group-terms", "period") == {
        "study-period/2005-2008": 13,
        "study-period/2009-2012": 10,
        "study-period/2013-2016": 11,
        "study-period/2017-2020": 11,
        "study-period/2022-2024": 11,
        "study-period/2025-2028": 10,
    }


def test_a_question_number_can_recur_in_another_period() -> None:
    designations = Counter(str(record["designation"]) for record in records("questions"))
    recurring = {name for name, number in designations.items() if number > 1}
    assert recurring == {"Q1/9", "Q7/9", "Q11/9", "Q4/17", "Q7/20", "Q1/5", "Q1/2"}


def test_342_recommendations_and_five_made_of_completed_work_items() -> None:
    found = records("recommendations")
    listed = [record for record in found if links(record, "about")]
    assert len(listed) == 342
    by_number = {str(record["number"]) for record in found}
    assert by_number >= {"Y.3188", "Y.3221", "Y.3222", "Y.3165", "Y.4454"}
    statuses = Counter(record.get("status") for record in listed)
    assert statuses == {"in-force": 318, None: 23, "superseded-or-withdrawn": 1}


def test_recommendations_keep_the_23_subjects_as_printed() -> None:
    printed = {str(link["as"]) for one in records("recommendations") for link in links(one, "about")}
    assert len(printed) == 23


def test_every_listed_recommendation_has_its_oldest_and_its_latest_edition() -> None:
    editions = targets("recommendation-editions", "recommendation")
    listed = [record for record in records("recommendations") if links(record, "about")]
    assert all(editions[str(record["id"])] >= 1 for record in listed)
    dates = {
        (str(links(one, "recommendation")[0]["to"]), one["date"])
        for one in records("recommendation-editions")
        if "date" in one
    }
    assert all((record["id"], record["firstApproved"]) in dates for record in listed)


def test_questions_known_in_another_period_only_are_marked() -> None:
    """177 Recommendations name a Question; those of a period that is not here are linked with a mark."""
    named = [link for one in records("recommendations") for link in links(one, "questions")]
    assert len(named) == 177
    elsewhere = [link for link in named if "is known here for" in str(link.get("note"))]
    assert elsewhere
    assert all(link.get("unverified") is True for link in elsewhere)


def test_clauses_of_each_section() -> None:
    sections = Counter(str(record["section"]) for record in records("clauses"))
    assert sections == {"recognizing": 8, "considering": 3, "noting": 5, "instructs": 8, "encourages": 2}
    for record in records("clauses"):
        assert set(dict(record["paraphrase"])) == {"en", "zh"}  # type: ignore[call-overload]  # a mapping


def test_resolution_68_has_four_revisions_and_the_last_is_open() -> None:
    found = {
        str(one["id"]): one
        for one in records("resolution-revisions")
        if links(one, "resolution")[0]["to"] == "resolution/WTSA-68"
    }
    assert set(found) == {f"resolution-revision/WTSA-68-{y}" for y in ("2008", "2012", "2016", "after-2016")}
    last = found["resolution-revision/WTSA-68-after-2016"]
    assert "year" not in last
    assert links(last, "resolution")[0].get("unverified") is True


def test_the_text_of_2016_cites_the_exact_revisions() -> None:
    cited = {
        str(link["to"])
        for one in (*records("clauses"), *records("resolution-revisions"))
        if str(one["id"]).startswith(("clause/WTSA-68-2016/", "resolution-revision/WTSA-68-2016"))
        for link in links(one, "cites")
    }
    assert cited == {
        "resolution-revision/PP-122-2010",
        "resolution-revision/PP-123-2014",
        "resolution-revision/WTSA-1-2016",
    }


def test_resolutions_around_resolution_68() -> None:
    """Resolution 68 itself, 3 that it cites and 36 related ones."""
    assert len(records("resolutions")) >= 1 + 3 + 36


def test_dates_of_tsag_in_2019_are_disputed() -> None:
    meeting = next(one for one in records("tsag-meetings") if one["id"] == "tsag-meeting/2019-09")
    assert (meeting["startDate"], meeting["endDate"]) == ("2019-09-23", "2019-09-27")
    disputed = meeting["disputed"]
    assert isinstance(disputed, list)
    assert {(one["field"], one["value"]) for one in disputed} == {
        ("startDate", "2019-09-22"),
        ("endDate", "2019-09-26"),
    }


def test_memory_is_never_a_source() -> None:
    for source in records("sources"):
        assert str(source["url"]).startswith(("http://", "https://"))
        assert "memory" not in str(source.get("title", ""))
