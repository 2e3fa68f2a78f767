"""Statements that take for ever, an address that sends one, and a look at what a Neo4j does."""

import asyncio

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from graph.engine import Engine
from graph.statement import Statement
from graph.store import Store
from res68.running import running

AT_WORK = (
    "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery STARTS WITH $mark RETURN count(*) AS number"
)


def endless(mark: str) -> Statement:
    """A statement that does not end by itself, known by a mark."""
    ranges = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b"
    return Statement(f"// {mark}\n{ranges} WITH a, b WHERE a * b % 7 = 9 RETURN count(*)")


async def slow(request: Request) -> Response:
    """Answer when the store has answered what does not end."""
    await request.body()
    await running(request).store.rows(endless(request.path_params["mark"]))
    return PlainTextResponse("It has ended.")


SLOW = Route("/slow/{mark}", slow, methods=["GET", "POST"])


async def at_work(engine: Engine, mark: str) -> int:
    """On how many statements with a mark a Neo4j is at work."""
    rows = await Store(engine, timeout=30).rows(Statement(AT_WORK, {"mark": f"// {mark}\n"}))
    number = rows[0][0]
    assert isinstance(number, int)
    return number


async def until(engine: Engine, mark: str, number: int, seconds: float = 10) -> None:
    """Wait until it is at work on so many; a TimeoutError where that does not come."""
    async with asyncio.timeout(seconds):
        while await at_work(engine, mark) != number:  # noqa: ASYNC110 # the store has no event for it
            await asyncio.sleep(0.05)
