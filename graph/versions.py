"""Which version of the dataset a store has, and the steps by which one version replaces another.

A load puts the new version into `pending` just before it commits the data, and moves it to `version` just
after. A reader that looks before and after, and sees one version and nothing pending, has read one version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import orjson

from graph.statement import Statement

FIELDS = ("version", "pending", "committed", "modelVersion", "loaderVersion", "loadedAt", "counts", "fanOut")
STATE = Statement(
    "MATCH (d:Dataset {id: 'dataset'}) RETURN " + ", ".join(f"d.{field} AS {field}" for field in FIELDS)
)
LOOK = Statement("MATCH (d:Dataset {id: 'dataset'}) RETURN d.version AS version, d.pending AS pending")
CREATE = Statement("CREATE (:Dataset {id: 'dataset'})")
OTHERS = Statement("MATCH (n) WHERE NOT n:Dataset AND NOT n:LoadLock RETURN count(n) AS others")

# Both steps do something only while the one who asks for them holds the load lock.
HELD = "MATCH (:LoadLock {id: 'lock', holder: $holder}) MATCH (d:Dataset {id: 'dataset'})"
ANNOUNCE = f"{HELD} SET d.pending = $version RETURN d.pending AS pending"
SETTLE = f"""\
{HELD} WHERE d.pending IS NOT NULL
SET d.version = CASE WHEN d.committed = d.pending THEN d.pending ELSE d.version END
SET d.pending = null
RETURN d.version AS version"""


def announce(version: str, holder: str) -> Statement:
    """From here on readers wait: the data of this version are about to be committed."""
    return Statement(ANNOUNCE, {"version": version, "holder": holder})


def settle(holder: str) -> Statement:
    """From here on readers get what is pending if its data were committed, else what there was before."""
    return Statement(SETTLE, {"holder": holder})


@dataclass(frozen=True, slots=True)
class DatasetState:
    """What a store says about its dataset.

    `version` is the one that readers get; `counts` are things by kind and links by type; `fan_out` is the
    mean number of links behind a link field (`Conclusion.actions`) of the things that have any.
    """

    version: str | None
    pending: str | None
    committed: str | None
    model_version: str | None
    loader_version: str | None
    loaded_at: datetime | None
    kinds: Mapping[str, int]
    links: Mapping[str, int]
    fan_out: Mapping[str, float]

    @classmethod
    def of(cls, row: tuple[object, ...]) -> Self:
        """Read the row that STATE returns."""
        version, pending, committed, model, loader, at, counts, fan_out = (
            str(value) if value is not None else None for value in row
        )
        counted = orjson.loads(counts) if counts else {}
        return cls(
            version,
            pending,
            committed,
            model,
            loader,
            datetime.fromisoformat(at) if at else None,
            counted.get("kinds", {}),
            counted.get("links", {}),
            orjson.loads(fan_out) if fan_out else {},
        )

    @property
    def ready(self) -> bool:
        """Whether there is a version to read and no load is about to replace it."""
        return self.version is not None and self.pending is None
