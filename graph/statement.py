"""What is sent to a store and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Statement:
    """A Cypher statement with the values of its parameters."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one row, and the version of the dataset from which all of them come."""

    row: tuple[object, ...]
    version: str
