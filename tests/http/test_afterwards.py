"""What is left until after requests: done soon, in order, and in any case before anybody looks."""

import asyncio
from datetime import datetime
from io import BytesIO
from typing import Any

from res68.logs import Held, stamp
from res68.telemetry.afterwards import MOST, SECONDS, Afterwards


async def test_what_comes_after_a_quiet_time_is_done_at_once_and_what_follows_in_one_go() -> None:
    found: list[int] = []
    afterwards = Afterwards()
    for number in range(4):
        afterwards.add(lambda number=number: found.append(number))  # type: ignore[misc] # the number of now
        assert found == [0]
    while len(found) < 4:  # noqa: ASYNC110 # what is waited for is that a timer rings
        await asyncio.sleep(SECONDS / 5)
    assert found == [0, 1, 2, 3]


async def test_no_more_is_left_than_may_be() -> None:
    found: list[int] = []
    afterwards = Afterwards()
    for number in range(MOST + 1):
        afterwards.add(lambda number=number: found.append(number))  # type: ignore[misc] # the number of now
    assert found == list(range(MOST + 1))


async def test_a_piece_that_fails_is_told_and_holds_up_no_other() -> None:
    told: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    found: list[str] = []
    afterwards = Afterwards()
    afterwards.add(lambda: found.append("first"))
    afterwards.add(lambda: 1 / 0)
    afterwards.add(lambda: found.append("last"))
    afterwards.run()
    asyncio.get_running_loop().set_exception_handler(None)
    assert found == ["first", "last"]
    assert [type(one["exception"]) for one in told] == [ZeroDivisionError]


def test_a_timer_that_went_with_its_loop_is_set_again() -> None:
    found: list[str] = []
    afterwards = Afterwards()

    async def leave(*names: str) -> None:
        for name in names:
            afterwards.add(lambda name=name: found.append(name))  # type: ignore[misc] # the name of now

    asyncio.run(leave("at once", "left"))
    assert found == ["at once"]

    async def again() -> None:
        await leave("after it")
        while len(found) < 3:  # noqa: ASYNC110 # what is waited for is that a timer rings
            await asyncio.sleep(SECONDS / 5)

    asyncio.run(asyncio.wait_for(again(), 5))
    assert found == ["at once", "left", "after it"]


def test_the_moment_of_a_line_is_that_of_its_request() -> None:
    assert datetime.fromisoformat(stamp(1_700_000_000.25)).timestamp() == 1_700_000_000.25
    assert stamp(1_700_000_000.25) == "2023-11-14T22:13:20.250000Z"


async def test_what_is_written_is_sent_off_in_one_go_after_the_row() -> None:
    stream = BytesIO()
    held = Held(stream)
    afterwards = Afterwards(held.send)
    afterwards.add(lambda: held.write(b"at once\n"))
    assert stream.getvalue() == b"at once\n"
    afterwards.add(lambda: held.write(b"first\n"))
    afterwards.add(lambda: 1 / 0)
    afterwards.add(lambda: held.write(b"last\n"))
    asyncio.get_running_loop().set_exception_handler(lambda *_: held.write(b"failed\n"))
    afterwards.run()
    asyncio.get_running_loop().set_exception_handler(None)
    assert stream.getvalue() == b"at once\nfirst\nfailed\nlast\n"
