"""One record of Relaton: the fields of its YAML that we take, checked, as plain values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from ontology.dates import PartialDate
from ontology.languages import LANGUAGES
from ontology.values import text as plain_text
from ontology.values import url
from res68.relaton.designation import Designation
from res68.relaton.texts import Unreadable

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every scalar is a text
BLOCKS = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)  # a key at the start of a line, and what belongs to it
TAKEN = ("title", "source", "docidentifier", "date", "contributor", "language", "status")
EDITIONS = re.compile(r"^- type: hasEdition\n(?:(?!- ).*\n?)*", re.MULTILINE)
STATUS = {"Published": "in-force", "Withdrawal": "superseded-or-withdrawn"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a record says; `others` are the citations of the other editions that it names."""

    name: str
    designation: Designation
    date: str
    title: Mapping[str, str]
    status: str | None
    url: str | None
    languages: tuple[str, ...]
    committee: str | None
    aliases: tuple[str, ...]
    others: tuple[str, ...]


def entry_of(name: str, content: bytes) -> Entry:
    """The entry of a text; Unreadable with what is wrong."""
    try:
        return entry(name, document(content.decode("utf-8-sig").replace("\r\n", "\n")))
    except UnicodeDecodeError as error:
        raise Unreadable(f"the byte 0x{content[error.start]:02x} is not UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise Unreadable(f"it is no YAML{where}: {getattr(error, 'problem', None) or error}") from error
    except RecursionError as error:
        raise Unreadable("it is nested too deeply") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error


def document(content: str) -> object:
    """The fields that we take. Nine tenths of a record are relations to Supplements and need no parsing:
    the blocks of a text that is laid out as usual are parsed alone, any other text is parsed whole."""
    blocks = {block.partition(":")[0]: block for block in BLOCKS.split(content)}
    wanted = [blocks[key] for key in TAKEN if key in blocks]
    relations = blocks.get("relation", "")
    editions = EDITIONS.findall(relations)
    if "docidentifier" not in blocks or len(editions) != relations.count("hasEdition"):
        return yaml.load(content, LOADER)
    if editions:
        wanted.append(f"relation:\n{''.join(editions)}")
    try:
        return yaml.load("".join(wanted), LOADER)
    except yaml.YAMLError:
        return yaml.load(content, LOADER)  # what is wrong is named with the line where it stands


def entry(name: str, given: object) -> Entry:
    """The entry of a document; ValueError with what is wrong."""
    if not isinstance(given, dict):
        raise ValueError("it is no record: a mapping with docidentifier is needed")
    identifiers = list(pairs(given, "docidentifier", "type", "content"))
    own = next((content for kind, content in identifiers if kind == "ITU"), None)
    if own is None:
        raise ValueError("it has no docidentifier of the type ITU")
    designation = Designation.parse(own)
    dates = (at for kind, at in pairs(given, "date", "type", "at") if kind == "published")
    titles = reversed([*pairs(given, "title", "language", "content")])  # the first in a language is kept
    addresses = (content for kind, content in pairs(given, "source", "type", "content") if kind == "src")
    address = next(addresses, None)
    return Entry(
        name,
        designation,
        PartialDate.parse(next(dates, designation.month)).text,
        {code: plain_text(" ".join(title.split())) for code, title in titles if code in LANGUAGES and title},
        STATUS.get(next(words(given, "status", "stage", "content"), "")),
        url(address) if address else None,
        tuple(sorted(set(words(given, "language")))),
        next(words(given, "contributor", "organization", "subdivision", "name", "content"), None),
        tuple(sorted({plain_text(content) for kind, content in identifiers if kind != "ITU"})),
        tuple(others(given)),
    )


def others(given: object) -> Iterator[str]:
    """The citations of the other editions of the same text."""
    for relation in listed(given.get("relation") if isinstance(given, dict) else None):
        if isinstance(relation, dict) and relation.get("type") == "hasEdition":
            yield from words(relation, "bibitem", "docidentifier", "content")


def pairs(given: object, field: str, *keys: str) -> Iterator[tuple[str, ...]]:
    """The values of these keys in each mapping of a list."""
    for one in listed(given.get(field) if isinstance(given, dict) else None):
        if isinstance(one, dict) and all(isinstance(one.get(key), str) for key in keys):
            yield tuple(one[key] for key in keys)


def words(given: object, *path: str) -> Iterator[str]:
    """The texts at the end of a path of keys, through lists where there are any."""
    if isinstance(given, list):
        for one in given:
            yield from words(one, *path)
    elif path and isinstance(given, dict):
        yield from words(given.get(path[0]), *path[1:])
    elif not path and isinstance(given, str) and given:
        yield given


def listed(value: object) -> list[object]:
    """A list, or nothing."""
    return value if isinstance(value, list) else []
