"""What a page reads: one operation of the service's own, its data or the reason why there is none."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import StoreUnavailable
from res68.refusals import Refused
from res68.running import Running
from schema.service import Request as Operation

TRIES = 3


@dataclass(frozen=True, slots=True)
class DataAsOf:
    """From which version of the dataset a page is, and when that was loaded."""

    version: str
    loaded_at: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The data of an operation, and the dataset that they come from."""

    data: Mapping[str, Any]
    dataset: DataAsOf


async def read(here: Running, query: str, **variables: object) -> Reading:
    """Ask the service; a Refused where it has no whole answer, with the status that the reason has."""
    answer = await here.service.execute(Operation(query, variables, ours=True))
    if errors := answer.result.get("errors"):
        error = errors[0]
        raise Refused(max(answer.status, 400), error["message"], error["extensions"]["code"])
    data = answer.result["data"]
    return Reading(data, DataAsOf(data["dataset"]["version"], data["dataset"]["loadedAt"]))


async def read_together(here: Running, queries: Iterable[str], **variables: object) -> list[Reading]:
    """Ask several things at once, of one version of the dataset; a store that has not met a query before
    prepares each for itself."""
    for _ in range(TRIES):
        readings = await asyncio.gather(*(read(here, query, **variables) for query in queries))
        if len({reading.dataset.version for reading in readings}) == 1:
            return readings
    raise StoreUnavailable("The dataset was replaced while a page was read. Ask again.")
