"""The Cypher of a trace: paths as lists of ids, and each thing and each link on them once, in one expression.

One subquery for each length, each with its LIMIT: ordering all paths of a wide graph before cutting them
takes seconds, and a length that is a parameter is refused by both engines.
"""

from graph.conditions import names
from graph.cypher import expression, link, thing
from graph.trace import Reached, StepField, Trace, TraceFrom
from graph.variables import Names

# How many paths of one length are looked at, and how many things at one distance: a thing with very many
# links must not hold the store for long.
SCAN = 100_000
WIDEST = 20_000
# How many links further things are looked for at once: more makes a shorter text, and more ways to one thing.
STRIDE = 2
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
    """The text of one trace. Its value: origins; walk (paths, more, things, links); things reached."""

    def __init__(self, read: Trace, element: str, variables: Names) -> None:
        self.read = read
        self.follow = read.follow
        self.origin = element
        self.variables = variables
        self.own = variables.fresh("b")

    def text(self) -> str:
        """The whole expression."""
        origins = [thing(selection, self.origin, self.variables) for _, selection in self.read.origins]
        walked = self.walk() if self.read.walks else "null"
        reached = self.reached() if self.read.reached else "[]"
        columns = f"[[{', '.join(origins)}], {walked}, {reached}]"
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
        """The paths, whether there are more, and the tables of what is on them."""
        found, last = self.lengths()
        rows = self.variables.fresh("r")
        kept = f"UNWIND [{last}[..${self.read.limit.name} - 1]] AS {rows}"
        more = self.more(last) if self.read.truncated else "null"
        columns = f"{self.ids(rows)}, {more}, {self.things(rows)}, {self.links(rows)}"
        return f"head(COLLECT {{ {found} {kept} RETURN [{columns}] }})"

    def lengths(self) -> tuple[str, str]:
        """The clauses that find the paths, the shortest first, and the variable that holds them all."""
        clauses, before = [], ""
        for length in range(1, self.follow.depth + 1):
            found = " + ".join(self.of_length(length, up=up) for up in self.follow.directions)
            now = self.variables.fresh("w")
            if before:
                enough = f"size({before}) >= ${self.read.limit.name}"
                found = f"CASE WHEN {enough} THEN {before} ELSE {before} + {found} END"
            clauses.append(f"UNWIND [{found}] AS {now}")
            before = now
        return " ".join(clauses), before

    def of_length(self, length: int, *, up: bool) -> str:
        """The paths of one length up to the limit: links, things, direction, whether links lead on."""
        path, end = self.variables.fresh("p"), self.variables.fresh("e")
        deepest = length == self.follow.depth
        conditions = self.conditions(path, end, self.follow.to)
        if not self.follow.to and not deepest:
            conditions.append(f"NOT {self.leads_on(end, path, up=up)}")
        both = f"{path}, {end}"
        carried = f"{both}, {self.own}" if self.follow.body else both  # the embedded engine drops the rest
        where = f"WITH {carried} LIMIT {SCAN} WITH {carried} WHERE {' AND '.join(conditions)} "
        pattern = self.pattern(end, f"*{length}..{length}", up=up)
        on = self.leads_on(end, path, up=up) if deepest and self.read.ends and not self.follow.to else "false"
        return (
            f"COLLECT {{ MATCH {path} = {pattern}{self.strong(path)} "
            f"{where if conditions else ''}WITH {both} LIMIT ${self.read.limit.name} "
            f"WITH {both} ORDER BY [x IN relationships({path}) | x.id] "
            f"RETURN [relationships({path}), nodes({path}), {'true' if up else 'false'}, {on}] }}"
        )

    def more(self, rows: str) -> str:
        """Whether there are more paths than the limit, or so many that not all could be looked at."""
        counted = []
        for up in self.follow.directions:
            end = self.variables.fresh("e")
            pattern = self.pattern(end, f"*1..{self.follow.depth}", up=up)
            counted.append(f"COUNT {{ MATCH {pattern} WITH {end} LIMIT {SCAN} RETURN {end} }} >= {SCAN}")
        return f"CASE WHEN size({rows}) >= ${self.read.limit.name} THEN true ELSE {' OR '.join(counted)} END"

    def pattern(self, end: str, hops: str, *, up: bool, start: str = "", link: str = "") -> str:
        """The pattern of the links that are followed from the origin, or from another start."""
        arrow = f"-[{link}:{'|'.join(names(one) for one in self.follow.types)}{hops}]-"
        return f"({start or self.origin}){'<' if up else ''}{arrow}{'' if up else '>'}({end}:Thing)"

    def strong(self, path: str) -> str:
        """That the links of a path have one of the strengths asked for."""
        wanted = self.follow.strengths
        return f" WHERE all(x IN relationships({path}) WHERE x.strength IN ${wanted.name})" if wanted else ""

    def conditions(self, path: str, end: str, labels: tuple[str, ...]) -> list[str]:
        """What a path must fulfil."""
        found = [f"({end}:{'|'.join(names(label) for label in labels)})"] if labels else []
        if self.follow.body:
            found.append(f"any(x IN nodes({path}) WHERE x.id IN {self.own})")
        return found

    def leads_on(self, end: str, path: str, *, up: bool) -> str:
        """That a link which is followed leads on from the end of a path; no path has a link twice."""
        on, beyond = self.variables.fresh("o"), self.variables.fresh("o")
        strength = self.follow.strengths
        strong = f"{on}.strength IN ${strength.name} AND " if strength else ""
        pattern = self.pattern(beyond, "", up=up, start=end, link=on)
        return f"EXISTS {{ MATCH {pattern} WHERE {strong}NOT {on} IN relationships({path}) }}"

    def leads_anywhere(self, node: str, *, up: bool) -> str:
        """That some link of a trace leads on from a thing, where such links may have been left out."""
        if not self.follow.narrowed:
            return "false"
        arrow = f"-[:{'|'.join(names(one) for one in self.follow.every)}]-"
        return f"EXISTS {{ MATCH ({node}){'<' if up else ''}{arrow}{'' if up else '>'}(:Thing) }}"

    def ids(self, rows: str) -> str:
        """The paths as lists: ids of links, ids of things, direction, whether links lead on."""
        return f"[w IN {rows} | [[x IN w[0] | x.id], [x IN w[1] | x.id], w[2], w[3]]]"

    def things(self, rows: str) -> str:
        """The origin and each thing on the paths once: facts of it, then what is wanted of it."""
        some, node = self.variables.fresh("p"), self.variables.fresh("t")
        facts = [
            f"{node}.id",
            f"coalesce({node}.date, {node}.startDate, {node}.from)",
            self.end_facts(node) if self.read.ends else "null",
        ]
        wanted = [thing(selection, node, self.variables) for selection in self.read.things]
        wanted += [self.taken(one, node) for one in self.read.acts]
        return (
            f"COLLECT {{ UNWIND [[{self.origin}]] + [w IN {rows} | w[1]] AS {some} UNWIND {some} AS {node} "
            f"WITH DISTINCT {node} RETURN [{', '.join([*facts, *wanted])}] }}"
        )

    def end_facts(self, node: str) -> str:
        """What is needed to say why a trace ends at a thing: type of act, addressed, and what leads on."""
        on = [self.leads_anywhere(node, up=up) for up in (False, True)]
        body = self.variables.fresh("a")
        addressed = f"MATCH ({node})-[:ADDRESSED_TO]->({body}:Body) WHERE NOT {body}:Organization"
        return f"[{node}.actionType, EXISTS {{ {addressed} }}, {', '.join(on)}]"

    def taken(self, wanted: StepField, node: str) -> str:
        """The bodies or events of an act."""
        link_type, label = TAKEN[wanted.name]
        far = self.variables.fresh("f")
        row = thing(wanted.node, far, self.variables)
        return (
            f"COLLECT {{ MATCH ({node})-[:{link_type}]->({far}:{label}) "
            f"WITH DISTINCT {far} ORDER BY {far}.id RETURN {row} }}"
        )

    def links(self, rows: str) -> str:
        """Each link on the paths once: facts of it, then what is wanted of it."""
        row, name = self.variables.fresh("p"), self.variables.fresh("l")
        facts = [f"{name}.id", f"type({name})", f"{name}.strength", f"{name}.priorWork", f"{name}.date"]
        wanted = [link(selection, name, self.variables) for selection in self.read.links]
        return (
            f"COLLECT {{ UNWIND {rows} AS {row} UNWIND {row}[0] AS {name} "
            f"WITH DISTINCT {name} RETURN [{', '.join([*facts, *wanted])}] }}"
        )

    def reached(self) -> str:
        """The things that are reached, each once, whatever the number of paths to them."""
        ways = [self.distances(up=up) for up in self.follow.directions]
        clauses = " ".join(clause for way, _ in ways for clause in way)
        distances = " + ".join(distance for _, way in ways for distance in way)
        rows = [self.reached_rows(one, distances) for one in self.read.reached]
        return f"head(COLLECT {{ {clauses} RETURN [{', '.join(rows)}] }})"

    def reached_rows(self, wanted: Reached, distances: str) -> str:
        """Of the things that are reached, those of some kinds."""
        end = self.variables.fresh("e")
        found = [
            f"({end}:{'|'.join(names(label) for label in labels)})"
            for labels in (wanted.labels, self.follow.to)
            if labels
        ]
        where = f"WHERE {' AND '.join(found)} " if found else ""
        row = thing(wanted.node, end, self.variables)
        return (
            f"COLLECT {{ UNWIND {distances} AS {end} WITH DISTINCT {end} {where}"
            f"WITH {end} ORDER BY {end}.id LIMIT ${self.read.reach.name} RETURN {row} }}"
        )

    def distances(self, *, up: bool) -> tuple[list[str], list[str]]:
        """Clauses that bind the things further and further away; the variables of those that are reached."""
        clauses, reached = [], []
        at, over = f"[{self.origin}]", f"[x IN [{self.origin}] WHERE x.id IN {self.own}]"
        stride = 1 if self.follow.body else STRIDE
        for gone in range(0, self.follow.depth, stride):
            here, past = self.variables.fresh("f"), self.variables.fresh("g")
            hops = min(stride, self.follow.depth - gone)
            clauses.append(f"UNWIND [{self.beyond(at, hops, up=up)}] AS {here}")
            if self.follow.body:
                deeds = f"[x IN {here} WHERE x.id IN {self.own}]"
                clauses.append(f"UNWIND [{self.beyond(over, hops, up=up)} + {deeds}] AS {past}")
            at, over = here, past
            reached.append(past if self.follow.body else here)
        return clauses, reached

    def beyond(self, things: str, hops: int, *, up: bool) -> str:
        """The things up to so many links further."""
        start, on, end = self.variables.fresh("s"), self.variables.fresh("o"), self.variables.fresh("e")
        wanted = self.follow.strengths
        where = f" WHERE all(x IN {on} WHERE x.strength IN ${wanted.name})" if wanted else ""
        on = on if wanted else ""
        pattern = self.pattern(end, f"*1..{hops}", up=up, start=start, link=on)
        return (
            f"COLLECT {{ UNWIND {things} AS {start} MATCH {pattern}{where} "
            f"WITH DISTINCT {end} LIMIT {WIDEST} RETURN {end} }}"
        )
