"""The types of values of properties: what is accepted, its one canonical form, its XSD datatype."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from ontology.dates import PartialDate
from ontology.languages import LANGUAGES

Value: TypeAlias = "str | int | bool | dict[str, str] | list[Value]"

XSD = "http://www.w3.org/2001/XMLSchema#"
CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
IRI = re.compile(r"[^\x00-\x20<>\"{}|\\^`]+")
IDENTIFIER = re.compile(r"[A-Za-z0-9._~-]+")
COUNTRY_CODE = re.compile(r"[A-Z]{2,3}")
MAX_TEXT = 20_000
MAX_INTEGER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type of value: `parse` returns the canonical form or raises a ValueError that says what is right."""

    name: str
    description: str
    parse: Callable[[object], Value]
    datatype: str | None = None


def text(value: object) -> str:
    """A text in Unicode's composed form, without control or direction characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(f"{value!r} is no text: write a string")
    plain = unicodedata.normalize("NFC", str(value)).strip()
    if not plain:
        raise ValueError("the text is empty: leave the field out where nothing is known")
    if found := CONTROL.search(plain):
        raise ValueError(f"the text holds the invisible character U+{ord(found[0]):04X}: remove it")
    if len(plain) > MAX_TEXT:
        raise ValueError(f"the text has {len(plain)} characters: {MAX_TEXT} are allowed")
    return plain


def translated(value: object) -> dict[str, str]:
    """A text in one or more of the six languages, as a mapping from language to text."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError(f"{value!r} is no translated text: write a mapping such as {{en: ...}}")
    unknown = [str(key) for key in value if key not in LANGUAGES]
    if unknown:
        raise ValueError(f"unknown language {unknown[0]!r}: use one of {', '.join(LANGUAGES)}")
    return {language: text(value[language]) for language in LANGUAGES if language in value}


def integer(value: object) -> int:
    """A whole number of at most 32 bits, as GraphQL's Int."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > MAX_INTEGER:
        raise ValueError(f"{value!r} is no whole number between -{MAX_INTEGER} and {MAX_INTEGER}")
    return value


def boolean(value: object) -> bool:
    """true or false; what is not known is left out."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false: leave the field out where it is not known")
    return value


def partial_date(value: object) -> str:
    """A date cut at its precision: 2016, 2016-10, 2016-10-25."""
    return PartialDate.parse(value if isinstance(value, str) else str(value)).text


def url(value: object) -> str:
    """An http or https address that is a valid IRI."""
    if not isinstance(value, str) or not IRI.fullmatch(value):
        raise ValueError(f"{value!r} is no address: percent-encode spaces, quotes and angle brackets")
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is no address: {error}") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value!r} is no http or https address with a host")
    try:
        NamedNode(value)
    except ValueError as error:
        raise ValueError(f"{value!r} is no IRI ({error}): percent-encode what stands there") from None
    return value


def identifier(value: object) -> str:
    """A code of letters, digits and the marks . _ ~ -"""
    if not isinstance(value, str) or not IDENTIFIER.fullmatch(value):
        raise ValueError(f"{value!r} is no identifier: letters, digits and . _ ~ - only")
    return value


def country_code(value: object) -> str:
    """An alpha-2 or alpha-3 code of ISO 3166-1 in capitals."""
    if not isinstance(value, str) or not COUNTRY_CODE.fullmatch(value):
        raise ValueError(f"{value!r} is no country code: two or three capital letters of ISO 3166-1 "
                         "(quote NO, which YAML reads as false)")  # fmt: skip
    return value


VALUE_TYPES = {
    value_type.name: value_type
    for value_type in (
        ValueType("text", "A text in one language.", text, XSD + "string"),
        ValueType("translated", "A text in one or more of the six languages.", translated),
        ValueType("integer", "A whole number.", integer, XSD + "integer"),
        ValueType("boolean", "True or false.", boolean, XSD + "boolean"),
        ValueType("date", "A date with a precision: day, month or year.", partial_date),
        ValueType("url", "The address of a page or document.", url),
        ValueType("identifier", "A code.", identifier, XSD + "string"),
        ValueType("country-code", "A code of ISO 3166-1.", country_code, XSD + "string"),
    )
}


def concept_type(vocabulary: str, description: str, concepts: tuple[str, ...]) -> ValueType:
    """The type of a property whose values are the concepts of a vocabulary, by their keys."""

    def concept(value: object) -> str:
        if value not in concepts:
            raise ValueError(f"{value!r} is no concept of {vocabulary}: use one of {', '.join(concepts)}")
        return str(value)

    return ValueType(vocabulary, description, concept)
