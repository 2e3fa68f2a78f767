"""New texts out of the words of the real ones: as long as these, and as rare or frequent in their words."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from random import Random

from bench.shapes import Record

WORD = re.compile(r"\S+")
PAIR = re.compile(r"\S{1,2}")  # Chinese is written without spaces; two characters are most of its words
TEXTS = "en"  # the language of texts in one language


class Wording:
    """The words of some records in each language, each as often as it stands there."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.words: dict[str, list[str]] = defaultdict(list)
        for record in records:
            for name, value in record.items():
                if isinstance(value, Mapping) and name != "fieldSources":
                    for language, text in value.items():
                        self.words[language] += words(str(text), language)
                elif name == "note":
                    self.words[TEXTS] += words(str(value), TEXTS)

    def new(self, text: str, random: Random, language: str = TEXTS) -> str:
        """A text of as many words as this one; it means nothing."""
        chosen = random.choices(self.words[language], k=len(words(text, language)))
        return ("" if language == "zh" else " ").join(chosen)


def words(text: str, language: str) -> list[str]:
    """The words of a text."""
    return (PAIR if language == "zh" else WORD).findall(text)
