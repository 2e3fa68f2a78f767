"""Trusted documents: queries that clients name by their SHA-256 instead of sending them."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from res68.settings import SettingsError
from resolvers.errors import BadUserInput
from schema.errors import PersistedQueryNotFound
from schema.service import Request as Operation


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """The documents by their SHA-256 in hexadecimal; `only` refuses every other query."""

    texts: Mapping[str, str]
    only: bool

    def resolve(self, operation: Operation) -> Operation:
        """The operation with the text of the document that it names."""
        digest = named(operation)
        if digest is None:
            return self._allowed(operation)
        text = self.texts.get(digest)
        if text is not None and operation.query in (None, text):
            return replace(operation, query=text)
        if operation.query is None:
            raise PersistedQueryNotFound(f"no document is known by {digest}: send the query itself")
        if sha256(operation.query) != digest:
            raise BadUserInput(f"the query that was sent does not have the SHA-256 {digest}")
        return self._allowed(operation)

    def _allowed(self, operation: Operation) -> Operation:
        if self.only and sha256(operation.query or "") not in self.texts:
            raise PersistedQueryNotFound("this service answers only the documents that it knows")
        return operation


def trusted_documents(directory: Path | None, gallery: Iterable[str], *, only: bool) -> TrustedDocuments:
    """The documents of a directory and those of the gallery."""
    texts = [*gallery, *(_texts(directory) if directory else ())]
    return TrustedDocuments({sha256(text): text for text in texts}, only)


def named(operation: Operation) -> str | None:
    """The SHA-256 by which an operation names its document."""
    asked = (operation.extensions or {}).get("persistedQuery")
    if asked is None:
        return None
    digest = asked.get("sha256Hash") if isinstance(asked, dict) else None
    if not isinstance(digest, str):
        raise BadUserInput('extensions.persistedQuery must be {"version": 1, "sha256Hash": "..."}')
    return digest.lower()[:64]


def sha256(text: str) -> str:
    """The SHA-256 of a document as clients name it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _texts(directory: Path) -> list[str]:
    try:
        return [
            file.read_text(encoding="utf-8") for file in sorted(directory.iterdir()) if _is_document(file)
        ]
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"RES68_TRUSTED_DOCUMENTS: {directory} cannot be read: {error}.") from error


def _is_document(file: Path) -> bool:
    return file.suffix == ".graphql"
