"""The report of a mistake: a text that says what stands where and on which source, ready to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from res68.pages.reader import Reader, Text

LONGEST = 400  # letters of a value, so that every mail program takes the text


@dataclass(frozen=True, slots=True)
class Claim:
    """What a page says in one place: the field, its value and the sources, as text."""

    name: str
    label: Text
    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """The form: the claims to choose from, the chosen one, the text about it, and where to send it."""

    claims: Sequence[Claim]
    chosen: Claim
    text: str
    mail: str | None


def mistake(
    reader: Reader,
    contact: str | None,
    identity: str,
    version: str,
    claims: Sequence[Claim],
    asked: str | None,
) -> Mistake:
    """The report about one of the claims: the one that is asked for, else the first."""
    chosen = next((claim for claim in claims if claim.name == asked), claims[0])
    text = _text(reader, identity, version, chosen)
    subject = quote(f"Res68: {identity}, {chosen.name}")
    mail = f"mailto:{quote(contact, safe='@')}?subject={subject}&body={quote(text)}" if contact else None
    return Mistake(claims, chosen, text, mail)


def _text(reader: Reader, identity: str, version: str, claim: Claim) -> str:
    said = reader.words
    value = claim.value if len(claim.value) <= LONGEST else f"{claim.value[:LONGEST]}…"
    lines = [
        ("id", identity),
        (said["version"], version),
        (said["field"], claim.name),
        (said["value"], value),
        (said["source"], "; ".join(claim.sources) or said["no_source"]),
        (said["right_value"], ""),
        (said["right_source"], ""),
    ]
    return "".join(f"{name}: {text}".rstrip() + "\n" for name, text in lines)
