"""The words of the pages, and who reads them."""

import re
import string
from pathlib import Path

import pytest

from ontology.languages import LANGUAGES
from res68.pages import templates
from res68.pages.reader import Reader, preferred
from res68.pages.words import FILE, words

SOURCES = [*Path(templates.FILES).glob("*.html"), *FILE.parent.glob("*.py"), FILE.parents[1] / "problems.py"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_are_there_in_each_language(language: str) -> None:
    assert words()[language].keys() == words()["en"].keys()
    assert [name for name, text in words()[language].items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_are_filled_in_whatever_the_language(language: str) -> None:
    def blanks(text: str) -> set[str | None]:
        return {blank for _, blank, _, _ in string.Formatter().parse(text) if blank}

    wrong = [name for name, text in words()[language].items() if blanks(text) != blanks(words()["en"][name])]
    assert wrong == []


def test_no_word_is_left_over() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    made = {f"trace_{way}" for way in ("up", "down")}
    assert [name for name in words()["en"] if not re.search(rf"\b{name}\b", text) and name not in made] == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("", "en"),
        ("fr", "fr"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de, ru;q=0.5, es;q=0.7", "es"),
        ("zh-Hant-TW", "zh"),
        ("ar;q=0, en;q=0.1", "en"),
        ("ar;q=x, *;q=0.5", "en"),
        ("de", "en"),
    ],
)
def test_the_language_is_the_one_that_the_browser_prefers(header: str | None, language: str) -> None:
    assert preferred(header) == language


def test_links_pass_a_language_on_that_the_address_names() -> None:
    assert Reader("ar").link("/list") == "/list"
    assert Reader("ar", chosen=True).link("/id/x#sources", links="actions") == (
        "/id/x?links=actions&lang=ar#sources"
    )


def test_every_page_can_be_had_in_each_language() -> None:
    reader = Reader("fr", path="/list/meetings", query=(("q", "a b"),))
    addresses = {language: address for language, _, address in reader.languages}
    assert addresses["ru"] == "/list/meetings?q=a+b&lang=ru"
    assert list(addresses) == list(LANGUAGES)
