"""The six official languages of ITU, in the order in which a text falls back."""

from collections.abc import Mapping
from typing import Literal

LanguageCode = Literal["en", "fr", "es", "ru", "zh", "ar"]
LANGUAGES: tuple[LanguageCode, ...] = ("en", "fr", "es", "ru", "zh", "ar")
LANGUAGE_NAMES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "zh": "Chinese",
    "ar": "Arabic",
}


def served(texts: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """The language and text to show: the one asked for, else English, else the first that is known."""
    for candidate in (language, *LANGUAGES):
        if candidate in texts:
            return candidate, texts[candidate]
    return None
