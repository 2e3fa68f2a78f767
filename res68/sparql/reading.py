"""What the text of a query says before it is run: the graphs it asks for, and what it may not do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
GAP = r"(?:\s|\#[^\r\n]*)*+"
# Wherever the grammar has a SERVICE it looks like this: nothing can hide one. A text or a comment that looks
# like one is refused as well. Before it there can be anything but what would make it the end of a name.
SERVICE = re.compile(
    rf"(?<![A-Za-z_:?$@-])service{GAP}(?:silent{GAP})?(?:<[^<>{{}}]*+>|(?:\\.|[^\s{{}}<>\"'#\\])++){GAP}\{{",
    re.IGNORECASE,
)
TOKEN = re.compile(
    r"""
    (?P<gap>\s+|\#[^\r\n]*)
  | (?P<text>\"{3}(?:.*?(?<!\\)\"{3}|.*)|'{3}(?:.*?(?<!\\)'{3}|.*)
      |"(?:[^"\\\r\n]++|\\.)*+"?|'(?:[^'\\\r\n]++|\\.)*+'?)  # one without an end goes on to that of the line
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:[\w.:%\\~-]*)
  | (?P<word>[?$@]?\w+)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
CHANGING = frozenset("NOW RAND UUID STRUUID".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """`default` and `named`: the graphs after FROM and FROM NAMED; `update`: the word with which an update
    begins; `service`: it asks another endpoint; `changing`: the answer differs from one time to the next."""

    default: tuple[str, ...]
    named: tuple[str, ...]
    update: str | None
    service: bool
    changing: bool


def read_query(text: str, base: str) -> Reading:
    """Read a query, which need not be well formed."""
    tokens = list(_tokens(text))
    prefixes, base, start = _prologue(tokens, base)
    words = {value.upper() for kind, value in tokens if kind == "word"}
    default, named = _graphs(tokens, prefixes, base)
    first = tokens[start][1].upper() if start < len(tokens) else ""
    return Reading(
        default,
        named,
        first if first in UPDATES else None,
        any(SERVICE.search(one) for one in {text, _unescaped(text)}),
        bool(words & CHANGING),
    )


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]

    return ESCAPE.sub(character, text)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    for found in TOKEN.finditer(text):
        if found.lastgroup != "gap":
            yield str(found.lastgroup), found[0]


def _prologue(tokens: Sequence[tuple[str, str]], base: str) -> tuple[dict[str, str], str, int]:
    """The prefixes, the base, and where the query proper begins."""
    prefixes, at = dict[str, str](), 0
    while at < len(tokens):
        match [value for _, value in tokens[at : at + 3]]:
            case [word, iri, *_] if word.upper() == "BASE":
                base, at = urljoin(base, iri.strip("<>")), at + 2
            case [word, name, iri] if word.upper() == "PREFIX":
                prefixes[name.removesuffix(":")] = urljoin(base, iri.strip("<>"))
                at += 3
            case _:
                break
    return prefixes, base, at


def _graphs(
    tokens: Sequence[tuple[str, str]], prefixes: dict[str, str], base: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    default, named = list[str](), list[str]()
    for at, (kind, value) in enumerate(tokens):
        if kind != "word" or value.upper() != "FROM":
            continue
        following = tokens[at + 1 : at + 3]
        graphs = default
        if following and following[0][1].upper() == "NAMED":
            graphs, following = named, following[1:]
        if following and following[0][0] in ("iri", "name"):
            graphs.append(_iri(*following[0], prefixes, base))
    return tuple(default), tuple(named)


def _iri(kind: str, value: str, prefixes: dict[str, str], base: str) -> str:
    """The IRI that a token names; a name without a known prefix stays as it is."""
    if kind == "iri":
        return urljoin(base, value[1:-1])
    prefix, _, local = value.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if prefix in prefixes else value
