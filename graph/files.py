"""Data files as records with their lines: YAML lists and JSON Lines; nothing is checked yet."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from graph.problems import Place, Problems

LONGEST_LINE = 1_000_000
YAML_ENDINGS = (".yaml", ".yml")
JSON_ENDINGS = (".jsonl", ".ndjson")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where there is one: 20 times faster
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,18}")  # 007 and 1.10 are texts
DUPLICATE = "Give it once."


@dataclass(frozen=True, slots=True)
class Given:
    """A field as a file gives it; `lines` are those of the items where the value is a list."""

    value: object
    line: int
    lines: tuple[int, ...] = ()

    def line_of(self, item: int) -> int:
        """The line of an item."""
        return self.lines[item] if item < len(self.lines) else self.line


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as a file gives it."""

    file: str
    line: int
    fields: dict[str, Given]

    @property
    def name(self) -> str:
        """What to call it in a message: its id, as far as it has one that can be printed."""
        given = self.fields.get("id")
        return ascii(given.value)[1:-1][:80] if given and isinstance(given.value, str) else ""

    def place(self, line: int = 0) -> Place:
        """The place of the record, or of a line in it."""
        return Place(self.file, line or self.line, self.name)


def data_files(directories: Sequence[Path], problems: Problems) -> list[tuple[str, Path]]:
    """The data files of the directories with the names to call them by in messages."""
    found: list[tuple[str, Path]] = []
    for directory in directories:
        if not directory.is_dir():
            problems.add(Place(str(directory)), "", "there is no such directory", "Name an existing one.")
            continue
        here = sorted(path for path in directory.iterdir() if path.suffix in YAML_ENDINGS + JSON_ENDINGS)
        if not here:
            remedy = "A dataset directory holds *.yaml or *.jsonl files."
            problems.add(Place(str(directory)), "", "the directory holds no data files", remedy)
        found += [(str(path), path) for path in here]
    return found


def read_file(name: str, path: Path, problems: Problems) -> Iterator[RawRecord]:
    """The records of a file; what cannot be read as records goes to `problems`."""
    text = _text(name, path, problems)
    if text is None:
        return
    if not text.strip():
        problems.warn(Place(name), "", "the file is empty", "Remove it, or give it records.")
    elif path.suffix in YAML_ENDINGS:
        yield from _yaml_records(name, text, problems)
    else:
        yield from _json_records(name, text, problems)


def _text(name: str, path: Path, problems: Problems) -> str | None:
    """The text of a file, if it is UTF-8 with lines of a sane length."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.add(Place(name), "", f"the file cannot be read: {error.strerror}", "Make it readable.")
        return None
    for number, line in enumerate(content.split(b"\n"), 1):
        if len(line) > LONGEST_LINE:
            message = f"the line has {len(line)} bytes, more than {LONGEST_LINE}"
            problems.add(Place(name, number), "", message, "Break it: a text may be folded over lines.")
            return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{content[error.start]:02x} is not UTF-8"
        problems.add(Place(name, number), "", message, "Save the file as UTF-8.")
        return None


def _yaml_records(name: str, text: str, problems: Problems) -> Iterator[RawRecord]:
    try:
        documents: list[yaml.Node | None] = list(yaml.compose_all(text, LOADER))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        problems.add(Place(name, line), "", f"this is no YAML: {error.problem}", "Correct the line.")
        return
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        message = f"the character U+{error.character:04X} is not allowed in YAML"
        problems.add(Place(name, line), "", message, "Remove it.")
        return
    for document in documents or [None]:
        yield from _yaml_document(name, document, problems)


def _yaml_document(name: str, document: yaml.Node | None, problems: Problems) -> Iterator[RawRecord]:
    if document is None or (isinstance(document, yaml.ScalarNode) and not document.value):
        problems.warn(Place(name), "", "the file holds no records", "Remove it, or give it records.")
        return
    if not isinstance(document, yaml.SequenceNode):
        problems.add(_at(name, document), "", "this is no list of records", "Write '- id: ...' for each.")
        return
    reader = _YamlReader(name, problems)
    for node in document.value:
        if isinstance(node, yaml.MappingNode):
            yield RawRecord(name, node.start_mark.line + 1, reader.fields(node))
        else:
            problems.add(_at(name, node), "", "this is no record", "Write '- id: ...' and the fields.")


def _at(name: str, node: yaml.Node) -> Place:
    return Place(name, node.start_mark.line + 1)


class _YamlReader:
    """YAML nodes as plain values: the core schema of YAML 1.2, in which NO and 2016-10-25 are texts."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self.seen: set[int] = set()

    def fields(self, node: yaml.MappingNode) -> dict[str, Given]:
        found: dict[str, Given] = {}
        for key, value in self.pairs(node):
            lines = ()
            if isinstance(value, yaml.SequenceNode):
                lines = tuple(item.start_mark.line + 1 for item in value.value)
            found[key] = Given(self.plain(value), value.start_mark.line + 1, lines)
        return found

    def pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        keys: set[str] = set()
        for key_node, value in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if not key or key in keys:
                message = f"the key {key!r} is given twice" if key else "a key must be a name"
                self.problems.add(_at(self.name, key_node), key, message, DUPLICATE)
            else:
                keys.add(key)
                yield key, value

    def plain(self, node: yaml.Node) -> object:
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self.seen:
                message = "an alias stands for a value that is given elsewhere"
                self.problems.add(_at(self.name, node), "", message, "Write the value out here.")
                return None
            self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value) for key, value in self.pairs(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item) for item in node.value]
        return scalar(str(node.value), plain=isinstance(node, yaml.ScalarNode) and not node.style)


def scalar(text: str, *, plain: bool) -> object:
    """A scalar as YAML 1.2 reads it: quoted or folded it is a text, else it may be a word or a number."""
    if not plain:
        return text
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    return int(text) if WHOLE.fullmatch(text) else text


def _json_records(name: str, text: str, problems: Problems) -> Iterator[RawRecord]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line, object_pairs_hook=_unique, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            problems.add(Place(name, number), "", f"this is no JSON: {error}", "Write one object a line.")
            continue
        if isinstance(value, dict):
            yield RawRecord(name, number, {key: Given(one, number) for key, one in value.items()})
        else:
            problems.add(Place(name, number), "", "this is no record", "Write one object a line.")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twice!r} is given twice")
    return found


def _no_number(word: str) -> object:
    raise ValueError(f"{word} is no number")
