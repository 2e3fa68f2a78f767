"""What is asked: questions of five sorts, each in one text that is kept and in others that are new."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations
from random import Random

from bench.generator import moved

FREE = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Question:
    """An operation, and what its variable stands for.

    `<...>` in its text holds fields of which the order is free: another order is another text for the engine.
    """

    name: str
    about: str
    text: str
    variable: str | None = None

    @property
    def warm(self) -> str:
        """The text that is asked again and again."""
        return FREE.sub(r"\1", self.text)

    def new(self, number: int) -> str:
        """A text that no other number gives: other aliases for the service, another order for the engine."""

        def other(found: re.Match[str]) -> str:
            return " ".join(next(islice(permutations(found[1].split()), number, None)))

        return FREE.sub(other, self.text).replace("asked:", f"asked{number}:")


POINT = """\
query Point($id: ID!) {
  asked: conclusion(id: $id) { <id number nature certainty label> text meeting { id name startDate } }
}"""
PAGE = """\
query Page($after: String) {
  asked: conclusions(first: 50, after: $after, orderBy: {field: DATE}) {
    pageInfo { hasNextPage endCursor }
    nodes { <id number nature certainty label> text }
  }
}"""
# From the end on: where a page begins that is the last but so many.
FROM_THE_END = """\
query FromTheEnd($before: String) {
  asked: conclusions(last: 60, before: $before, orderBy: {field: DATE}) {
    pageInfo { hasPreviousPage startCursor }
  }
}"""
NESTED = """\
query Nested($after: String) {
  asked: conclusions(first: 100, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      <id number nature certainty label>
      sources { id url }
      actions {
        edges { strength node { id title date takenBy { nodes { id label } } sources { id url } } }
      }
    }
  }
}"""
TRACE = """\
query Trace($id: ID!) {
  asked: conclusion(id: $id) {
    <id number nature certainty label>
    trace {
      truncated
      paths(first: 50) {
        strength
        priorWork
        end { id label }
        steps { link { type strength sources { url } } thing { id kind label } takenBy { id label } }
      }
      ends { at { id } reason }
    }
  }
}"""
COVERAGE_OF_A_MEETING = """\
query Meeting($id: ID!) {
  asked: coverage(of: {meetings: [$id]}, by: TOPIC) {
    total stated statedOrInferred meetingWide
    rows { total stated group { <id label kind recordedAt> } }
  }
}"""
COVERAGE_OF_ALL = """\
query All {
  asked: coverage(by: STUDY_PERIOD) {
    total stated statedOrInferred meetingWide
    rows { total stated group { <id label kind recordedAt> } }
  }
}"""

QUESTIONS = (
    Question("point", "a conclusion by its id, with its meeting", POINT, "conclusion"),
    Question("page", "50 conclusions by date, the first ones and some after", PAGE, "cursor"),
    Question("deep page", "the same question, from places next to the end of the order", PAGE, "cursor"),
    Question("nested", "100 conclusions, their actions, who took them, and all sources", NESTED, "cursor"),
    Question("trace", "everything that followed from a conclusion, path by path", TRACE, "conclusion"),
    Question(
        "coverage of a meeting",
        "how much of what a meeting concluded was taken up, by topic",
        COVERAGE_OF_A_MEETING,
        "meeting",
    ),
    Question(
        "coverage of all",
        "how much of everything was taken up, by study period",
        COVERAGE_OF_ALL,
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
