"""The lock that lets one load at a time into a store: a lease in the store's own time, renewed at work."""

from graph.statement import Statement

SECONDS = 20.0
RENEWALS = 4  # in the time of a lease

COUNT = Statement("MATCH (l:LoadLock {id: 'lock'}) RETURN count(l) AS locks")
CREATE = Statement("CREATE (:LoadLock {id: 'lock'})")
HOLDER = Statement(
    "MATCH (l:LoadLock {id: 'lock'}) "
    "RETURN l.holder AS holder, l.expires < timestamp() AS expired, l.expires AS until"
)
BREAK = Statement("MATCH (l:LoadLock {id: 'lock'}) SET l.expires = 0")

# The first SET makes the store lock the node, so that what follows sees what others have committed.
TAKE = """\
MATCH (l:LoadLock {id: 'lock'}) SET l.asked = $holder
WITH l WHERE l.holder IS NULL OR l.holder = $holder OR l.expires < timestamp()
SET l.holder = $holder, l.expires = timestamp() + $milliseconds
RETURN l.holder AS holder"""
KEEP = """\
MATCH (l:LoadLock {id: 'lock'}) SET l.asked = $holder
WITH l WHERE l.holder = $holder
SET l.expires = timestamp() + $milliseconds
RETURN l.holder AS holder"""
RELEASE = """\
MATCH (l:LoadLock {id: 'lock'}) SET l.asked = $holder
WITH l WHERE l.holder = $holder
SET l.holder = null, l.expires = null"""


def take(holder: str, seconds: float = SECONDS) -> Statement:
    """Take the lock; no row when another holds it."""
    return Statement(TAKE, {"holder": holder, "milliseconds": int(seconds * 1000)})


def keep(holder: str, seconds: float = SECONDS) -> Statement:
    """Renew the lease; no row when it was lost."""
    return Statement(KEEP, {"holder": holder, "milliseconds": int(seconds * 1000)})


def release(holder: str) -> Statement:
    """Give the lock back, if it is still held."""
    return Statement(RELEASE, {"holder": holder})
