"""The Cypher of a trace: paths as lists of ids, and each thing and each link on them once, in one expression.

One subquery for each length, each with its LIMIT: ordering all paths of a wide graph before cutting them
takes seconds, and a length that is a parameter is refused by both engines.
"""

from graph.conditions import names
from graph.cypher import Names, expression, link, thing
from graph.selection import ThingSelection
from graph.trace import StepField, Trace, TraceFrom

TAKEN = {"takenBy": ("TAKEN_BY", "Body"), "takenAt": ("TAKEN_AT", "Event")}


@expression.register
def _(read: TraceFrom, element: str, variables: Names) -> str:
    mention, named, found, node = (variables.fresh(prefix) for prefix in "mykn")
    key = f"${read.id.name}"
    return (
        f"head(COLLECT {{ OPTIONAL MATCH ({mention}:Mention {{id: {key}}})-[:MENTION_OF]->({named}:Thing) "
        f"WITH coalesce({named}.id, {key}) AS {found} MATCH ({node}:Thing {{id: {found}}}) "
        f"RETURN {expression(read.trace, node, variables)} }})"
    )


@expression.register
def _(read: Trace, element: str, variables: Names) -> str:
    return TraceText(read, element, variables).text()


class TraceText:
    """The text of one trace. Its value: origins, paths down, paths up, things, links, things reached."""

    def __init__(self, read: Trace, element: str, variables: Names) -> None:
        self.read = read
        self.follow = read.follow
        self.origin = element
        self.variables = variables
        self.own = variables.fresh("b")
        self.down, self.up = variables.fresh("d"), variables.fresh("u")

    def text(self) -> str:
        """The whole expression."""
        origins = [thing(selection, self.origin, self.variables) for _, selection in self.read.origins]
        walked = self.walk() if self.read.walks else "[[], [], [], []]"
        reached = [self.reached(one.labels or self.follow.to, one.node) for one in self.read.reached]
        columns = f"[[{', '.join(origins)}], {walked}, [{', '.join(reached)}]]"
        if self.follow.body is None:
            return columns
        return f"head(COLLECT {{ WITH {self.origin}, {self.deeds()} AS {self.own} RETURN {columns} }})"

    def deeds(self) -> str:
        """The ids of what the body did or is responsible for."""
        assert self.follow.body is not None
        deed, body = self.variables.fresh("t"), self.variables.fresh("b")
        own = f"({body}:Thing {{id: ${self.follow.body.name}}})"
        deeds = f"<-[:TAKEN_BY|RESPONSIBLE]-({deed}:Thing) RETURN {deed}.id"
        return (
            f"COLLECT {{ MATCH {own}{deeds} }} + "
            f"COLLECT {{ MATCH {own}<-[:PART_OF]-(:StudyGroupTerm){deeds} }}"
        )

    def walk(self) -> str:
        """The paths in both directions with the tables of what is on them."""
        down = self.lengths(up=False) if self.follow.down else "[]"
        up = self.lengths(up=True) if self.follow.up else "[]"
        start = self.variables.fresh("p")
        begin = f"COLLECT {{ MATCH {start} = ({self.origin}) RETURN {start} }}"
        carried = f"{self.origin}, {self.own}" if self.follow.body else self.origin
        return (
            f"head(COLLECT {{ WITH {carried}, {down} AS {self.down}, {up} AS {self.up} "
            f"RETURN [{self.ids(self.down)}, {self.ids(self.up)}, "
            f"{self.things(f'{begin} + {self.down} + {self.up}')}, "
            f"{self.links(f'{self.down} + {self.up}')}] }})"
        )

    def lengths(self, *, up: bool) -> str:
        """The paths of each length, the shortest first."""
        return " + ".join(self.of_length(length, up=up) for length in range(1, self.follow.depth + 1))

    def of_length(self, length: int, *, up: bool) -> str:
        """The paths of one length, not more than the limit."""
        path, end = self.variables.fresh("p"), self.variables.fresh("e")
        conditions = self.conditions(path, end, self.follow.to)
        if not self.follow.to and length < self.follow.depth:
            conditions.append(f"NOT {self.leads_on(end, up=up, every=False)}")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        pattern = self.pattern(end, f"*{length}..{length}", up=up)
        return f"COLLECT {{ MATCH {path} = {pattern}{where} RETURN {path} LIMIT ${self.read.limit.name} }}"

    def pattern(self, end: str, hops: str, *, up: bool) -> str:
        """The pattern of the links that are followed from the origin."""
        arrow = f"-[:{'|'.join(names(one) for one in self.follow.types)}{hops}]-"
        return f"({self.origin}){'<' if up else ''}{arrow}{'' if up else '>'}({end}:Thing)"

    def conditions(self, path: str, end: str, labels: tuple[str, ...]) -> list[str]:
        """What a path must fulfil."""
        found = []
        if labels:
            found.append(f"({end}:{'|'.join(names(label) for label in labels)})")
        if self.follow.strengths:
            found.append(f"all(r IN relationships({path}) WHERE r.strength IN ${self.follow.strengths.name})")
        if self.follow.body:
            found.append(f"any(x IN nodes({path}) WHERE x.id IN {self.own})")
        return found

    def leads_on(self, node: str, *, up: bool, every: bool) -> str:
        """That a link leads on from a thing: one that is followed, or with `every` any link of a trace."""
        on = self.variables.fresh("o")
        types = "|".join(names(one) for one in (self.follow.every if every else self.follow.types))
        arrow = f"<-[{on}:{types}]-" if up else f"-[{on}:{types}]->"
        strength = self.follow.strengths
        where = f" WHERE {on}.strength IN ${strength.name}" if strength and not every else ""
        return f"EXISTS {{ MATCH ({node}){arrow}(:Thing){where} }}"

    def ids(self, paths: str) -> str:
        """The paths as pairs of lists: the ids of their links, the ids of their things."""
        return f"[p IN {paths} | [[r IN relationships(p) | r.id], [x IN nodes(p) | x.id]]]"

    def things(self, paths: str) -> str:
        """Each thing on the paths once: facts of it, then what is wanted of it."""
        path, node = self.variables.fresh("p"), self.variables.fresh("t")
        facts = [
            f"{node}.id",
            f"coalesce({node}.date, {node}.startDate, {node}.from, {node}.timing)",
            *(self.end_facts(node) if self.read.ends else ["null"]),
        ]
        wanted = [thing(selection, node, self.variables) for selection in self.read.things]
        wanted += [self.taken(one, node) for one in self.read.acts]
        return (
            f"COLLECT {{ UNWIND {paths} AS {path} UNWIND nodes({path}) AS {node} "
            f"WITH DISTINCT {node} ORDER BY {node}.id RETURN [{', '.join([*facts, *wanted])}] }}"
        )

    def end_facts(self, node: str) -> list[str]:
        """What is needed to say why a trace ends at a thing: type of act, addressed, and what leads on."""
        looks = [self.leads_on(node, up=up, every=every) for up in (False, True) for every in (False, True)]
        addressed = f"EXISTS {{ MATCH ({node})-[:ADDRESSED_TO]->(:Thing) }}"
        return [f"[{node}.actionType, {addressed}, {', '.join(looks)}]"]

    def taken(self, wanted: StepField, node: str) -> str:
        """The bodies or events of an act."""
        link_type, label = TAKEN[wanted.name]
        far = self.variables.fresh("f")
        row = thing(wanted.node, far, self.variables)
        return (
            f"COLLECT {{ MATCH ({node})-[:{link_type}]->({far}:{label}) "
            f"WITH DISTINCT {far} ORDER BY {far}.id RETURN {row} }}"
        )

    def links(self, paths: str) -> str:
        """Each link on the paths once: facts of it, then what is wanted of it."""
        path, name = self.variables.fresh("p"), self.variables.fresh("l")
        facts = [f"{name}.id", f"type({name})", f"{name}.strength", f"{name}.priorWork", f"{name}.date"]
        wanted = [link(selection, name, self.variables) for selection in self.read.links]
        return (
            f"COLLECT {{ UNWIND {paths} AS {path} UNWIND relationships({path}) AS {name} "
            f"WITH DISTINCT {name} ORDER BY {name}.id RETURN [{', '.join([*facts, *wanted])}] }}"
        )

    def reached(self, labels: tuple[str, ...], selection: ThingSelection) -> str:
        """The things that are reached, each once, whatever the number of paths to them."""
        both = [up for up, wanted in ((False, self.follow.down), (True, self.follow.up)) if wanted]
        return " + ".join(self.reached_one_way(labels, selection, up=up) for up in both)

    def reached_one_way(self, labels: tuple[str, ...], selection: ThingSelection, *, up: bool) -> str:
        """The things that are reached in one direction."""
        path, end = self.variables.fresh("p"), self.variables.fresh("e")
        found = self.conditions(path, end, labels)
        if labels and self.follow.to and labels != self.follow.to:
            found.append(f"({end}:{'|'.join(names(label) for label in self.follow.to)})")
        where = f" WHERE {' AND '.join(found)}" if found else ""
        named = f"{path} = " if self.follow.strengths or self.follow.body else ""
        pattern = self.pattern(end, f"*1..{self.follow.depth}", up=up)
        return (
            f"COLLECT {{ MATCH {named}{pattern}{where} WITH DISTINCT {end} ORDER BY {end}.id "
            f"LIMIT ${self.read.reach.name} RETURN {thing(selection, end, self.variables)} }}"
        )
