"""Deadlines that one timer looks after: what is late ends, what is not is left alone."""

import asyncio

import pytest

from graph.rounds import Deadline, Rounds

LONG = 60.0


async def test_a_block_that_takes_too_long_ends_by_a_timeout() -> None:
    with pytest.raises(TimeoutError) as caught, Deadline(Rounds(), 0.01):
        await asyncio.sleep(LONG)
    assert isinstance(caught.value.__cause__, asyncio.CancelledError)
    assert _task().cancelling() == 0


async def test_of_two_blocks_the_one_that_is_late_ends() -> None:
    rounds = Rounds()
    with Deadline(rounds, LONG), pytest.raises(TimeoutError), Deadline(rounds, 0.01):
        await asyncio.sleep(LONG)
    with pytest.raises(TimeoutError), Deadline(rounds, 0.01), Deadline(rounds, LONG):
        await asyncio.sleep(LONG)


async def test_a_block_that_is_over_is_not_ended_later() -> None:
    rounds = Rounds()
    with Deadline(rounds, 0.01):
        pass
    with pytest.raises(TimeoutError), Deadline(rounds, 0.2):  # rounds are made for this one
        await asyncio.sleep(LONG)
    assert _task().cancelling() == 0


async def test_a_failure_of_the_block_comes_out_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), Deadline(Rounds(), LONG):
        _ = 1 / 0


async def test_a_task_that_is_cancelled_by_another_is_cancelled_and_not_late() -> None:
    async def wait() -> None:
        with Deadline(Rounds(), LONG):
            await asyncio.sleep(LONG)

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_task_that_is_cancelled_by_another_too_when_it_is_late_is_cancelled() -> None:
    async def wait() -> None:
        with Deadline(Rounds(), 0.01) as deadline:
            try:
                await asyncio.sleep(LONG)
            finally:
                deadline.late()

    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_rounds_are_made_in_the_loop_that_is_there() -> None:
    rounds = Rounds()

    async def leave() -> None:
        rounds.add(Deadline(rounds, LONG), LONG)

    async def wait() -> None:
        with pytest.raises(TimeoutError), Deadline(rounds, 0.01):
            await asyncio.sleep(LONG)

    asyncio.run(leave())  # its timer goes with it
    asyncio.run(wait())


def _task() -> "asyncio.Task[object]":
    task = asyncio.current_task()
    assert task is not None
    return task
