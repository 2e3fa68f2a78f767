"""From what a user types to questions for the full-text indexes: nothing typed is ever an operator.

A question is a list: the name of an index, the question in Lucene's language, the rank of what it finds, the
language of the index, and a number: for names their length, for texts the weight of the language.
"""

import re
import unicodedata
from collections.abc import Iterator

from graph.engine import EngineProfile
from graph.folding import folded_name
from ontology.languages import LANGUAGES

# The ranks of hits: the whole text is a printed name; it starts one, or a part of it is one; the full text
# has all its words; it has one of them; it has the start of a word, or a single ideograph.
RANKS = range(5)
NAMED, NAMED_IN_PART, ALL_WORDS, ONE_WORD, CONTAINED = RANKS

Question = list[str | int | float | None]

SPECIAL = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/<>=])')
OPERATORS = frozenset({"AND", "OR", "NOT"})
IDEOGRAPHS = "\u3400-\u9fff\uf900-\ufaff"
IDEOGRAPH = re.compile(f"[{IDEOGRAPHS}]")
MARKS = "\u0300-\u036f\u064b-\u065f\u0670"  # above and below letters, in Latin and Arabic
TERM = re.compile(rf"[{IDEOGRAPHS}]+|(?:[^\W_{IDEOGRAPHS}]|[.'’{MARKS}])+")
# A full stop or an apostrophe joins letters, and joins digits, but not a letter and a digit.
BETWEEN = re.compile(r"(?<=[^\W\d_])[.'’](?=\d)|(?<=\d)[.'’](?=[^\W\d_])")
OWN_LANGUAGE = 2.0
WORDS_IN_A_NAME = 3
START = range(2, 60)  # the lengths of a start that is looked up: Lucene fails on very long ones


def words(text: str) -> list[str]:
    """The words of a text that have a letter or a digit, each once, in composed form."""
    plain = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in plain)
    return list(dict.fromkeys(word for word in visible.split() if any(map(str.isalnum, word))))


def questions(text: str, language: str, profile: EngineProfile) -> list[Question]:
    """All that the indexes are asked for a text; nothing for one without words."""
    asked = words(text)
    if not asked:
        return []
    index = profile.fulltext_index("search_name")
    found: list[Question] = [[index, one, rank, None, size] for one, rank, size in name_questions(asked)]
    for code in LANGUAGES:
        weight = OWN_LANGUAGE if code == language else 1.0
        index = profile.fulltext_index(f"search_{code}")
        found += [[index, one, rank, code, weight] for one, rank in text_questions(asked)]
    return found


def text_questions(asked: list[str]) -> Iterator[tuple[str, int]]:
    """Questions for full texts: all words, any of them, what the last of them starts."""
    every = terms(asked)
    yield " ".join(f"+{escaped(term)}" for term in every), ALL_WORDS
    if len(every) > 1:
        yield " ".join(map(escaped, asked)), ONE_WORD
    if len(asked[-1]) in START:
        yield f"{escaped(asked[-1].casefold())}*", CONTAINED


def terms(asked: list[str]) -> list[str]:
    """The parts of words that a text must have: runs of letters and digits, and pairs of ideographs."""
    found = []
    for run in TERM.findall(BETWEEN.sub(" ", " ".join(asked))):
        if IDEOGRAPH.match(run) and len(run) > 2:
            found += [run[start : start + 2] for start in range(len(run) - 1)]
        elif any(map(str.isalnum, run)):
            found.append(run)
    return list(dict.fromkeys(found))


def name_questions(asked: list[str]) -> Iterator[tuple[str, int, float]]:
    """Questions for printed names: the whole text, what starts with it, and designations within it."""
    whole = folded_name(" ".join(asked))
    if not whole:
        return
    yield whole, NAMED, float(len(whole))
    if len(whole) in START:
        yield f"{whole}*", NAMED_IN_PART, float(len(whole))
    if parts := designations(asked):
        yield " ".join(parts), NAMED_IN_PART, float(max(map(len, parts)))


def designations(asked: list[str]) -> list[str]:
    """The parts of a text that look like a designation: some words with letters and digits."""
    found = []
    for start in range(len(asked)):
        for end in range(start + 1, min(start + WORDS_IN_A_NAME, len(asked)) + 1):
            name = folded_name(" ".join(asked[start:end]))
            if end - start < len(asked) and any(map(str.isdigit, name)) and any(map(str.isalpha, name)):
                found.append(name)
    return list(dict.fromkeys(found))


def ideographs(text: str) -> list[str]:
    """The words of a text that are one ideograph."""
    return [word for word in words(text) if len(word) == 1 and IDEOGRAPH.match(word)]


def escaped(word: str) -> str:
    """A word in Lucene's language that means itself."""
    return f"\\{word}" if word in OPERATORS else SPECIAL.sub(r"\\\1", word)
