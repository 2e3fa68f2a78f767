"""The driver of an open engine, and sessions that read: each is lent for one use, then kept for the next."""

from collections.abc import Collection
from types import TracebackType

from neo4j import READ_ACCESS, AsyncDriver, AsyncSession
from neo4j.api import AsyncBookmarkManager

from graph.errors import StoreUnavailable


class Forgetful(AsyncBookmarkManager):
    """Bookmarks are not passed on: a read waits for no write of another session, as if its own were new."""

    async def update_bookmarks(
        self, previous_bookmarks: Collection[str], new_bookmarks: Collection[str]
    ) -> None:
        """Forget them."""

    async def get_bookmarks(self) -> Collection[str]:
        """None."""
        return ()


FORGETFUL = Forgetful()


class Sessions:
    """The sessions of a driver for reads of one database.

    To make a session and to close it is no small part of a small read, and one that is idle holds no
    connection. There are as many as were in use at one time.
    """

    def __init__(self, driver: AsyncDriver, database: str) -> None:
        self.driver = driver
        self._database = database
        self._idle: list[AsyncSession] = []

    def lent(self) -> "Lent":
        """A session for one use, in `async with`."""
        return Lent(self)

    def take(self) -> AsyncSession:
        """One that is idle, else a new one."""
        if self._idle:
            return self._idle.pop()
        return self.driver.session(
            database=self._database, default_access_mode=READ_ACCESS, bookmark_manager=FORGETFUL
        )

    def give(self, session: AsyncSession) -> None:
        """Keep one of which the use is over and in which nothing went wrong."""
        self._idle.append(session)

    async def close(self) -> None:
        """Close the idle ones, then the driver."""
        idle, self._idle = self._idle, []
        for session in idle:
            await session.close()
        await self.driver.close()


class Lent:
    """A session in use; one in which something went wrong is closed, as the driver's own block would do."""

    __slots__ = ("_session", "_sessions")

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def __aenter__(self) -> AsyncSession:
        self._session = self._sessions.take()
        return self._session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._sessions.give(self._session)
        else:
            await self._session.__aexit__(kind, error, trace)  # type: ignore[no-untyped-call] # the driver's


class Connected:
    """What has a driver and sessions of it while it is open: both engines."""

    _sessions: Sessions | None = None

    @property
    def driver(self) -> AsyncDriver:
        """The driver, open between `start` and `stop`."""
        return self._open_sessions().driver

    def reading(self) -> Lent:
        """A session that reads, for one use."""
        return self._open_sessions().lent()

    def _open_sessions(self) -> Sessions:
        if self._sessions is None:
            raise StoreUnavailable("The store is not open.")
        return self._sessions

    async def _close_sessions(self) -> None:
        sessions, self._sessions = self._sessions, None
        if sessions is not None:
            await sessions.close()
