"""What an operation may read at most: the product of page sizes or of mean numbers of links."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graph.selection import Parameter
from resolvers.errors import QueryTooCostly, QueryTooDeep, QueryTooLarge
from resolvers.limits import Limits


@dataclass(frozen=True, slots=True)
class Factor:
    """How many rows one step reads: a page size that each request gives, at most `mean` where known."""

    size: Parameter | float
    mean: float | None = None

    def value(self, parameters: Mapping[str, Any]) -> float:
        """The rows of one request; a page asks for one row more than it shows."""
        size = parameters[self.size.name] - 1 if isinstance(self.size, Parameter) else self.size
        return min(size, self.mean) if self.mean is not None else float(size)


@dataclass(slots=True)
class Costs:
    """The steps of a plan, each with the steps above it; how many conditions its filters set, and how
    deep the filter that is read now has gone."""

    limits: Limits
    steps: list[tuple[Factor, ...]] = field(default_factory=list)
    stack: list[Factor] = field(default_factory=list)
    depth: int = 0
    deepest: int = 0
    conditions: int = 0
    filtered: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def level(self, factor: Factor, name: str, links: int = 1) -> Iterator[None]:
        """Count what is planned inside as read once for each row of this step, `links` links further down."""
        self.stack.append(factor)
        self.steps.append(tuple(self.stack))
        self.depth += links
        self.deepest = max(self.deepest, self.depth)
        if self.depth > self.limits.depth:
            raise QueryTooDeep(
                f"{name} is {self.depth} links deep: {self.limits.depth} are allowed; ask in two steps"
            )
        yield
        self.stack.pop()
        self.depth -= links

    def condition(self) -> None:
        """Count one condition of a filter."""
        self.conditions += 1
        if self.conditions > self.limits.conditions:
            raise QueryTooLarge(
                f"the filters of a root field set more than {self.limits.conditions} conditions: "
                "use `in` for several values of one field, or ask in parts"
            )

    @contextmanager
    def inside(self, name: str, what: str) -> Iterator[None]:
        """Count what is read inside as one of `what` further down in a filter."""
        self.filtered[what] += 1
        if self.filtered[what] > self.limits.depth:
            raise QueryTooDeep(
                f"the filter at {name} is {self.filtered[what]} {what} deep: "
                f"{self.limits.depth} are allowed; ask in two steps"
            )
        yield
        self.filtered[what] -= 1

    def total(self, parameters: Mapping[str, Any]) -> int:
        """The cost of one request."""
        total = 0.0
        for step in self.steps:
            product = 1.0
            for factor in step:
                product *= factor.value(parameters)
            total += product
        return round(total)


def check_cost(cost: int, limits: Limits) -> None:
    """Refuse an operation that may read too much."""
    if cost > limits.cost:
        raise QueryTooCostly(
            f"the operation may read {cost} things and links: {limits.cost} are allowed; "
            "ask for smaller pages (first, last) or for fewer links in a row"
        )
