"""One run beside the peer: a Neo4j, three servers over it, the questions in turns, the answers compared."""

import asyncio
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import orjson
import psutil

from bench.clients import Target, answers, body_of, turn
from bench.contest import Contest
from bench.generator import Generator, write
from bench.machine import machine
from bench.peer_servers import Floor, floor_running, peer_running
from bench.questions import everywhere
from bench.run import DATA
from bench.service import BenchError, Service, running, spent
from bench.shapes import kind_key, real_records
from bench.stages import Stages, Variables, stages
from bench.stores import NEO4J, Store, Stores
from ontology.model import Model
from res68.opening import open_store
from res68.settings import read_settings
from resolvers.limits import Limits
from schema.service import Prepared, Request
from schema.service import Service as Answering

PAGE_LIMIT = 1_000
IDS = 20  # variables of a question, asked one after the other
CLIENTS = (1, 8)
SERVERS = ("ours", "peer", "floor")
Report = Callable[[str], None]
Key = tuple[str, str, int]  # question, server, clients


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: rounds, and the seconds of one turn."""

    rounds: int
    seconds: float


@dataclass(slots=True)
class Sample:
    """What was measured, one value a round, in milliseconds but for `rate`, which is answers a second."""

    middle: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    store_cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that a run measured."""

    machine: Mapping[str, str]
    scale: int
    contests: Sequence[Contest]
    samples: Mapping[Key, Sample]
    stages: Stages


@dataclass(frozen=True, slots=True)
class Server:
    """One of the three: its name, its process, and where each question is put to it."""

    name: str
    process: psutil.Process
    targets: Mapping[str, Target]


def run(contests: Sequence[Contest], scale: int, effort: Effort, directory: Path, report: Report) -> Outcome:
    """Measure, and leave nothing behind but what was there."""
    if shutil.which("npm") is None:
        raise BenchError("the peer needs Node and npm, and npm was not found")
    with ExitStack() as stack:
        store = filled(scale, directory, stack, report)
        settings = {**store.settings, "RES68_LIMIT_PAGE": str(PAGE_LIMIT)}
        ours = stack.enter_context(running(settings, store.process))
        report("starting the peer")
        peer = stack.enter_context(peer_running(store, directory))
        asked = variables(scale, ours, contests)
        texts = asyncio.run(statements(contests, asked, store))
        floor = stack.enter_context(floor_running(store, directory, texts))
        address = f"{ours.client.base_url}".rstrip("/") + "/graphql"
        servers = [
            Server("ours", ours.process, targets(address, lambda one: one.ours, contests, asked)),
            Server("peer", peer[0], targets(peer[1], lambda one: one.peer, contests, asked)),
            Server("floor", floor[0], floor_targets(floor[1], texts)),
        ]
        report("comparing the answers")
        samples = asyncio.run(measure(contests, servers, effort, store.process, report))
        report("measuring our stages")
        staged = stages(contests, asked, settings, effort.rounds)
    return Outcome(machine(own_neo4j=store.process is not None), scale, contests, samples, staged)


def filled(scale: int, directory: Path, stack: ExitStack, report: Report) -> Store:
    """A Neo4j with the dataset; the one that the environment names is taken as it is, if it is ours."""
    dataset = directory / "dataset"
    report(f"generating the dataset at {scale}x")
    write(Generator(real_records(DATA), Model.load(), 68).dataset(scale), dataset)
    report("filling Neo4j")
    store, _ = Stores(directory, stack).filled(NEO4J, scale, dataset)
    shutil.rmtree(dataset)
    return store


def variables(scale: int, ours: Service, contests: Sequence[Contest]) -> Variables:
    """What the questions are asked about, by the name of the list; the empty name: nothing."""
    random = Random("peer")
    records = real_records(DATA)

    def real(kind: str) -> list[str]:
        return [str(one["id"]) for one in records if kind_key(str(one["id"])) == kind]

    def spread(things: Sequence[str]) -> list[str]:
        found = everywhere(things, scale, random)
        return [random.choice(found) for _ in range(IDS)]

    conclusions, meetings = real("conclusion"), spread(real("meeting"))
    ids = spread(conclusions)
    found: dict[str, Sequence[Mapping[str, str]]] = {"": [{}], "conclusions": [{"id": one} for one in ids]}
    found["roots"] = [{"a": a, "b": b, "c": c} for a, b, c in zip(ids, reversed(ids), meetings, strict=True)]
    for contest in contests:
        if contest.ids == "traced":
            whole = [one for one in conclusions if contest.read_ours(ours.ask(contest.ours, {"id": one}))]
            found["traced"] = [{"id": one} for one in spread(whole)]
    return found


async def statements(contests: Sequence[Contest], asked: Variables, store: Store) -> dict[str, Floor]:
    """The statements that we send for each question."""
    found = {}
    async with open_store(read_settings(store.settings)) as opened:
        answering = Answering(Model.load(), opened, Limits(page=PAGE_LIMIT))
        for contest in contests:
            prepared = [await answering.prepare(Request(contest.ours, one)) for one in asked[contest.ids]]
            sent = [one.plan.statements(one.parameters) for one in prepared if isinstance(one, Prepared)]
            texts = [one.text for one in sent[0]]
            found[contest.name] = Floor(texts, [[dict(one.parameters) for one in each] for each in sent])
    return found


def targets(
    url: str, text: Callable[[Contest], str], contests: Sequence[Contest], asked: Variables
) -> dict[str, Target]:
    """Where and how a GraphQL server is asked each question."""
    return {one.name: Target(url, [body_of(text(one), each) for each in asked[one.ids]]) for one in contests}


def floor_targets(url: str, texts: Mapping[str, Floor]) -> dict[str, Target]:
    """How the bare route is asked each question."""
    return {
        name: Target(url, [orjson.dumps({"name": name, "parameters": each}) for each in one.parameters])
        for name, one in texts.items()
    }


def compare(contest: Contest, ours: Sequence[bytes], peer: Sequence[bytes]) -> None:
    """A BenchError where we and the peer answer differently, or nothing."""
    for our, their in zip(ours, peer, strict=True):
        both = [orjson.loads(one) for one in (our, their)]
        if any("errors" in one for one in both):
            raise BenchError(f"{contest.name}: {both[0].get('errors') or both[1].get('errors')}")
        said, other = contest.read_ours(both[0]["data"]), contest.read_peer(both[1]["data"])
        if said != other or not said:
            raise BenchError(f"{contest.name}: answers differ: {str(said)[:1000]} and {str(other)[:1000]}")


async def measure(
    contests: Sequence[Contest],
    servers: Sequence[Server],
    effort: Effort,
    store: psutil.Process | None,
    report: Report,
) -> dict[Key, Sample]:
    """The samples of all questions, once the answers have been compared."""
    expected = {
        one.name: {name: await answers(target) for name, target in one.targets.items()} for one in servers
    }
    for contest in contests:
        compare(contest, expected["ours"][contest.name], expected["peer"][contest.name])
    return await rounds(contests, servers, expected, effort, store, report)


async def rounds(
    contests: Sequence[Contest],
    servers: Sequence[Server],
    expected: Mapping[str, Mapping[str, Sequence[bytes]]],
    effort: Effort,
    store: psutil.Process | None,
    report: Report,
) -> dict[Key, Sample]:
    """The samples of all questions at all servers, which take turns; the first round only warms."""
    samples: dict[Key, Sample] = {}
    for number in range(effort.rounds + 1):
        report(f"round {number} of {effort.rounds}")
        for contest in contests:
            for clients in CLIENTS:
                for server in (*servers[number % 3 :], *servers[: number % 3]):
                    known = expected[server.name][contest.name]
                    key = contest.name, server.name, clients
                    sample = samples.setdefault(key, Sample()) if number else Sample()
                    await take(server, contest, known, clients, effort.seconds, store, sample)
    return samples


async def take(
    server: Server,
    contest: Contest,
    expected: Sequence[bytes],
    clients: int,
    seconds: float,
    store: psutil.Process | None,
    sample: Sample,
) -> None:
    """One turn of a server at a question."""
    before = spent(server.process), spent(store) if store else 0.0
    taken = await turn(server.targets[contest.name], expected, clients, seconds)
    after = spent(server.process), spent(store) if store else 0.0
    times, number = sorted(taken.answers), len(taken.answers)
    sample.middle.append(1000 * times[number // 2])
    sample.high.append(1000 * times[min(number - 1, number * 95 // 100)])
    sample.rate.append(number / taken.seconds)
    sample.cpu.append(1000 * (after[0] - before[0]) / number)
    sample.store_cpu.append(1000 * (after[1] - before[1]) / number)
