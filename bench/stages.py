"""Where the time of an answer goes: the same question stage by stage in one process, on top of the driver."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

import orjson
import uvicorn
from neo4j import READ_ACCESS
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from bench import floor
from bench.clients import body_of
from bench.contest import Contest
from graph.statement import Statement
from res68.app import create_app
from res68.logs import set_up
from res68.running import Running, opened
from res68.settings import read_settings
from schema.service import Prepared, Request

STAGES = ("driver", "route", "read", "operation", "application")
REQUESTS = 100  # of one stage in a row
# Milliseconds of CPU by question and stage, one value a round. Route and read hold the driver, an operation
# holds read, and the application holds an operation.
Stages = Mapping[tuple[str, str], Sequence[float]]
Ask = Callable[[], Awaitable[object]]
# What the questions are asked about, by the name of the list; the empty name: nothing.
Variables = Mapping[str, Sequence[Mapping[str, str]]]


def stages(contests: Sequence[Contest], asked: Variables, settings: Mapping[str, str], rounds: int) -> Stages:
    """Measure all questions over a store that is loaded; the first round only warms."""
    with written_nowhere(), asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        return runner.run(_stages(contests, asked, settings, rounds))


async def _stages(
    contests: Sequence[Contest], asked: Variables, settings: Mapping[str, str], rounds: int
) -> Stages:
    found: dict[tuple[str, str], list[float]] = {}
    chosen = read_settings(settings)
    async with opened(chosen) as here:
        await here.warmed.wait()
        app = create_app(chosen, lambda _: nullcontext(here))
        for contest in contests:
            ways = await of_question(contest, asked[contest.ids][0], here, app)
            for number in range(rounds + 1):
                for stage, ask in ways.items():
                    spent = await spent_on(ask)
                    if number:
                        found.setdefault((contest.name, stage), []).append(spent)
    return found


@contextmanager
def written_nowhere() -> Iterator[None]:
    """The log is written as a service writes it, for nobody to read."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        set_up("json", nowhere)
        try:
            yield
        finally:
            set_up("auto")


async def spent_on(ask: Ask) -> float:
    """The milliseconds of CPU of this process for one request."""
    before = time.process_time()
    for _ in range(REQUESTS):
        await ask()
    return 1000 * (time.process_time() - before) / REQUESTS


async def of_question(
    contest: Contest, variables: Mapping[str, str], here: Running, app: ASGIApp
) -> dict[str, Ask]:
    """The ways of one question, each as far as its stage."""
    request = Request(contest.ours, variables)
    prepared = await here.service.prepare(request)
    assert isinstance(prepared, Prepared), prepared
    statements = prepared.plan.statements(prepared.parameters)
    body = body_of(contest.ours, variables)
    route = Starlette(routes=[Route("/", floor.answer, methods=["POST"])])
    engine = here.store.engine
    bare = {"driver": engine.driver, "database": engine.database}
    bare["texts"] = {contest.name: [one.text for one in statements]}
    asked = orjson.dumps({"name": contest.name, "parameters": [one.parameters for one in statements]})
    ways: Sequence[Ask] = (
        lambda: by_driver(here, statements),
        lambda: called(route, "/", bare, asked),
        lambda: here.service.read(prepared),
        lambda: here.service.execute(request),
        lambda: called(app, "/graphql", {"running": here}, body),
    )
    return dict(zip(STAGES, ways, strict=True))


async def by_driver(here: Running, statements: Sequence[Statement]) -> bytes:
    """The rows as the bare route reads and writes them."""
    engine = here.store.engine
    rows = []
    async with engine.driver.session(database=engine.database, default_access_mode=READ_ACCESS) as session:
        for one in statements:
            result = await session.run(one.text, dict(one.parameters))
            rows += [record.values() async for record in result]
    return orjson.dumps(rows)


async def called(app: ASGIApp, path: str, state: dict[str, object], body: bytes) -> None:
    """One POST to an application, without a server around it."""
    sent: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not sent:
            await asyncio.Event().wait()  # the client stays
        return sent.pop()

    async def send(message: Message) -> None:
        assert message.get("status", 200) == 200, message

    headers = [
        (b"host", b"res68.example"),
        (b"content-type", b"application/json"),
        (b"accept", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": state,
    }
    await app(scope, receive, send)
