"""The words of the pages, in the six languages: read once from words.yaml beside."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from ontology.languages import LANGUAGES

FILE = Path(__file__).with_name("words.yaml")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """The words by language and name."""
    read: Mapping[str, Mapping[str, str]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {language: {name: texts[language] for name, texts in read.items()} for language in LANGUAGES}
