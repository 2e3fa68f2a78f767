"""How much of what was concluded was taken up: conclusions counted by their direct ties, and by group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.conditions import Fresh, condition, names
from graph.connection import Connection
from graph.cypher import expression, thing
from graph.selection import Condition, Parameter, ThingSelection
from graph.shapes import Decode, Shapes, shape
from graph.variables import Names

FIGURES = ("total", "stated", "statedOrInferred", "meetingWide")
WIDEST = 8  # steps from a topic up to wider ones

# For each way of grouping: from the conclusion (c) to the group (g), along which links, in which order.
GROUPS = {
    "MEETING": ("({c})<-[{u}:REACHED]-({g}:Meeting)", "k_startDate"),
    "SERIES": ("({c})<-[{u}:REACHED]-(:Meeting)-[{w}:PART_OF]->({g}:MeetingSeries)", "id"),
    "STUDY_PERIOD": ("({c})<-[{u}:REACHED]-(:Meeting)-[{w}:DURING]->({g}:StudyPeriod)", "k_from"),
    "TOPIC": (f"({{c}})-[{{u}}:ABOUT]->(:Topic)-[{{w}}:BROADER*0..{WIDEST}]->({{g}}:Topic)", "id"),
    "STUDY_GROUP": ("", "id"),  # the bodies are found with the acts that count
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Which acts count: none of the types `never`; with `bodies`, only what one of these did."""

    never: Parameter
    bodies: Parameter | None = None


@dataclass(frozen=True, slots=True)
class Covered:
    """A conclusion with a direct tie to an act that counts; with `strengths`, a tie of one of these."""

    rule: Rule
    strengths: Parameter | None = None


@dataclass(frozen=True, slots=True)
class AboutTopic:
    """A conclusion on one of these topics or on a narrower one."""

    topics: Parameter


@dataclass(frozen=True, slots=True)
class CoverageRows:
    """The figures by group, wanted under one key: at most `size` groups."""

    key: str
    size: Parameter
    figures: tuple[tuple[str, str], ...] = ()
    groups: tuple[tuple[str, ThingSelection], ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The figures of the conclusions that fulfil `where`: pairs of a key and one of FIGURES.

    `meetings` are those that `where` allows, as far as it names any: there the conclusions are looked for.
    `by` is one of GROUPS; `row_counts` are the keys for the number of groups, `uncovered` for pages of
    conclusions without cover.
    """

    where: Condition
    rule: Rule
    figures: tuple[tuple[str, str], ...] = ()
    by: str | None = None
    rows: tuple[CoverageRows, ...] = ()
    row_counts: tuple[str, ...] = ()
    uncovered: tuple[tuple[str, Connection], ...] = ()
    meetings: Parameter | None = None


@condition.register
def _(wanted: Covered, element: str, fresh: Fresh) -> str:
    link, act = fresh("l"), fresh("a")
    where = counts(link, act, wanted.rule, wanted.strengths, fresh)
    return f"EXISTS {{ MATCH ({element})-[{link}:LED_TO]->({act}:Action) WHERE {where} }}"


@condition.register
def _(wanted: AboutTopic, element: str, fresh: Fresh) -> str:
    about, wider, topic = fresh("u"), fresh("w"), fresh("g")
    pattern = GROUPS["TOPIC"][0].format(c=element, u=about, w=wider, g=topic)
    known = verified(pattern, about, wider)
    return f"EXISTS {{ MATCH {pattern} WHERE {topic}.id IN ${names(wanted.topics.name)} AND {known} }}"


def ties(start: str, rule: Rule, fresh: Fresh) -> str:
    """The list of the strengths of the ties that count and lead on from the end of this pattern."""
    link, act = fresh("l"), fresh("a")
    where = counts(link, act, rule, None, fresh)
    return f"[{start}-[{link}:LED_TO]->({act}:Action) WHERE {where} | {link}.strength]"


def counts(link: str, act: str, rule: Rule, strengths: Parameter | None, fresh: Fresh) -> str:
    """That a tie counts: verified, not known to be prior work, to an act that takes the conclusion up."""
    found = [
        f"{link}.strength {f'IN ${names(strengths.name)}' if strengths else 'IS NOT NULL'}",
        f"NOT coalesce({link}.priorWork, false)",
        f"NOT {act}.actionType IN ${names(rule.never.name)}",
    ]
    if rule.bodies is not None:
        found.append(acted(act, rule.bodies, fresh))
    return " AND ".join(found)


def acted(act: str, bodies: Parameter, fresh: Fresh) -> str:
    """That one of these bodies did the act; what a study group did in one study period is the group's."""
    taken, body, group = fresh("t"), fresh("b"), fresh("h")
    wanted = f"IN ${names(bodies.name)}"
    pattern = f"({body}:StudyGroupTerm)-[:PART_OF]->({group}:StudyGroup)"
    term = f"EXISTS {{ MATCH {pattern} WHERE {group}.id {wanted} }}"
    return (
        f"EXISTS {{ MATCH ({act})-[{taken}:TAKEN_BY]->({body}:Body) "
        f"WHERE {taken}.unverified IS NULL AND ({body}.id {wanted} OR {term}) }}"
    )


def verified(pattern: str, one: str, other: str) -> str:
    """That the links of a pattern to a group do not rest on recollection alone."""
    found = [f"{one}.unverified IS NULL"]
    if f"[{other}:BROADER*" in pattern:
        found.append(f"none(x IN {other} WHERE x.unverified IS NOT NULL)")
    elif f"[{other}:" in pattern:
        found.append(f"{other}.unverified IS NULL")
    return " AND ".join(found)


@expression.register
def _(read: Coverage, element: str, variables: Names) -> str:
    columns = [figures(read, variables) if read.figures else "null"]
    columns += [rows(read, one, variables) for one in read.rows]
    columns.append(row_count(read, variables) if read.row_counts else "null")
    columns += [expression(one, "", variables) for _, one in read.uncovered]
    return f"[{', '.join(columns)}]"


class Judged:
    """The conclusions in the scope, each with whether it is covered: the start of every count."""

    def __init__(self, read: Coverage, variables: Names) -> None:
        self.fresh = variables.fresh
        self.rule = read.rule
        conclusion, self.stated, self.either, self.wide, kept = (self.fresh(one) for one in "csewk")
        self.conclusion = conclusion
        where = condition(read.where, conclusion, self.fresh)
        of_meeting = ties(f"({conclusion})<-[:REACHED]-(:Meeting)", self.rule, self.fresh)
        self.text = (
            f"{self.start(read.meetings)} WHERE {where} "
            f"WITH {conclusion}, {ties(f'({conclusion})', self.rule, self.fresh)} AS {kept} "
            f"WITH {conclusion}, 'stated' IN {kept} AS {self.stated}, size({kept}) > 0 AS {self.either}, "
            f"CASE WHEN size({kept}) > 0 THEN false ELSE size({of_meeting}) > 0 END AS {self.wide} "
        )

    def start(self, meetings: Parameter | None) -> str:
        """Where the conclusions are found: everywhere, or at their meetings."""
        node = f"({self.conclusion}:Conclusion)"
        if meetings is None:
            return f"MATCH {node}"
        key = self.fresh("i")
        return f"UNWIND ${names(meetings.name)} AS {key} MATCH (:Meeting {{id: {key}}})-[:REACHED]->{node}"

    def sums(self) -> list[str]:
        """The four figures of all conclusions at hand."""
        tests = (self.stated, self.either, self.wide)
        return ["count(*)", *(f"sum(CASE WHEN {one} THEN 1 ELSE 0 END)" for one in tests)]

    def kept(self) -> str:
        """What is known of each conclusion."""
        return f"{self.conclusion}, {self.stated}, {self.either}, {self.wide}"

    def grouped(self, by: str) -> tuple[str, str]:
        """The text that puts each conclusion beside its groups, and the variable of the group."""
        return self.by_body() if by == "STUDY_GROUP" else self.by_link(GROUPS[by][0])

    def by_link(self, form: str) -> tuple[str, str]:
        """Groups to which links lead from the conclusion."""
        one, other, group = (self.fresh(prefix) for prefix in "uwg")
        pattern = form.format(c=self.conclusion, u=one, w=other, g=group)
        known = verified(pattern, one, other)
        return (
            f"{self.text}OPTIONAL MATCH {pattern} WHERE {known} WITH DISTINCT {self.kept()}, {group} ",
            group,
        )

    def by_body(self) -> tuple[str, str]:
        """The bodies that did what counts; each is credited with its own acts alone."""
        link, act, taken, body, whole, group, own = (self.fresh(prefix) for prefix in "latbhgo")
        c, stated, either, wide = self.conclusion, self.stated, self.either, self.wide
        text = (
            f"{self.text}OPTIONAL MATCH ({c})-[{link}:LED_TO]->({act}:Action)"
            f"-[{taken}:TAKEN_BY]->({body}:Body) "
            f"WHERE {counts(link, act, self.rule, None, self.fresh)} AND {taken}.unverified IS NULL "
            f"OPTIONAL MATCH ({body})-[:PART_OF]->({whole}:StudyGroup) WHERE {body}:StudyGroupTerm "
            f"WITH {self.kept()}, coalesce({whole}, {body}) AS {group}, "
            f"max(CASE WHEN {link}.strength = 'stated' THEN 1 ELSE 0 END) AS {own} "
        )
        if self.rule.bodies is not None:
            bodies = names(self.rule.bodies.name)
            text += f"WHERE {group}.id IN ${bodies} "
        return (
            f"{text}WITH {c}, {group}, "
            f"CASE WHEN {group} IS NULL THEN {stated} ELSE {own} = 1 END AS {stated}, "
            f"{either} OR {group} IS NOT NULL AS {either}, {wide} AS {wide} ",
            group,
        )


def figures(read: Coverage, variables: Names) -> str:
    """The list of the four figures."""
    judged = Judged(read, variables)
    return f"head(COLLECT {{ {judged.text}RETURN [{', '.join(judged.sums())}] }})"


def rows(read: Coverage, wanted: CoverageRows, variables: Names) -> str:
    """The list of groups, each with its figures and what is wanted of it; those of no group come last."""
    if read.by is None:
        return "[]"
    judged = Judged(read, variables)
    text, group = judged.grouped(read.by)
    sums = [variables.fresh("f") for _ in FIGURES]
    counted = ", ".join(f"{one} AS {name}" for one, name in zip(judged.sums(), sums, strict=True))
    things = [thing(selection, group, variables) for _, selection in wanted.groups]
    columns = [*sums, *(f"CASE WHEN {group} IS NULL THEN null ELSE {one} END" for one in things)]
    return (
        f"COLLECT {{ {text}WITH {group}, {counted} "
        f"ORDER BY CASE WHEN {group} IS NULL THEN 1 ELSE 0 END, {group}.{GROUPS[read.by][1]}, {group}.id "
        f"LIMIT ${wanted.size.name} RETURN [{', '.join(columns)}] }}"
    )


def row_count(read: Coverage, variables: Names) -> str:
    """The number of groups, no group among them."""
    if read.by is None:
        return "0"
    judged, key = Judged(read, variables), variables.fresh("k")
    text, group = judged.grouped(read.by)
    return f"size(COLLECT {{ {text}WITH DISTINCT coalesce({group}.id, '') AS {key} RETURN {key} }})"


@shape.register
def _(read: Coverage, shapes: Shapes) -> Decode:
    decoders = [rows_shape(one, shapes) for one in read.rows]
    pages = [shapes.of(one) for _, one in read.uncovered]

    def decode(value: Any, parameters: Mapping[str, Any]) -> Any:
        totals, *others = value
        found = {key: totals[FIGURES.index(name)] for key, name in read.figures}
        for wanted, decode_rows in zip(read.rows, decoders, strict=True):
            found[wanted.key] = decode_rows(others.pop(0), parameters)
        found |= dict.fromkeys(read.row_counts, others.pop(0))
        for (key, _), page in zip(read.uncovered, pages, strict=True):
            found[key] = page(others.pop(0), parameters)
        return found

    return decode


def rows_shape(wanted: CoverageRows, shapes: Shapes) -> Decode:
    """The shape of the rows."""
    groups = [(key, shapes.thing(selection)) for key, selection in wanted.groups]

    def decode(value: Any, parameters: Mapping[str, Any]) -> Any:
        found = []
        for row in value:
            one = {key: row[FIGURES.index(name)] for key, name in wanted.figures}
            for position, (key, group) in enumerate(groups, len(FIGURES)):
                one[key] = group(row[position], parameters)
            found.append(one)
        return found

    return decode
