"""What was in the store once: things and links that a load removed."""

from graph.statement import Statement
from graph.store import Store

REMOVED = "MATCH (t:Tombstone {id: $id}) RETURN t.version AS version"


async def removed(store: Store, name: str) -> bool:
    """Whether a load removed what had this id."""
    return bool(await store.rows(Statement(REMOVED, {"id": name})))
