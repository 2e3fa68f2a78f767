"""What becomes known of one request while it is answered: layers add, a line of the log tells."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from schema.facts import Facts


@dataclass(slots=True)
class Visit:
    """One request. `statements`: the seconds that each of its statements took; `cached`: the answer was taken
    whole from memory; `gone`: the client did not wait; `over`: what is done from then on is not of it."""

    id: str
    status: int | None = None
    statements: list[float] = field(default_factory=list)
    size: int | None = None
    cached: bool = False
    gone: bool = False
    over: bool = False
    operations: list[Facts] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """What the line of the log says beside path, status and time."""
        said: dict[str, Any] = {} if self.size is None else {"bytes": self.size}
        if self.statements:
            said["statements"] = len(self.statements)
            said["store_ms"] = round(sum(self.statements) * 1000, 1)
        if len(self.operations) == 1:
            said |= self.operations[0].told()
        elif self.operations:
            said["operations"] = len(self.operations)
        if self.cached:
            said["cached"] = True
        if self.gone:
            said["gone"] = True
        return said


VISIT: ContextVar[Visit | None] = ContextVar("visit", default=None)


def under_way() -> Visit | None:
    """The request that is being answered; what goes on after one, as a task that it began, is of none."""
    visit = VISIT.get()
    return None if visit is None or visit.over else visit
