"""The types of traces: the trace, its paths and their steps, and why it ends where it does."""

from dataclasses import dataclass

import strawberry

from graph.path_ends import EXPLANATIONS
from resolvers.limits import Limits
from schema.declaring import Input, Output, bare, declare, enumeration, many, maybe, upper
from schema.scalars import PartialDate
from schema.types import Types

TRACE = (
    "What followed from a thing, or from what it followed. A trace follows the links that lead from what was "
    "asked to what came of it: from needs, meetings and conclusions over acts to groups, work items, "
    "Recommendations and resolutions."
)


@dataclass(frozen=True, slots=True)
class TraceFields:
    """The type of a trace, the arguments of a field that has one, and the field of Query."""

    type: type
    arguments: dict[str, Input]
    root: dict[str, Output]


def trace_fields(types: Types) -> TraceFields:
    """What the schema holds of traces."""
    direction = enumeration(
        "TraceDirection",
        "Which way a trace leads.",
        {
            "DOWNSTREAM": ("DOWNSTREAM", "To what followed from the thing."),
            "UPSTREAM": ("UPSTREAM", "To that from which the thing followed."),
            "BOTH": ("BOTH", "One trace each way; no path turns round."),
        },
    )
    made = trace_type(types, direction)
    arguments = trace_arguments(types, direction)
    root = {
        "trace": Output(
            maybe(made),
            f"The trace from the thing with an id; null where there is none. {TRACE}",
            {"from": Input(strawberry.ID, "The id of the thing at which the trace starts."), **arguments},
        )
    }
    return TraceFields(made, arguments, root)


def trace_arguments(types: Types, direction: type) -> dict[str, Input]:
    """What a trace can be told."""
    enums = types.enums
    return {
        "to": Input(
            maybe(many(enums.kind)),
            "With kinds, every path to a thing of these kinds, abstract ones too. Without, the longest "
            "paths: they end where no link leads further, or at the depth.",
            None,
        ),
        "direction": Input(direction, "Which way to go.", direction["DOWNSTREAM"]),  # type: ignore[index] # an enum made at run time
        "via": Input(
            maybe(many(enums.link_type)),
            "Only links of these types, among those that a trace follows; all of them where none is named.",
            None,
        ),
        "maxDepth": Input(
            maybe(int),
            f"How many links a path may have: 1 to 10; without, {Limits().trace_default_depth} unless the "
            "service is set otherwise.",
            None,
        ),
        "strength": Input(
            maybe(many(enums.strength)),
            "Only links of these strengths; without, links that rest on recollection alone are followed too.",
            None,
        ),
        "body": Input(
            maybe(strawberry.ID),
            "Only paths over something that this body did or is responsible for; what a study group did in "
            "one study period is the group's.",
            None,
        ),
    }


def trace_type(types: Types, direction: type) -> type:
    """The trace."""
    thing = types.kinds["Thing"]
    return declare(
        bare("Trace"),
        TRACE,
        {
            "origin": Output(thing, "The thing at which the trace starts."),
            "paths": Output(
                many(path_type(types, direction)),
                "The paths, the shortest first. Where there are more than are shown, which ones of the last "
                "length are shown is not specified.",
                {"first": Input(int, "The number of paths to show: 1,000 at most.", 100)},
            ),
            "reached": Output(
                many(thing),
                "The things that paths reach, each once, by id; at most 1,000.",
                {"kind": Input(maybe(many(types.enums.kind)), "Only things of these kinds.", None)},
            ),
            "ends": Output(many(end_type(types, direction)), "The things at which paths end, and why."),
            "truncated": Output(
                bool,
                "Whether something is left out: there are more paths or things reached than are shown, or so "
                "many paths of one length that not all of them could be looked at.",
            ),
        },
    )


def path_type(types: Types, direction: type) -> type:
    """A path."""
    return declare(
        bare("Path"),
        "A way along links from the origin of a trace to a thing; no link occurs twice.",
        {
            "steps": Output(many(step_type(types)), "The links and things from the origin on."),
            "end": Output(types.kinds["Thing"], "The thing to which the path leads."),
            "strength": Output(
                maybe(types.enums.strength),
                "The strength of the weakest link; absent where a link rests on recollection alone.",
            ),
            "unverified": Output(bool, "Whether a link of the path rests on recollection alone."),
            "length": Output(int, "The number of links."),
            "direction": Output(direction, "Which way the path leads."),
            "firstDate": Output(
                maybe(PartialDate), "The earliest date of its links and things after the origin."
            ),
            "lastDate": Output(
                maybe(PartialDate), "The latest date of its links and things after the origin."
            ),
            "priorWork": Output(
                maybe(bool),
                "Whether the path leads to work that began before the meeting: never counted as an effect. "
                "Absent where it is not known, and where the path does not lead from a meeting or a "
                "conclusion to what came of it.",
            ),
        },
    )


def step_type(types: Types) -> type:
    """A step of a path."""
    return declare(
        bare("Step"),
        "One link of a path and the thing to which it leads.",
        {
            "link": Output(types.link, "The link with its strength and evidence."),
            "thing": Output(types.kinds["Thing"], "The thing to which it leads."),
            "takenBy": Output(
                many(types.kinds["Body"]),
                "Where the thing is an act, the bodies that did it; the links of the act say how well "
                "that is known.",
            ),
            "takenAt": Output(
                many(types.kinds["Event"]),
                "Where the thing is an act, the events at which it was done; the links of the act say "
                "how well that is known.",
            ),
        },
    )


def end_type(types: Types, direction: type) -> type:
    """An end of a trace."""
    reason = enumeration(
        "TraceEndReason",
        "Why a trace stops at a thing.",
        {
            upper(key): (key, text.format(depth="greatest number of links"))
            for key, text in EXPLANATIONS.items()
        },
    )
    return declare(
        bare("TraceEnd"),
        "A thing at which paths of a trace end; the origin itself where there is no path.",
        {
            "at": Output(types.kinds["Thing"], "The thing."),
            "reason": Output(reason, "Why the trace stops there."),
            "explanation": Output(str, "The reason in a sentence."),
            "direction": Output(direction, "Which way the trace led there."),
        },
    )
