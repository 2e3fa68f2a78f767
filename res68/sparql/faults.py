"""Why a query has no answer: the status, the code and the words that a client sees."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from res68.refusals import Refused
from res68.sparql.mirror import NotReady
from res68.sparql.pool import NoWorker, QueryTimeout, Reply, WorkerLost
from res68.sparql.service import Busy, UnknownGraph

PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
MOST_EXPECTED = 8
TOO_COSTLY = "it is nested too deep, or needs more than the {memory:,} MB of memory that it may have"
SAID = (NotReady, NoWorker, QueryTimeout, WorkerLost, Busy, UnknownGraph, Refused)


@dataclass(frozen=True, slots=True)
class Fault:
    """`more`: members of the problem beside these."""

    status: int
    detail: str
    code: str = "BAD_USER_INPUT"
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)


def fault_of(error: Exception, memory: int) -> Fault:
    """What a client sees of one of SAID."""
    match error:
        case Refused():
            return Fault(error.status, error.message, error.code, error.headers)
        case QueryTimeout():
            ask = "ask for less, or add a LIMIT and what narrows the patterns down"
            return Fault(504, f"{str(error).rstrip('.')}: {ask}.", "TIMEOUT")
        case NotReady() | NoWorker() | Busy():
            return Fault(503, str(error), "STORE_UNAVAILABLE", {"retry-after": "5"})
        case WorkerLost():
            return Fault(400, f"The query cannot be answered: {_costly(memory)}.", "QUERY_TOO_COSTLY")
        case _:
            return Fault(400, str(error))


def fault_in(reply: Reply, memory: int) -> Fault | None:
    """What is wrong with the query by the word of the worker; None where it has answered."""
    detail = reply.head.get("detail", "")
    match reply.head["outcome"]:
        case "malformed":
            return malformed(detail)
        case "too costly":
            return Fault(400, f"The query cannot be answered: {_costly(memory)}.", "QUERY_TOO_COSTLY")
        case "failed":
            return Fault(400, f"The query cannot be answered: {detail.rstrip('.')}.")
        case "broken":
            return Fault(500, "The copy of the dataset for SPARQL could not be read.", "INTERNAL")
    return None


def malformed(said: str) -> Fault:
    """Where the parser gave up, and what it would have taken."""
    found = PLACE.match(said)
    if found is None:
        return Fault(400, f"The query cannot be read: {said.rstrip('.')}.", "MALFORMED_QUERY")
    line, column = int(found[1]), int(found[2])
    place = f"line {line}, column {column}"
    if "Prefix not found" in found[3]:
        return Fault(
            400,
            f"The query cannot be read at {place}: a prefix before it is not declared.",
            "MALFORMED_QUERY",
            more={"line": line, "column": column},
        )
    expected = [one for one in re.split(r", (?=[^ ])", found[3].replace("\n", " ")) if one[:1] not in "[|"]
    words = ", ".join(expected[:MOST_EXPECTED]) + (", …" if len(expected) > MOST_EXPECTED else "")
    wanted = f": what could stand there is {words}" if words else ""
    return Fault(
        400,
        f"The query cannot be read at {place}{wanted}.",
        "MALFORMED_QUERY",
        more={"line": line, "column": column},
    )


def _costly(memory: int) -> str:
    return TOO_COSTLY.format(memory=memory)
