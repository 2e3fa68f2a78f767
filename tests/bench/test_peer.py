"""The contest with the peer: what is compared, what is measured, and what the page says of it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import orjson
import pytest

from bench.clients import Target, WrongAnswer, answers, body_of, turn
from bench.contest import CONTESTS, trace_ours, trace_peer
from bench.peer_page import section
from bench.peer_run import CLIENTS, SERVERS, Outcome, Sample, compare
from bench.peer_schema import peer_schema, without_twins
from bench.service import BenchError
from bench.stages import STAGES, stages
from graph.dataset import read
from graph.load import load
from ontology.model import reference
from res68.logs import log
from res68.opening import open_store
from res68.settings import Settings, read_settings

POINT = CONTESTS[0]
FOUND = {"id": "conclusion/C1", "number": "C1", "date": "2009", "recordedAt": "now", "certainty": None}


def answer(data: object) -> bytes:
    return orjson.dumps({"data": data})


def test_answers_that_say_the_same_in_two_forms_are_alike() -> None:
    compare(POINT, [answer({"conclusion": FOUND})], [answer({"conclusions": [FOUND]})])


@pytest.mark.parametrize(
    ("ours", "peer"),
    [
        ({"conclusion": FOUND}, {"conclusions": [{**FOUND, "number": "C2"}]}),
        ({"conclusion": FOUND}, {"errors": ["wrong"]}),
    ],
)
def test_answers_that_differ_end_the_run(ours: dict[str, object], peer: dict[str, object]) -> None:
    theirs = answer(peer) if "errors" not in peer else orjson.dumps(peer)
    with pytest.raises(BenchError, match="point"):
        compare(POINT, [answer(ours)], [theirs])


def test_nothing_found_on_both_sides_is_no_answer() -> None:
    trace = next(one for one in CONTESTS if one.name == "trace")
    with pytest.raises(BenchError):
        compare(trace, [answer({"trace": {"paths": []}})], [answer({"conclusions": []})])


def test_a_trace_is_the_same_as_nested_lists_of_the_peer() -> None:
    ids = ("action/A", "action/B", "recommendation-edition/E", "recommendation/R")
    steps = [{"thing": {"id": one}, "link": {"strength": "STATED"}} for one in ids]
    nested: dict[str, object] = {}
    levels = ("recommendationConnection", "resultedInConnection", "ledToConnection", "actionsConnection")
    for level, one in zip(levels, reversed(ids), strict=True):
        edge = {"properties": {"strength": "stated"}, "node": {"id": one, **nested}}
        nested = {level: {"edges": [edge]}}
    assert trace_ours({"trace": {"paths": [{"steps": steps}]}}) == trace_peer({"conclusions": [nested]})


def test_the_peer_knows_every_kind_and_what_links_say() -> None:
    text = peer_schema(reference())
    for kind in reference().kinds:
        assert f'type {kind} @node(labels: ["{kind}"])' in text
    assert (
        'ledTo: [Action!]! @relationship(type: "LED_TO", direction: OUT, properties: "LedToProperties")'
        in text
    )
    assert "type LedToProperties @relationshipProperties {" in text


def test_the_peer_gets_no_second_field_over_the_same_relationships() -> None:
    lines = ["a: [B!]! @relationship(type: X)", "c: [B!]! @relationship(type: X)", "d: String", "e: String"]
    assert without_twins(lines) == [lines[0], "d: String", "e: String"]


def test_the_page_judges_by_the_ratios_of_the_rounds() -> None:
    cpu = {"ours": [1.0, 2.0, 1.0], "peer": [4.0, 8.0, 1.0], "floor": [0.5, 1.0, 1.0]}
    samples = {
        (POINT.name, server, clients): Sample([1.0] * 3, [2.0] * 3, [100.0] * 3, cpu[server], [0.1] * 3)
        for server in SERVERS
        for clients in CLIENTS
    }
    spent = [[1.0, 3.0], [1.5, 3.5], [2.0, 6.0], [4.0, 9.0], [6.0, 11.0]]  # of each stage in two rounds
    stages = {("point", name): values for name, values in zip(STAGES, spent, strict=True)}
    text = section(Outcome({"system": "Linux"}, 100, [POINT], samples, stages))
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line[:1] == "|"]
    assert ["point", "CPU against the peer", "0.50", "0.25", "0.12", "reached"] in rows
    assert ["point", "p50 at 8 clients against the peer", "0.56", "1.00", "1.00", "not reached"] in rows
    assert ["point", "CPU against the bare route", "1.50", "2.00", "1.00", "not reached"] in rows
    assert ["point", "2.00", "0.50", "2.00", "2.50", "1.50"] in rows


async def served(bodies: list[bytes]) -> tuple[asyncio.Server, str]:
    """A server that gives these answers one after the other, the last one again and again."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):  # the client went
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                await reader.readexactly(size)
                body = bodies.pop(0) if len(bodies) > 1 else bodies[0]
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"


async def test_every_answer_is_looked_at() -> None:
    server, url = await served([b"first", b"first", b"first", b"another"])
    async with server:
        target = Target(url, [body_of("{ __typename }", {})])
        known = await answers(target)
        assert known == [b"first"]
        with pytest.raises(WrongAnswer, match="another"):
            await turn(target, known, clients=1, seconds=5)


async def test_a_turn_tells_how_long_each_answer_took() -> None:
    server, url = await served([b"same"])
    async with server:
        taken = await turn(Target(url, [b"{}"]), [b"same"], clients=3, seconds=0.2)
    assert len(taken.answers) > 3
    assert 0 < sum(taken.answers) <= 3 * taken.seconds


async def loaded(settings: Settings) -> None:
    """Load the reference dataset into the store that these settings name."""
    async with open_store(settings) as store:
        await load(store, read(settings.datasets, reference()), reference())


def test_every_stage_of_a_question_takes_time_and_the_log_is_written_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"RES68_DATA_DIR": str(tmp_path)}
    asyncio.run(loaded(read_settings(settings)))
    asked = {POINT.ids: [{"id": "conclusion/CTO-2009-C6"}]}
    found = stages([POINT], asked, settings, 1)
    assert set(found) == {(POINT.name, stage) for stage in STAGES}
    assert all(spent > 0 for values in found.values() for spent in values)
    log().info("after the stages")
    assert "after the stages" in capsys.readouterr().err
