"""What ends an export, so that a cut one shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ends an export: how many triples it has, the SHA-256 of all bytes before, and the version."""

    triples: int
    sha256: str
    version: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The manifest as lines of a text."""
        return (f"triples: {self.triples}", f"sha256: {self.sha256}", f"dataset version: {self.version}")
