"""What is asked: five sorts of questions, each in a text that is kept and in texts that nobody has asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations
from random import Random

from bench.generator import moved

SHUFFLED = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Question:
    """An operation. `<...>` in its text holds fields whose order makes another text for the engine too.

    `local`: its answer is as large at every size of the dataset; `growing` ones count all of it.
    """

    name: str
    about: str
    text: str
    variable: str | None = None
    local: bool = True

    @property
    def warm(self) -> str:
        """The text that is asked again and again."""
        return SHUFFLED.sub(r"\1", self.text)

    def new(self, number: int) -> str:
        """A text that no other number gives: other aliases for the service, another order for the engine."""

        def other(found: re.Match[str]) -> str:
            return " ".join(next(islice(permutations(found[1].split()), number, None)))

        return SHUFFLED.sub(other, self.text).replace("asked:", f"asked{number}:")


CONCLUSION = "<id number nature certainty label>"

QUESTIONS = (
    Question(
        "point",
        "a conclusion by its id, with its meeting",
        f"query Point($id: ID!) {{ asked: conclusion(id: $id) {{ {CONCLUSION} text meeting {{ id name startDate }} }} }}",
        "conclusion",
    ),
    Question(
        "page",
        "50 conclusions in the order of their dates, from somewhere in the middle",
        "query Page($after: String) { asked: conclusions(first: 50, after: $after, orderBy: {field: DATE}) "
        f"{{ pageInfo {{ hasNextPage endCursor }} nodes {{ {CONCLUSION} text }} }} }}",
        "cursor",
    ),
    Question(
        "nested",
        "100 conclusions with their actions, the bodies that took them, and all sources",
        "query Nested($after: String) { asked: conclusions(first: 100, after: $after) { nodes { "
        f"{CONCLUSION} sources {{ id url }} actions {{ edges {{ strength node {{ id title date "
        "takenBy { nodes { id label } } sources { id url } } } } } } }",
        "cursor",
    ),
    Question(
        "trace",
        "everything that followed from a conclusion, path by path",
        f"query Trace($id: ID!) {{ asked: conclusion(id: $id) {{ {CONCLUSION} trace {{ truncated paths(first: 50) "
        "{ strength priorWork end { id label } steps { link { type strength sources { url } } "
        "thing { id kind label } takenBy { id label } } } ends { at { id } reason } } } }",
        "conclusion",
    ),
    Question(
        "coverage of a meeting",
        "how much of what a meeting concluded was taken up, by topic",
        "query Meeting($id: ID!) { asked: coverage(of: {meetings: [$id]}, by: TOPIC) "
        "{ <total stated statedOrInferred meetingWide> rows { total stated group { id label } } } }",
        "meeting",
    ),
    Question(
        "coverage of all",
        "how much of everything was taken up, by study period",
        "query All { asked: coverage(by: STUDY_PERIOD) "
        "{ <total stated statedOrInferred meetingWide> rows { total stated group { id label } } } }",
        local=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Subjects:
    """What the questions are asked about: ids and cursors, drawn anew for every request."""

    conclusions: Sequence[str]
    meetings: Sequence[str]
    cursors: Mapping[str, Sequence[str | None]]

    def variables(self, question: Question, random: Random) -> dict[str, str | None]:
        """The variables of one request."""
        match question.variable:
            case "conclusion":
                return {"id": random.choice(self.conclusions)}
            case "meeting":
                return {"id": random.choice(self.meetings)}
            case "cursor":
                return {"after": random.choice(self.cursors.get(question.name, [None]))}
            case _:
                return {}


def everywhere(real: Sequence[str], scale: int, random: Random) -> list[str]:
    """As many ids as there are real ones, of the same things, but spread over a dataset of this size."""
    worlds = (random.randrange(scale) for _ in real)
    return [moved(thing, world) if world else thing for thing, world in zip(real, worlds, strict=True)]
