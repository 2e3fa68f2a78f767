"""Opening the store that the settings name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.engine import Engine
from graph.store import Store
from res68.settings import Settings


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The store that the settings name, open until the end."""
    async with kept_open(store_of(settings)) as store:
        yield store


@asynccontextmanager
async def kept_open(store: Store) -> AsyncIterator[Store]:
    """A store, open until the end."""
    await store.start()
    try:
        yield store
    finally:
        await store.stop()


def store_of(settings: Settings) -> Store:
    """The store that the settings name, not yet open."""
    return Store(engine_of(settings), timeout=settings.limit_seconds)


def engine_of(settings: Settings) -> Engine:
    """The engine that the settings name: a Neo4j that somebody runs, else the embedded one."""
    if settings.neo4j_uri:
        from graph.neo4j_server import Neo4jServer

        password = settings.neo4j_password
        return Neo4jServer(
            settings.neo4j_uri,
            settings.neo4j_user,
            password.get_secret_value() if password else None,
            settings.neo4j_database,
        )
    from graph.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.data_dir)
