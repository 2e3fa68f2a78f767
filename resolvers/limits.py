"""How much one operation may ask for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one operation; `cost` counts things and links read, `seconds` is time in the store."""

    tokens: int = 2_000
    depth: int = 10
    aliases: int = 30
    root_fields: int = 20
    directives: int = 5
    conditions: int = 100
    page: int = 200
    default_page: int = 20
    cost: int = 50_000
    body: int = 262_144
    body_seconds: float = 30.0
    seconds: float = 10.0
    trace_depth: int = 10
    trace_default_depth: int = 8
    paths: int = 1_000
