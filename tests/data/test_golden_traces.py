"""Tests that the known ways from a conclusion to what came of it can be followed, with the right strength."""

import pytest

from tests.data.plain_trace import links, records, resolve, traced


@pytest.mark.parametrize(
    ("start", "stops"),
    [
        ("conclusion/CTO-2009-C6", ["tsag-meeting/2010-02", "focus-group/FG-Smart"]),
        ("conclusion/CTO-2009-C6", ["focus-group/FG-Smart"]),
        (
            "conclusion/CTO-2009-C6",
            ["action/CTO-2009-F1", "joint-coordination-activity/JCA-SGHN"],
        ),
        ("conclusion/CTO-2009-C6", ["action/CTO-2009-F1", "deliverable/FG-Smart-deliverables"]),
        ("conclusion/CTO-2009-C1", ["meeting/CTO-2010"]),
        ("conclusion/CTO-2012-C4", ["assembly/WTSA-12", "resolution/WTSA-77"]),
        ("conclusion/CTO-2012-C5", ["assembly/WTSA-12", "resolution/WTSA-77"]),
        ("conclusion/CTO-2012-C6", ["assembly/WTSA-12", "resolution/WTSA-77"]),
        ("conclusion/CTO-2012-C6", ["resolution-revision/PP-199-2014", "resolution/PP-199"]),
        ("conclusion/CTO-2012-C4", ["action/CTO-2012-F1", "study-group/SG11"]),
        ("conclusion/CTO-2012-C4", ["meeting/GSS-2012"]),
        ("conclusion/GSS-12-C3", ["assembly/WTSA-12", "resolution/WTSA-77"]),
        ("conclusion/GSS-12-C4", ["assembly/WTSA-12", "resolution/WTSA-78"]),
        ("conclusion/CTO-2013-C2", ["study-group/SG12"]),
        ("conclusion/CTO-2013-C2", ["study-group-meeting/SG12-2013-12"]),
        ("conclusion/CTO-2015-CJK1-C1", ["study-group/SG13", "focus-group/FG-IMT2020"]),
        ("conclusion/CTO-2015-CJK1-C4", ["study-group/SG13", "focus-group/FG-IMT2020"]),
        (
            "conclusion/CTO-2015-CJK1-C1",
            ["action/CTO-2013-F6", "deliverable/FG-IMT2020-final-deliverables"],
        ),
        ("conclusion/CTO-2015-CJK1-C1", ["action/CTO-2015-CJK1-F5", "action/CTO-2015-CJK1-F6"]),
        ("meeting/CTO-2015-CJK1", ["meeting/CTO-2015"]),
        ("meeting/CXO-2016", ["tsag-meeting/2017-05"]),
        ("meeting/CXO-2016", ["advisory-group/TSAG-RG-StdsStrat"]),
        ("meeting/CTO-2016", ["tsag-meeting/2017-05"]),
        ("meeting/CTO-2017-NAW", ["tsag-meeting/2017-05"]),
        ("conclusion/CXO-2016-C4", ["meeting/CTO-2016"]),
        ("meeting/GSS-16", ["assembly/WTSA-16"]),
        ("meeting/GSS-20", ["assembly/WTSA-20"]),
        (
            "conclusion/GSS-2024-CA1",
            ["action/GSS-2024-FA1", "related-event/international-ai-standards-summit-2025"],
        ),
        ("conclusion/GSS-2024-C2", ["related-event/international-ai-standards-summit-2025"]),
        ("conclusion/GSS-2024-CA2", ["deliverable/ai-standards-exchange-database"]),
    ],
)
def test_sources_state_the_way(start: str, stops: list[str]) -> None:
    assert "stated" in traced(start, stops)


@pytest.mark.parametrize(
    ("start", "stops"),
    [
        # Both halves are stated; that they are one way is our reading.
        ("conclusion/CTO-2012-C4", ["meeting/GSS-2012", "assembly/WTSA-12"]),
        ("meeting/CTO-2012", ["meeting/GSS-2012", "assembly/WTSA-12"]),
        (
            "conclusion/CTO-2010-C4",
            ["related-event/rome-submarine-cables-2011", "joint-task-force/SMART-cables"],
        ),
        ("conclusion/CTO-2010-C4", ["tsag-meeting/2012-01", "focus-group/FG-DRNRR"]),
        ("conclusion/CTO-2011-C1", ["resolution/WTSA-78"]),
        ("conclusion/CTO-2011-C1", ["work-item/Q28-16-Continua", "recommendation/H.810"]),
        ("conclusion/CTO-2011-C1", ["recommendation/Y.4110"]),
        ("conclusion/CTO-2012-C1", ["advisory-group/RevCom"]),
        ("conclusion/CTO-2012-C1", ["action/CTO-2012-F15", "study-group/SG20"]),
        ("conclusion/CTO-2012-C4", ["study-group/SG13", "recommendation/Y.3300"]),
        ("conclusion/CTO-2013-C4", ["focus-group/FG-IMT2020"]),
        ("conclusion/CTO-2013-C5", ["recommendation-edition/H.265-2014-10", "recommendation/H.265"]),
        ("conclusion/CTO-2014-C6", ["tsag-meeting/2015-06", "study-group/SG20"]),
        ("conclusion/CTO-2015-CJK1-C5", ["action/CTO-2015-CJK1-F5", "recommendation/Y.3110"]),
        ("conclusion/CTO-2017-C3", ["focus-group/FG-ML5G"]),
        ("conclusion/CTO-2017-C3", ["action/CTO-2017-F1", "recommendation/Y.3172"]),
        ("conclusion/CTO-2018-C2", ["tsag-meeting/2019-09", "focus-group/FG-QIT4N"]),
        ("conclusion/CTO-2019-CJK3-C5", ["deliverable/Y.3800-series"]),
        ("conclusion/CXO-2019-C1", ["focus-group/FG-AN"]),
        ("conclusion/CXO-2016-C1", ["resolution/PP-206"]),
        ("meeting/CTO-2015", ["advisory-group/RevCom", "advisory-group/TSAG-RG-StdsStrat"]),
        ("need/CXO-2016-NA1", ["conclusion/CXO-2016-C2", "recommendation/D.262"]),
    ],
)
def test_our_reading_gives_the_way(start: str, stops: list[str]) -> None:
    assert traced(start, stops) == {"inferred"}


def test_sdn_resolution_is_led_by_sg13_with_tsag() -> None:
    act = records()[resolve("action/GSS-2012-F2")]
    assert {(link["to"], link["role"]) for link in links(act, "takenBy")} == {
        ("study-group/SG13", "lead"),
        ("advisory-group/TSAG", "with"),
    }


def test_three_communiques_reach_one_consideration_by_tsag_and_its_strategy_group() -> None:
    acts = {resolve(f"action/{id}") for id in ("CXO-2016-F1", "CTO-2016-F1", "CTO-2017-NAW-F1")}
    assert acts == {"action/CXO-2016-F1"}
    act = records()["action/CXO-2016-F1"]
    assert {(link["to"], link["role"]) for link in links(act, "takenBy")} == {
        ("advisory-group/TSAG", "lead"),
        ("advisory-group/TSAG-RG-StdsStrat", "with"),
    }


def test_focus_group_on_imt_2020_is_one_group_under_sg13() -> None:
    acts = {resolve(f"action/{id}") for id in ("CTO-2013-F6", "CTO-2014-F3", "CTO-2015-CJK1-F1")}
    assert acts == {"action/CTO-2013-F6"}
    group = records()["focus-group/FG-IMT2020"]
    assert [link["to"] for link in links(group, "parent")] == ["study-group/SG13"]


def test_ai_summit_was_held_in_seoul_in_december_2025() -> None:
    summit = records()["related-event/international-ai-standards-summit-2025"]
    assert (summit["city"], str(summit["startDate"])[:7]) == ("Seoul", "2025-12")
