"""A trace finds exactly the paths that a plain walk over the same random links finds, on both engines."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.engine import Engine
from schema.service import Service
from tests.graph.served import ENGINES, data, service_in

ACTS = 24
SOURCE = "source/example.org/aaaaaaaaaaaa"
TRACE = """query (
  $from: ID!, $direction: TraceDirection!, $depth: Int!, $strength: [Strength!], $to: [Kind!]
) {
  trace(from: $from, direction: $direction, maxDepth: $depth, strength: $strength, to: $to) {
    truncated
    paths(first: 1000) { strength length steps { thing { id } } }
    reached { id }
  }
}"""
Links = dict[str, list[tuple[str, str]]]


def random_links(seed: int) -> Links:
    """Acts that led to later acts, each link with its strength."""
    random = Random(seed)
    names = [f"action/A{number:02}" for number in range(ACTS)]
    found: Links = {name: [] for name in names}
    for start in range(ACTS):
        later = names[start + 1 :]
        for end in random.sample(later, min(len(later), random.choice([0, 1, 1, 2, 3]))):
            found[names[start]].append((end, random.choice(["stated", "inferred"])))
    return found


LINKS = random_links(68)


def records() -> Iterator[dict[str, Any]]:
    yield {"id": SOURCE, "url": "https://example.org/"}
    for name, links in LINKS.items():
        ends = [{"to": end, "strength": s, "sources": [SOURCE], "note": "A test."} for end, s in links]
        record = {"id": name, "actionType": "study", "title": {"en": name}, "sources": [SOURCE]}
        yield record | ({"ledTo": ends} if ends else {})


@pytest.fixture(scope="module", params=ENGINES)
def here(request: pytest.FixtureRequest) -> Engine:
    engine: Engine = request.getfixturevalue(request.param)
    return engine


@pytest.fixture(scope="module")
async def service(here: Engine, tmp_path_factory: pytest.TempPathFactory) -> Service:
    folder: Path = tmp_path_factory.mktemp("traces")
    lines = "\n".join(json.dumps(record) for record in records())
    (folder / "records.jsonl").write_text(lines + "\n", encoding="utf-8")
    return await service_in(here, folder)


def walk(start: str, links: Links, depth: int) -> Iterator[tuple[list[str], list[str]]]:
    """Every path from a thing: the things on it and the strengths of its links."""
    waiting: list[tuple[list[str], list[str]]] = [([start], [])]
    while waiting:
        things, strengths = waiting.pop()
        if strengths:
            yield things[1:], strengths
        if len(strengths) < depth:
            waiting += [([*things, end], [*strengths, one]) for end, one in links[things[-1]]]


def turned(links: Links) -> Links:
    """The links from their ends."""
    found: Links = {name: [] for name in links}
    for start, own in links.items():
        for end, strength in own:
            found[end].append((start, strength))
    return found


@pytest.mark.parametrize("strengths", [None, ["STATED"]])
@pytest.mark.parametrize("depth", [1, 3, 8])
@pytest.mark.parametrize("direction", ["DOWNSTREAM", "UPSTREAM"])
@pytest.mark.parametrize("to", [None, ["ACTION"]])
async def test_a_trace_is_what_a_plain_walk_finds(
    service: Service, direction: str, depth: int, strengths: list[str] | None, to: list[str] | None
) -> None:
    links = LINKS if direction == "DOWNSTREAM" else turned(LINKS)
    if strengths:
        links = {start: [one for one in own if one[1] == "stated"] for start, own in links.items()}
    for start in list(LINKS)[::4]:
        paths = list(walk(start, links, depth))
        wanted = [one for one in paths if to or not links[one[0][-1]] or len(one[1]) == depth]
        found = (
            await data(
                service, TRACE, **{"from": start, "direction": direction, "depth": depth},
                strength=strengths, to=to,
            )
        )["trace"]  # fmt: skip
        assert found["truncated"] is False
        assert sorted([step["thing"]["id"] for step in path["steps"]] for path in found["paths"]) == sorted(
            things for things, _ in wanted
        )
        assert sorted(path["strength"] for path in found["paths"]) == sorted(
            "INFERRED" if "inferred" in own else "STATED" for _, own in wanted
        )
        assert [one["id"] for one in found["reached"]] == sorted({things[-1] for things, _ in paths})
