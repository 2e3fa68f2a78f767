"""Answers that are kept whole: a GET that was answered a moment ago is answered from memory."""

from dataclasses import dataclass

from schema.recent import Recent
from schema.service import Service


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it goes out: the version that it comes from, its entity tag, its body."""

    version: str
    tag: str
    body: bytes


Key = tuple[str, str]  # what the address asks after the ?, and the media type of the answer


class KeptAnswers:
    """The last answers to GET, `size` bytes of them at most; those of another version are never given.

    `seconds`: for so long after the store last named a version it is taken to have that version still.
    """

    def __init__(self, service: Service, size: int, seconds: float) -> None:
        self.service = service
        self.seconds = seconds
        self.answers: Recent[Key, Kept] = Recent(size, weight=size)
        self._version: str | None = None

    async def find(self, key: Key) -> Kept | None:
        """The answer, if there is one and the store still has the version that it comes from."""
        found = self.answers.get(key)
        if found is None:
            return None
        version = await self.service.version(self.seconds)
        self._renew(version)
        return found if found.version == version else None

    def keep(self, key: Key, answer: Kept) -> None:
        """Keep an answer."""
        self._renew(answer.version)
        self.answers.keep(key, answer, len(answer.body) + len(key[0]))

    def _renew(self, version: str | None) -> None:
        """Forget what is of an older version."""
        if version is not None and version != self._version:
            self.answers.clear()
            self._version = version
