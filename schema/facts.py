"""What is worth knowing of an operation once it is over, for the log and for the metrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.statement import Statement

ANSWERED = "ANSWERED"
WITH_ERRORS = "WITH_ERRORS"  # there are data, and errors beside them
LONGEST_NAME = 100


@dataclass(slots=True)
class Facts:
    """One operation, filled while it goes its way; moments are those of time.perf_counter.

    `digest`: the SHA-256 of the document; `planned`, `read`: the moments from which it was in the store, and
    from which all rows were here; `document_kept`, `plan_kept`: whether it was found or had to be made;
    `compiled`: whether the compiled answer did; False where it met a surprise, None where there is none;
    `rows`: how many things the roots have; `outcome`: ANSWERED, WITH_ERRORS or the code of the first error.
    """

    began: float
    ours: bool = False
    name: str | None = None
    digest: str | None = None
    document_kept: bool | None = None
    plan_kept: bool | None = None
    cost: int | None = None
    statements: Sequence[Statement] = ()
    planned: float | None = None
    read: float | None = None
    rows: int | None = None
    compiled: bool | None = None
    ended: float = 0.0
    outcome: str = ANSWERED
    version: str | None = None

    @property
    def seconds(self) -> float:
        """How long it took, from the request to the response."""
        return self.ended - self.began

    def end(self, at: float, result: Mapping[str, Any]) -> None:
        """Note how it ended."""
        self.ended = at
        data, errors = result.get("data"), result.get("errors")
        if errors:
            self.outcome = WITH_ERRORS if data else str(errors[0]["extensions"]["code"])
        if data:
            self.rows = sum(map(things, data.values()))
        self.version = result.get("extensions", {}).get("datasetVersion")

    def told(self) -> dict[str, Any]:
        """What the log says of it; what never came to be known is left out."""
        said = {
            "operation": self.name[:LONGEST_NAME] if self.name else None,
            "hash": self.digest,
            "outcome": self.outcome,
            "cost": self.cost,
            "rows": self.rows,
            "document_kept": self.document_kept,
            "plan_kept": self.plan_kept,
            "compiled": self.compiled,
            "version": self.version,
        }
        return {name: value for name, value in said.items() if value is not None}


def things(value: Any) -> int:
    """How many things a root field gives: those on its page, in its list, or the one that it is."""
    if isinstance(value, dict):
        return max((len(part) for part in value.values() if isinstance(part, list)), default=1)
    return len(value) if isinstance(value, list) else int(value is not None)
