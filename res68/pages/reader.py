"""Who reads a page: the language, its writing direction, and how dates, numbers and names are said in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from urllib.parse import urlencode

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from starlette.requests import Request

from ontology.languages import LANGUAGES, served
from res68.pages.words import words

LOCALES = {"en": "en_GB"}  # where the language alone would mean another form of it
RIGHT_TO_LEFT = ("ar",)
LANGUAGE = "lang"  # the parameter of an address that chooses the language


@dataclass(frozen=True, slots=True)
class Text:
    """Words with the language that they are in; no language where that is not known."""

    text: str
    language: str | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of one page. `chosen`: the address names the language, so links have to pass it on;
    `path` and `query`: the address without its language."""

    language: str = "en"
    chosen: bool = False
    path: str = "/"
    query: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """The words of the pages in this language."""
        return words()[self.language]

    @property
    def direction(self) -> str:
        """Which way the language is written."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def code(self) -> str:
        """The language as the API names it."""
        return self.language.upper()

    def say(self, name: str, **values: object) -> str:
        """Words with values filled in."""
        return self.words[name].format(**values)

    def number(self, number: int) -> str:
        """A number."""
        return format_decimal(number, locale=_locale(self.language))

    def date(self, text: str | None) -> str:
        """A date of any precision: 19 November 2012, November 2012, 2012."""
        if not text:
            return ""
        locale = _locale(self.language)
        match [int(part) for part in text.split("-")]:
            case [year]:
                return format_skeleton("y", date(year, 1, 1), locale=locale)
            case [year, month]:
                return format_skeleton("yMMMM", date(year, month, 1), locale=locale)
            case [year, month, day]:
                return format_date(date(year, month, day), "long", locale=locale)
        return text

    def moment(self, text: str | None) -> str:
        """A moment, in UTC."""
        if not text:
            return ""
        at = datetime.fromisoformat(text).astimezone(UTC)
        return self.say("moment", day=self.date(at.date().isoformat()), time=f"{at:%H:%M}")

    def language_name(self, language: str) -> str:
        """What a language is called."""
        return str(_locale(self.language).languages[language])

    def served(self, texts: Mapping[str, str]) -> Text:
        """The text to show of several, with its language."""
        found = served(texts, self.language)
        return Text(found[1], found[0]) if found else Text("")

    def link(self, path: str, **parameters: str | None) -> str:
        """An address of ours in the language of this page."""
        path, mark, fragment = path.partition("#")
        given = [(name, value) for name, value in parameters.items() if value]
        return _address(path, given + ([(LANGUAGE, self.language)] if self.chosen else [])) + mark + fragment

    @property
    def languages(self) -> Iterator[tuple[str, str, str]]:
        """This page in each language: the language, its own name and the address."""
        for language in LANGUAGES:
            address = _address(self.path, [*self.query, (LANGUAGE, language)])
            yield language, str(_locale(language).get_language_name()), address


def reader_of(request: Request) -> Reader:
    """The reader of a request: by the address, else by what the browser prefers, else in English."""
    asked = request.query_params.get(LANGUAGE)
    chosen = asked in LANGUAGES
    language = asked if chosen else preferred(request.headers.get("accept-language"))
    kept = tuple(pair for pair in request.query_params.multi_items() if pair[0] != LANGUAGE)
    return Reader(language or "en", chosen, request.url.path, kept)


def preferred(header: str | None) -> str:
    """The language of ours that an Accept-Language header wants most; English where it wants none of them."""
    wishes = [_wish(entry) for entry in (header or "").split(",")]
    for _, language in sorted(wishes, key=lambda wish: -wish[0]):
        if language in LANGUAGES:
            return language
    return "en"


def _wish(entry: str) -> tuple[float, str]:
    name, _, rest = entry.strip().lower().partition(";")
    try:
        quality = float(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
    except ValueError:
        quality = 0.0
    return (quality, name.split("-")[0].strip() if 0 < quality <= 1 else "")


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES.get(language, language))


def _address(path: str, query: Sequence[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
