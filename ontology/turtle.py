"""A layout of Turtle for documents that people read and compare: what is given in order stays in order."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from ontology.namespaces import namespaces, resolve

WIDTH = 108
INDENT = "    "
ESCAPES = {ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


@dataclass(frozen=True, slots=True)
class Iri:
    """An IRI that has no prefix."""

    value: str


@dataclass(frozen=True, slots=True)
class Text:
    """A literal with a language or a datatype, or a plain one."""

    value: str
    language: str | None = None
    datatype: str | None = None


Object: TypeAlias = "str | Iri | Text | bool | int | Statements | tuple[Object, ...]"
Statements: TypeAlias = "dict[str, Object | list[Object]]"
# An object is a term (prefix:name), an IRI, a literal, a blank node with statements, or a list (a tuple).
# A list of objects says the predicate once for each.


@dataclass(frozen=True, slots=True)
class Block:
    """A subject with all that is said of it; `heading` opens a part of the document."""

    subject: str | Iri | None
    statements: Statements
    heading: str | None = None


def texts(by_language: Mapping[str, str]) -> list[Object]:
    """A text in each of its languages."""
    return [Text(text, language) for language, text in by_language.items()]


def parted(parts: Mapping[str, Iterable[Block]]) -> Iterator[Block]:
    """The blocks of all parts, the first one of each under the heading of the part."""
    for heading, blocks in parts.items():
        for number, block in enumerate(blocks):
            yield replace(block, heading=heading) if number == 0 else block


def document(opening: str, blocks: Iterable[Block], extra: Mapping[str, str] | None = None) -> str:
    """The whole document: a comment, the prefixes that it uses, and the blocks.

    `extra`: prefixes beside those of ontology.namespaces.
    """
    known = {**namespaces(), **(extra or {})}
    body = "\n".join(_block(one, known) for one in blocks)
    used = [name for name in known if re.search(rf"(?<![\w-]){re.escape(name)}:\w", body)]
    heads = "".join(f"@prefix {name}: <{known[name]}> .\n" for name in used)
    return f"{_comment(opening)}\n{heads}\n{body}"


def _block(block: Block, known: Mapping[str, str]) -> str:
    heading = f"{_comment(block.heading)}\n" if block.heading else ""
    subject = "[]" if block.subject is None else _object(block.subject, known, 0)
    return f"{heading}{subject}{_statements(block.statements, known, 1)} .\n"


def _statements(statements: Statements, known: Mapping[str, str], depth: int) -> str:
    lines = []
    for predicate, found in statements.items():
        name = "a" if predicate == "rdf:type" else _name(predicate, known)
        several = isinstance(found, list) and len(found) > 1
        every = found if isinstance(found, list) else [found]
        objects = [_object(one, known, depth + several) for one in every]
        if objects:
            lines.append(_laid_out(name, objects, depth))
    opening = " " if depth == 1 and len(lines) == 1 else f"\n{INDENT * depth}"
    return opening + f" ;\n{INDENT * depth}".join(lines)


def _laid_out(name: str, objects: Sequence[str], depth: int) -> str:
    """A predicate with its objects, on one line where they fit."""
    line = f"{name} {', '.join(objects)}"
    if len(objects) == 1 or len(line) + len(INDENT) * depth <= WIDTH:
        return line
    return f"{name}\n{INDENT * (depth + 1)}" + f",\n{INDENT * (depth + 1)}".join(objects)


def _object(one: Object, known: Mapping[str, str], depth: int) -> str:
    match one:
        case bool():
            return "true" if one else "false"
        case int():
            return str(one)
        case str():
            return _name(one, known)
        case Iri(value):
            return f"<{value}>"
        case Text(value, language, datatype):
            mark = f"@{language}" if language else f"^^{_name(datatype, known)}" if datatype else ""
            return f'"{value.translate(ESCAPES)}"{mark}'
        case tuple():
            return _list([_object(item, known, depth + 1) for item in one], depth)
        case _:
            return _nested(one, known, depth)


def _nested(statements: Statements, known: Mapping[str, str], depth: int) -> str:
    inner = _statements(statements, known, depth + 1).strip()
    flat = re.sub(r" ;\n\s*", " ; ", inner)
    if "\n" not in flat and len(flat) + len(INDENT) * depth < WIDTH - 20:
        return f"[ {flat} ]"
    return f"[\n{INDENT * (depth + 1)}{inner}\n{INDENT * depth}]"


def _list(items: Sequence[str], depth: int) -> str:
    line = f"( {' '.join(items)} )"
    if len(line) + len(INDENT) * depth < WIDTH - 20 and "\n" not in line:
        return line
    return f"(\n{INDENT * (depth + 1)}" + f"\n{INDENT * (depth + 1)}".join(items) + f"\n{INDENT * depth})"


def _name(term: str, known: Mapping[str, str]) -> str:
    """A term as Turtle writes it; one that its vocabulary does not have is refused."""
    prefix, _, local = term.partition(":")
    if prefix in namespaces():
        resolve(term)
    elif prefix not in known:
        raise ValueError(f"{term!r} has no prefix that the document knows")
    if not LOCAL.fullmatch(local):
        raise ValueError(f"{term!r} cannot be written with a prefix")
    return term


def _comment(text: str) -> str:
    return "".join(f"# {line}\n" for line in text.splitlines())
