"""The field `coverage`: which conclusions are counted, how they are grouped, what is asked of each group."""

from collections.abc import Iterator, Mapping
from typing import Any

from graph.connection import Everything, Order
from graph.coverage import FIGURES, AboutTopic, Coverage, CoverageRows, Covered, Rule
from graph.selection import Absent, Both, Compare, Condition, Linked, Not, Parameter, Read
from ontology.model import Model
from resolvers.arguments import Argument, Transform
from resolvers.errors import BadUserInput
from resolvers.filters import bound
from resolvers.pages import page_size, shortened
from resolvers.planner import Asked, Planner

# What one count over the conclusions adds to the cost of an operation.
COUNT_COST = 200
VERIFIED = Absent("unverified")


def plan_coverage(planner: Planner, asked: Asked) -> Read:
    """The figures, groups and pages that the field asks for."""
    given = asked.arguments.get("of")
    scope = dict(given.items()) if given is not None else {}
    rule = rule_of(planner, scope)
    meetings = ids(planner, scope.pop("meetings"), "Meeting") if "meetings" in scope else None
    where = Both(tuple(conditions(planner, scope, rule, meetings)))
    figures, rows, row_counts, uncovered = [], [], [], []
    for one in planner.fields("Coverage", asked.nodes):
        if one.name in FIGURES:
            figures.append((one.key, one.name))
        elif one.name == "rows":
            rows.append(plan_rows(planner, one))
        elif one.name == "rowCount":
            row_counts.append(one.key)
        else:
            uncovered.append((one.key, plan_uncovered(planner, one, where, rule, given)))
    with planner.level(asked, COUNT_COST, links=0):
        return Coverage(
            where,
            rule,
            tuple(figures),
            asked.arguments.value("by"),
            tuple(rows),
            tuple(row_counts),
            tuple(uncovered),
            meetings,
        )


def rule_of(planner: Planner, scope: Mapping[str, Argument]) -> Rule:
    """Which acts count: the vocabulary says which types never do; where bodies are named, only theirs do."""
    concepts = planner.model.vocabularies["action-type"].concepts
    never = planner.constant([key for key, concept in concepts.items() if not concept.covers])
    bodies = scope.get("studyGroups")
    return Rule(never, ids(planner, bodies, "Body") if bodies else None)


def conditions(
    planner: Planner, scope: Mapping[str, Argument], rule: Rule, meetings: Parameter | None
) -> Iterator[Condition]:
    """What a conclusion of the scope fulfils; all of it must hold."""
    links = planner.model.kinds["Conclusion"].links
    meeting = planner.model.kinds["Meeting"].links
    if meetings is not None:
        yield Linked("some", links["meeting"], one_of(meetings), VERIFIED)
    for name, given in scope.items():
        match name:
            case "series":
                series = one_of(ids(planner, given, "MeetingSeries"))
                yield Linked("some", links["meeting"], Linked("some", meeting["series"], series, VERIFIED))
            case "studyPeriods":
                period = one_of(ids(planner, given, "StudyPeriod"))
                yield Linked("some", links["meeting"], Linked("some", meeting["during"], period, VERIFIED))
            case "topics":
                yield AboutTopic(ids(planner, given, "Topic"))
            case "studyGroups":
                yield Covered(rule)
            case "addressedTo":
                addressee = one_of(ids(planner, given, "Body", "CountryGroup"))
                yield Linked("some", links["addressedTo"], addressee, VERIFIED)
            case "nature":
                yield Compare("nature", "IN", planner.bind(given))
            case "from":
                yield Compare("date_first", ">=", planner.bind(given, bound("first")))
            case "to":
                yield Compare("date_last", "<=", planner.bind(given, bound("last")))


def one_of(identities: Parameter) -> Condition:
    """A thing with one of these ids."""
    return Compare("id", "IN", identities)


def ids(planner: Planner, given: Argument, *kinds: str) -> Parameter:
    """Ids that must be of one of these kinds."""
    return planner.bind(given, check_ids(planner.model, kinds))


def check_ids(model: Model, kinds: tuple[str, ...]) -> Transform:
    """That all ids are of one of these kinds; an id of another could never match."""
    fitting = frozenset(name for kind in kinds for name in model.kinds[kind].concrete)

    def check(value: Any, _: Mapping[str, Any]) -> list[str]:
        for one in value:
            kind = model.kind_of(one)
            if kind is None or kind.name not in fitting:
                starts = ", ".join(sorted(f"{model.kinds[name].key}/" for name in fitting))
                wanted = " or ".join(kinds)
                raise BadUserInput(
                    f"{shortened(one)} is no id of a {wanted}: such an id starts with {starts}"
                )
        return sorted(set(value))

    return check


def plan_rows(planner: Planner, asked: Asked) -> CoverageRows:
    """The figures by group."""
    limits = planner.limits
    given = asked.arguments.get("first") or Argument(limits.page)
    size = planner.bind(given, lambda value, _: page_size(value, limits, f"{asked.name}.first"))
    figures, groups = [], []
    with planner.level(asked, size, links=0):
        for one in planner.fields("CoverageRow", asked.nodes):
            if one.name == "group":
                groups.append((one.key, planner.thing("Thing", one.nodes)))
            else:
                figures.append((one.key, one.name))
    return CoverageRows(asked.key, size, tuple(figures), tuple(groups))


def plan_uncovered(
    planner: Planner, asked: Asked, where: Condition, rule: Rule, scope: Argument | None
) -> Any:
    """A page of the conclusions without cover, the oldest first."""
    strengths = asked.arguments.get("strength")
    parameter = planner.bind(strengths, check_strengths) if strengths is not None else None
    return planner.connection(
        asked,
        Everything("Conclusion"),
        "Coverage",
        where=Both((where, Not(Covered(rule, parameter)))),
        order=Order("k_date"),
        beside=[one for one in (scope, strengths) if one is not None],
    )


def check_strengths(value: Any, _: Mapping[str, Any]) -> Any:
    """That a strength is named, since every conclusion is without cover of no strength."""
    if not value:
        raise BadUserInput("uncovered.strength is empty: name STATED, INFERRED or both, or leave it out")
    return value
