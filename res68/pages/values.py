"""The properties of a thing as a page shows them: in words, with their sources and their doubts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ontology.languages import LANGUAGES
from ontology.model import Kind, Property
from res68.pages.footnotes import Cited, Footnotes
from res68.pages.labels import concept_label, enum_name, name_label
from res68.pages.reader import Reader, Text


@dataclass(frozen=True, slots=True)
class Value:
    """One value in words; `url` where it is an address."""

    text: Text
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What other sources give instead; no value where they say that there is none."""

    value: str | None
    sources: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A property of a thing. `others`: the same in other languages; `plain`: the value in one line."""

    name: str
    label: Text
    description: str
    values: tuple[Value, ...]
    others: tuple[tuple[str, Text], ...]
    sources: tuple[Cited, ...]
    unverified: bool
    disputes: tuple[Dispute, ...]

    @property
    def plain(self) -> str:
        """The value in one line of text."""
        return "; ".join(value.text.text for value in self.values)


def rows(
    kind: Kind, found: Mapping[str, Any], reader: Reader, notes: Footnotes, *, widest: Kind, persons: bool
) -> list[Row]:
    """The properties that are known or disputed, as they are declared; last those of the widest kind, which
    everything has."""
    shown = [one for one in kind.properties.values() if persons or not one.personal]
    shown.sort(key=lambda one: one.name in widest.properties)
    made = (_row(declared, found, reader, notes) for declared in shown)
    return [row for row in made if row.values or row.disputes]


def _row(declared: Property, found: Mapping[str, Any], reader: Reader, notes: Footnotes) -> Row:
    given = {one["field"]: one["sources"] for one in found["fieldSources"]}
    disputes = [one for one in found["disputed"] if one["field"] == declared.name]
    texts = _texts(declared, found)
    first = reader.served(texts).language
    return Row(
        name=declared.name,
        label=name_label(declared, reader),
        description=declared.description,
        values=tuple(_values(declared, found, texts, reader)),
        others=tuple(
            (language, Text(text, language)) for language, text in texts.items() if language != first
        ),
        sources=notes.known(given.get(declared.name, ())),
        unverified=declared.name in found["unverified"],
        disputes=tuple(Dispute(one["value"], notes.known(one["sources"] or ())) for one in disputes),
    )


def _texts(declared: Property, found: Mapping[str, Any]) -> Mapping[str, str]:
    """A translated text by language."""
    if declared.type != "translated":
        return {}
    texts = {language: found[f"{declared.name}_{language}"] for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text is not None}


def _values(
    declared: Property, found: Mapping[str, Any], texts: Mapping[str, str], reader: Reader
) -> Iterator[Value]:
    if declared.type == "translated":
        if texts:
            yield Value(reader.served(texts))
        return
    value = found[declared.name]
    for one in value if isinstance(value, list) else [value]:
        if one is not None:
            yield worded(declared, one, reader)


def worded(declared: Property, value: Any, reader: Reader) -> Value:
    """One value in words."""
    if declared.vocabulary is not None:
        by_enum = {enum_name(key): concept for key, concept in declared.vocabulary.concepts.items()}
        return Value(concept_label(by_enum[value], reader))
    if declared.type == "date":
        return Value(Text(reader.date(value), reader.language))
    if declared.type == "boolean":
        return Value(Text(reader.words["yes" if value else "no"], reader.language))
    if declared.type == "url":
        return Value(Text(value), value)
    return Value(Text(str(value)))
