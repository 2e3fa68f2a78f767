"""The questions that are put to the peer too: the same in both forms, and what two answers must say alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]
# What an answer says, as plain lists: the same for both servers where they answer the same.
Reading = Callable[[Data], Any]


@dataclass(frozen=True, slots=True)
class Contest:
    """One question: our text, the peer's, how each answer is read, which ids it is asked about, and what it
    must reach: our CPU and our median at eight clients against the peer's, our CPU against the floor's.

    `ids`: which of the lists of variables it is asked with; none: it has no variables.
    """

    name: str
    about: str
    ours: str
    peer: str
    read_ours: Reading
    read_peer: Reading
    cpu: float
    latency: float
    floor: float
    ids: str = ""


def member(value: str | None) -> str | None:
    """A member of an enum as it is stored."""
    return value.lower().replace("_", "-") if value else value


def fields(*names: str) -> Callable[[Data], list[Any]]:
    """The values of some fields."""
    return lambda one: [one[name] for name in names]


POINT = fields("id", "number", "date", "recordedAt", "certainty")
FLAT = fields("id", "number", "series", "firstApproved", "recordedAt")

OURS_NESTED = """\
{
  conclusions(first: 100) {
    nodes {
      id number date
      actions(first: 200) {
        edges {
          strength note sources { id }
          node { id date identifier takenBy(first: 200) { edges { strength sources { id } node { id } } } }
        }
      }
    }
  }
}"""
PEER_NESTED = """\
{
  conclusions(limit: 100, sort: [{id: ASC}]) {
    id number date
    actionsConnection {
      edges {
        properties { strength note sources }
        node {
          id date identifier
          takenByConnection { edges { properties { strength sources } node { id } } }
        }
      }
    }
  }
}"""


def nested_ours(data: Data) -> Any:
    """Conclusions, their actions by id, and who took these, with what the links say."""

    def evidence(edge: Data) -> list[Any]:
        return [member(edge["strength"]), sorted(one["id"] for one in edge["sources"])]

    def action(edge: Data) -> list[Any]:
        node = edge["node"]
        taken = sorted([one["node"]["id"], *evidence(one)] for one in node["takenBy"]["edges"])
        return [node["id"], *evidence(edge), edge["note"], node["date"], node["identifier"], taken]

    return [
        [one["id"], one["number"], one["date"], ordered(map(action, one["actions"]["edges"]))]
        for one in data["conclusions"]["nodes"]
    ]


def nested_peer(data: Data) -> Any:
    """The same of the peer's answer."""

    def evidence(edge: Data) -> list[Any]:
        said = edge["properties"]
        return [said["strength"], sorted(said["sources"] or [])]

    def action(edge: Data) -> list[Any]:
        node = edge["node"]
        taken = sorted([one["node"]["id"], *evidence(one)] for one in node["takenByConnection"]["edges"])
        note = edge["properties"]["note"]
        return [node["id"], *evidence(edge), note, node["date"], node["identifier"], taken]

    return [
        [one["id"], one["number"], one["date"], ordered(map(action, one["actionsConnection"]["edges"]))]
        for one in data["conclusions"]
    ]


def ordered(rows: Any) -> list[Any]:
    """Rows by the id that they begin with."""
    return sorted(rows, key=lambda row: str(row[0]))


OURS_TRACE = """\
query Trace($id: ID!) {
  trace(from: $id, maxDepth: 4, via: [LED_TO, RESULTED_IN, EDITION_OF], to: [RECOMMENDATION]) {
    paths(first: 1000) { steps { link { strength } thing { id } } }
  }
}"""
PEER_TRACE = """\
query Trace($id: ID!) {
  conclusions(where: {id: {eq: $id}}) {
    actionsConnection { edges { properties { strength } node { id
      ledToConnection { edges { properties { strength } node { id
        resultedInConnection { edges { properties { strength } node { id
          recommendationConnection { edges { properties { strength } node { id } } }
        } } }
      } } }
    } } }
  }
}"""
LEVELS = ("actionsConnection", "ledToConnection", "resultedInConnection", "recommendationConnection")


def trace_ours(data: Data) -> Any:
    """The paths of four steps, each as the things and strengths on it."""
    paths = data["trace"]["paths"]
    steps = [
        [[step["thing"]["id"], member(step["link"]["strength"])] for step in one["steps"]] for one in paths
    ]
    return sorted((one for one in steps if len(one) == len(LEVELS)), key=str)


def trace_peer(data: Data) -> Any:
    """The same of the peer's answer."""

    def below(node: Data, levels: tuple[str, ...]) -> list[list[Any]]:
        if not levels:
            return [[]]
        return [
            [[edge["node"]["id"], edge["properties"]["strength"]], *rest]
            for edge in node[levels[0]]["edges"]
            for rest in below(edge["node"], levels[1:])
        ]

    return sorted((path for one in data["conclusions"] for path in below(one, LEVELS)), key=str)


OURS_ROOTS = """\
query Roots($a: ID!, $b: ID!, $c: ID!) {
  a: conclusion(id: $a) { id number date }
  b: conclusion(id: $b) { id number date }
  meeting(id: $c) { id startDate }
  conclusions(first: 20) { nodes { id number date } }
  workItems(first: 20) { nodes { id provisionalName status } }
}"""
PEER_ROOTS = """\
query Roots($a: ID!, $b: ID!, $c: ID!) {
  a: conclusions(where: {id: {eq: $a}}) { id number date }
  b: conclusions(where: {id: {eq: $b}}) { id number date }
  meetings(where: {id: {eq: $c}}) { id startDate }
  conclusions(limit: 20, sort: [{id: ASC}]) { id number date }
  workItems(limit: 20, sort: [{id: ASC}]) { id provisionalName status }
}"""
SHORT, MEETING, WORK = fields("id", "number", "date"), fields("id", "startDate"), fields(
    "id", "provisionalName", "status"
)  # fmt: skip


def roots_ours(data: Data) -> Any:
    """The five answers one after the other."""
    return [
        SHORT(data["a"]),
        SHORT(data["b"]),
        MEETING(data["meeting"]),
        [SHORT(one) for one in data["conclusions"]["nodes"]],
        [WORK(one) for one in data["workItems"]["nodes"]],
    ]


def roots_peer(data: Data) -> Any:
    """The same of the peer's answer."""
    (a,), (b,), (meeting,) = data["a"], data["b"], data["meetings"]
    return [
        SHORT(a),
        SHORT(b),
        MEETING(meeting),
        [SHORT(one) for one in data["conclusions"]],
        [WORK(one) for one in data["workItems"]],
    ]


CONTESTS = (
    Contest(
        "point",
        "a conclusion by its id, five fields",
        "query Point($id: ID!) { conclusion(id: $id) { id number date recordedAt certainty } }",
        "query Point($id: ID!) {"
        " conclusions(where: {id: {eq: $id}}) { id number date recordedAt certainty } }",
        lambda data: POINT(data["conclusion"]),
        lambda data: POINT(data["conclusions"][0]),
        cpu=2,
        latency=1.8,
        floor=1.5,
        ids="conclusions",
    ),
    Contest(
        "flat",
        "1,000 Recommendations, five fields",
        "{ recommendations(first: 1000) { nodes { id number series firstApproved recordedAt } } }",
        "{ recommendations(limit: 1000, sort: [{id: ASC}]) { id number series firstApproved recordedAt } }",
        lambda data: [FLAT(one) for one in data["recommendations"]["nodes"]],
        lambda data: [FLAT(one) for one in data["recommendations"]],
        cpu=6,
        latency=4,
        floor=1.35,
    ),
    Contest(
        "nested",
        "100 conclusions, their actions and who took these, with strength, note and sources of the links",
        OURS_NESTED,
        PEER_NESTED,
        nested_ours,
        nested_peer,
        cpu=5,
        latency=3.5,
        floor=1.35,
    ),
    Contest(
        "trace",
        "from a conclusion over four links to Recommendations; the peer asks nested fields",
        OURS_TRACE,
        PEER_TRACE,
        trace_ours,
        trace_peer,
        cpu=2.5,
        latency=2.5,
        floor=1.5,
        ids="traced",
    ),
    Contest(
        "page",
        "50 conclusions by date, five fields, and how many there are",
        "{ conclusions(first: 50, orderBy: {field: DATE}) { totalCount"
        " nodes { id number date recordedAt certainty } } }",
        "{ conclusionsConnection(first: 50, sort: [{date: ASC}, {id: ASC}]) { totalCount"
        " edges { node { id number date recordedAt certainty } } } }",
        lambda data: [data["conclusions"]["totalCount"], *map(POINT, data["conclusions"]["nodes"])],
        lambda data: [
            data["conclusionsConnection"]["totalCount"],
            *(POINT(one["node"]) for one in data["conclusionsConnection"]["edges"]),
        ],
        cpu=2.5,
        latency=1.5,
        floor=1.35,
    ),
    Contest(
        "five roots",
        "two conclusions, a meeting, and pages of 20 conclusions and of 20 work items in one operation",
        OURS_ROOTS,
        PEER_ROOTS,
        roots_ours,
        roots_peer,
        cpu=4,
        latency=3,
        floor=1.5,
        ids="roots",
    ),
)
