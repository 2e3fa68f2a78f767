"""One door to a store: statements go in, rows of plain values come out, failures become StoreErrors."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from neo4j import WRITE_ACCESS, AsyncSession, AsyncTransaction, Query
from neo4j.exceptions import DriverError, Neo4jError

from graph import lease, versions
from graph.engine import Engine
from graph.errors import StoreError, StoreTimeout, StoreUnavailable
from graph.rounds import Deadline, Rounds
from graph.statement import Reading, Sending, Sent, Statement
from graph.versions import DatasetState

__all__ = ["Reading", "Statement", "Store", "Transaction"]

Row = tuple[object, ...]
Answer = TypeVar("Answer")
TIMED_OUT = ("TransactionTimedOut", "LockClient", "Terminated")
FIRST_PAUSE = 0.01
LONGEST_PAUSE = 0.25
GRACE = 2.0
TOO_LONG = "The store took longer than it may for this question."
PATIENCE_WHILE_AWAY = 0.5  # a store that was waited for in vain is not waited for by everybody again


class Transaction:
    """An open transaction of a Store."""

    def __init__(self, transaction: AsyncTransaction, send: Callable[[Statement], Sending]) -> None:
        self._transaction = transaction
        self._send = send

    async def rows(self, statement: Statement) -> list[Row]:
        """Run a statement and take all its rows."""
        with TRANSLATED, self._send(statement) as sending:
            result = await self._transaction.run(statement.text, dict(statement.parameters))
            rows = [tuple(record.values()) async for record in result]
            sending.records = len(rows)
            return rows

    async def commit(self) -> None:
        """Make it lasting."""
        with TRANSLATED:
            await self._transaction.commit()


class Store:
    """An engine with the manners of the project: limits, retries, and answers from one dataset version.

    `timeout`: seconds that a statement may run. `patience`: seconds for which a read asks again while the
    store hiccups or a load commits. `observer` is told of every statement before it is sent, `watcher` of
    every one after; `statements_sent` counts them, `retries` those sent again, and `failures` what readers
    were told, by class.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        timeout: float = 10.0,
        patience: float = 5.0,
        observer: Callable[[Statement], None] | None = None,
    ) -> None:
        self.engine = engine
        self.timeout = timeout
        self.patience = patience
        self.observer = observer
        self.watcher: Callable[[Sent], None] | None = None
        self.statements_sent = 0
        self.retries = 0
        self.failures: Counter[str] = Counter()
        self._away = False
        self._rounds = Rounds()

    async def start(self) -> None:
        """Start the engine. Where nobody else can be in it, a load that died is cleaned up at once."""
        if await self.engine.start() and self.engine.profile.exclusive:
            await self.rows(lease.BREAK, write=True)
            await self.recover()

    async def stop(self) -> None:
        """Stop the engine."""
        await self.engine.stop()

    async def read(self, statement: Statement) -> Reading:
        """The one row of a statement that looks at the dataset before and after (graph.cypher.statement)."""
        return (await self.read_many([statement]))[0]

    def read_many(self, statements: Sequence[Statement]) -> Coroutine[Any, Any, list[Reading]]:
        """The rows of such statements, all from one version; several are asked in one transaction."""
        if len(statements) == 1:
            return self._consistent(lambda: self.rows(statements[0]), 1)
        return self._consistent(lambda: self._in_one_transaction(statements), len(statements))

    async def explain(self, statement: Statement) -> Mapping[str, Any] | None:
        """The plan that a Neo4j has for a statement, which is not run; None from an engine without such."""
        if not self.engine.profile.explains:
            return None
        with TRANSLATED, self._deadline():
            async with self.engine.reading() as session:
                query = Query(f"EXPLAIN {statement.text}", timeout=self.timeout)
                result = await session.run(query, dict(statement.parameters))
                return (await result.consume()).plan

    async def dataset(self) -> DatasetState | None:
        """What the store says about its dataset; None when it has none."""
        rows = await self.rows(versions.STATE)
        return DatasetState.of(rows[0]) if rows else None

    async def version(self) -> str | None:
        """The version that readers get now; None when there is none or a load is committing."""
        rows = await self.rows(versions.LOOK)
        version, pending = rows[0] if rows else (None, None)
        return str(version) if version is not None and pending is None else None

    async def ready(self) -> DatasetState | None:
        """The dataset that can be read now; None when there is none or a load is committing."""
        state = await self.dataset()
        return state if state is not None and state.ready else None

    def rows(self, statement: Statement, *, write: bool = False) -> Coroutine[Any, Any, list[Row]]:
        """All rows of a statement in a transaction of its own, retried while the store asks for it."""
        return self._patiently(lambda: self._once(statement, write))

    @asynccontextmanager
    async def transaction(self, *, seconds: float = 0) -> AsyncIterator[Transaction]:
        """A transaction that writes, without a limit of time; what is not committed is undone."""
        with TRANSLATED:
            async with self._writing() as session:
                transaction = await session.begin_transaction(timeout=seconds)
                try:  # not `async with`, which would commit
                    yield Transaction(transaction, self._send)
                finally:
                    await transaction.close()

    async def recover(self) -> bool:
        """End what a dead load left pending; False while a living one holds the lock."""
        locks = await self.rows(lease.HOLDER)
        if not locks:
            return True  # nobody has ever loaded anything
        if locks[0][0] is not None and not locks[0][1]:
            return False
        holder = f"recovery-{secrets.token_hex(8)}"
        if not await self.rows(lease.take(holder), write=True):
            return False
        await self.rows(versions.settle(holder), write=True)
        await self.rows(lease.release(holder), write=True)
        return True

    async def _consistent(self, ask: Callable[[], Awaitable[list[Row]]], wanted: int) -> list[Reading]:
        """Ask until all rows come from one version, for as long as patience lasts."""
        clock = asyncio.get_running_loop().time
        until, pause = clock() + self.patience, FIRST_PAUSE
        while True:
            rows = await ask()
            looks = {_look(row[end]) for row in rows for end in (0, -1)}
            if len(rows) < wanted or looks == {(None, None)}:
                raise StoreUnavailable("The store has no dataset yet: load one with python -m res68 load.")
            version, pending = looks.pop()
            if version is not None and pending is None and not looks:
                return [Reading(row[1:-1], str(version)) for row in rows]
            if clock() >= until:
                raise StoreUnavailable("The dataset is being replaced: ask again in a few seconds.")
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
            if pause == LONGEST_PAUSE:
                with suppress(StoreError):  # that a load cannot be cleaned up now is no answer to a reader
                    await self.recover()

    async def _in_one_transaction(self, statements: Sequence[Statement]) -> list[Row]:
        """The first row of each statement, as far as they have any."""

        async def ask() -> list[Row]:
            with self._deadline():
                async with (
                    self.engine.reading() as session,
                    await session.begin_transaction(timeout=self.timeout) as transaction,
                ):
                    opened = Transaction(transaction, self._send)
                    return [row for one in statements for row in (await opened.rows(one))[:1]]

        return await self._patiently(ask)

    async def _once(self, statement: Statement, write: bool) -> list[Row]:
        query = Query(statement.text, timeout=self.timeout)
        session_of = self._writing if write else self.engine.reading
        with self._send(statement) as sending, self._deadline():
            async with session_of() as session:
                result = await session.run(query, dict(statement.parameters))
                rows = [tuple(record.values()) async for record in result]
                sending.records = len(rows)
                return rows

    async def _patiently(self, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do it again while the store says that this can help and patience lasts."""
        clock = asyncio.get_running_loop().time
        patience = min(self.patience, PATIENCE_WHILE_AWAY) if self._away else self.patience
        until, pause = clock() + patience, FIRST_PAUSE
        while True:
            try:
                with TRANSLATED:
                    answer = await work()
                self._away = False
                return answer
            except StoreError as failure:
                if not _may_help(failure.__cause__) or clock() >= until:
                    self.failures[type(failure).__name__] += 1
                    self._away = isinstance(failure.__cause__, DriverError)
                    raise
            self.retries += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _writing(self) -> AsyncSession:
        return self.engine.driver.session(database=self.engine.database, default_access_mode=WRITE_ACCESS)

    def _deadline(self) -> Deadline:
        """Ends what the store itself should have ended."""
        return Deadline(self._rounds, self.timeout + GRACE)

    def _send(self, statement: Statement) -> Sending:
        self.statements_sent += 1
        if self.observer is not None:
            self.observer(statement)
        return Sending(statement, self.watcher)


def _look(pair: object) -> tuple[object, object]:
    """A look at the dataset: its version and what is pending."""
    if isinstance(pair, list) and len(pair) == 2:
        return pair[0], pair[1]
    raise TypeError("a statement to read must return [version, pending] first and last")


def _may_help(cause: BaseException | None) -> bool:
    return isinstance(cause, DriverError | Neo4jError) and cause.is_retryable()


class Translated:
    """A block in which failures of the driver become StoreErrors; the driver's own is the cause."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, failure: BaseException | None, __: object) -> None:
        translation = _translation(failure)
        if translation is not None:
            raise translation from failure


TRANSLATED = Translated()


def _translation(failure: BaseException | None) -> StoreError | None:
    """A failure as a StoreError, where it is one of the driver."""
    match failure:
        case TimeoutError():
            return StoreTimeout(TOO_LONG)
        case Neo4jError() if any(code in str(failure.code) for code in TIMED_OUT):
            return StoreTimeout(TOO_LONG)
        case Neo4jError() if failure.is_retryable():
            return StoreUnavailable(f"The store is too busy: {failure.code}.")
        case Neo4jError():
            return StoreError(f"The store refused a statement: {failure.code}: {failure.message}")
        case DriverError() | OSError():
            return StoreUnavailable("The store does not answer.")
    return None
