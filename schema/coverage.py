"""The types of coverage: the scope, the groups, and the figures of each."""

from typing import Any, Optional

import strawberry

from schema.declaring import Input, Output, bare, declare, declare_input, enumeration
from schema.inputs import optional
from schema.scalars import PartialDate
from schema.types import Types

COVERAGE = (
    "How many conclusions were taken up. A conclusion is covered by at least one direct link "
    "LED_TO to an act. Not counted are links known to be prior work (where that is not known, "
    "the link counts), links that rest on recollection alone, and acts that decline, refer "
    "the matter elsewhere or find that no contribution came. An act tied to a meeting as a "
    "whole covers none of its conclusions. A link that rests on recollection alone puts no "
    "conclusion into a scope or a group either."
)
SCOPE = "Which conclusions are counted: those that fulfil all that is given; all of them where nothing is."
FIGURES = {
    "total": "How many conclusions there are.",
    "stated": "How many of them are covered by a link that a source states.",
    "statedOrInferred": "How many of them are covered by a link that a source states or that we infer.",
    "meetingWide": (
        "How many of them are not covered themselves while their meeting as a whole led to an act that "
        "counts: they are in neither figure of coverage."
    ),
}
GROUPS = {
    "MEETING": "The meeting that came to the conclusion; the oldest meeting first.",
    "SERIES": "The series of the meeting.",
    "TOPIC": "The topics of the conclusion and all wider ones; rows overlap.",
    "STUDY_GROUP": (
        "The body that acted, of whatever kind; what a study group did in one study period is the group's. "
        "Each body is credited with its own acts alone, and rows overlap. The row without a group holds the "
        "conclusions on which no known body acted."
    ),
    "STUDY_PERIOD": "The study period in which the meeting falls; the oldest first.",
}


def coverage_fields(types: Types) -> dict[str, Output]:
    """The field of Query."""
    group = enumeration("CoverageGroup", "By what conclusions are grouped.", grouping())
    arguments = {
        "of": optional(scope(types), SCOPE),
        "by": optional(group, "By what the rows are grouped; there are none without it."),
    }
    return {"coverage": Output(coverage(types), COVERAGE, arguments)}


def grouping() -> dict[str, tuple[str, str]]:
    """The members of the enum of groups."""
    return {name: (name, description) for name, description in GROUPS.items()}


def scope(types: Types) -> type:
    """The input object that says which conclusions are counted."""
    ids = list[strawberry.ID]
    natures: Any = types.enums.vocabularies["conclusion-nature"]
    return declare_input(
        bare("CoverageScope"),
        SCOPE,
        {
            "meetings": optional(ids, "Conclusions of one of these meetings."),
            "series": optional(ids, "Conclusions of meetings of one of these series."),
            "topics": optional(ids, "Conclusions on one of these topics or on a narrower one."),
            "studyGroups": optional(
                ids,
                "Conclusions on which one of these bodies acted, study groups or others; then "
                "no acts of other bodies count.",
            ),
            "studyPeriods": optional(ids, "Conclusions of meetings that fall in one of these study periods."),
            "nature": optional(list[natures], "Conclusions of one of these natures."),
            "addressedTo": optional(ids, "Conclusions addressed to one of these bodies or country groups."),
            "from": optional(PartialDate, "Conclusions of meetings that did not start before this date."),
            "to": optional(PartialDate, "Conclusions of meetings that did not start after this date."),
        },
    )


def coverage(types: Types) -> type:
    """The type of the answer."""
    fields = {"group": group_field(types), **figures()}
    row = declare(bare("CoverageRow"), "The figures of one group.", fields)
    strengths: Any = types.enums.strength
    pages = {
        "strength": optional(list[strengths], "The strengths that count as cover; both where none is named."),
        "first": optional(int, "The number of rows: 20 where none is given, 200 at most."),
        "after": optional(str, "The cursor after which the page starts."),
    }
    first = Input(int, "The number of groups, 200 at most.", 200)
    return declare(
        bare("Coverage"),
        COVERAGE,
        {
            **figures(),
            "uncovered": Output(
                types.root_connection(types.model.kinds["Conclusion"]),
                "The conclusions without cover, those of the oldest meetings first.",
                pages,
            ),
            "rows": Output(
                list[row],  # type: ignore[valid-type] # a class made at run time
                "The figures by group, those of no known group last. Empty where `by` is not given.",
                {"first": first},
            ),
            "rowCount": Output(int, "How many groups there are, that of no known group among them."),
        },
    )


def figures() -> dict[str, Output]:
    """The four figures."""
    return {name: Output(int, description) for name, description in FIGURES.items()}


def group_field(types: Types) -> Output:
    """The group of a row."""
    thing: Any = types.kinds["Thing"]
    return Output(
        Optional[thing],  # noqa: UP045 # the annotation is a value here
        "The meeting, series, topic, body or study period; absent where none is known.",
    )
