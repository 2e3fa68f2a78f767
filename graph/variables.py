"""The names of the variables of a statement."""


class Names:
    """Names of variables that no other part of the statement has; the same selection gets the same names."""

    def __init__(self) -> None:
        self._next = 0

    def fresh(self, prefix: str) -> str:
        """A new name that starts with `prefix`."""
        self._next += 1
        return f"{prefix}{self._next}"
