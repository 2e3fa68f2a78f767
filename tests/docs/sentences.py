"""The sentences with which commands fail, read out of the code; "…" stands for each value in them."""

import ast
import re
from collections.abc import Iterator, Mapping

from tests.house.layout import ROOT

ROOMS = ("graph", "res68")
FAILURES = {
    "StoreError",
    "StoreUnavailable",
    "StoreTimeout",
    "StoreHeld",
    "ForeignDatabase",
    "LoadInProgress",
    "Failure",
    "SettingsError",
    "FileExistsError",
}
# What a function returns is such a sentence if it has words and ends like one.
ENDINGS = (".", "?", ": …")
WORDS = re.compile(r"[a-z]+ [a-z]+")
A_MISTAKE_OF_OURS = "The store is not open."  # nobody who uses the commands can see it


def sentences() -> set[str]:
    """All of them."""
    trees = [
        ast.parse(path.read_text(encoding="utf-8")) for room in ROOMS for path in (ROOT / room).glob("*.py")
    ]
    named = dict(found for tree in trees for found in _constants(tree))
    said = {sentence for tree in trees for sentence in _said(tree, named) if sentence}
    return said - {A_MISTAKE_OF_OURS}


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The texts that a module has a name for."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _text(value):
                yield name, _text(value)


def _said(tree: ast.Module, named: Mapping[str, str]) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name), args=[ast.Name(id=constant), *_]) if name in FAILURES:
                yield named.get(constant, "")
            case ast.Call(func=ast.Name(id=name), args=[text, *_]) if name in FAILURES:
                yield _text(text)
            case ast.Return(value=ast.expr() as value):
                returned = _text(value)
                yield returned if returned.endswith(ENDINGS) and WORDS.search(returned) else ""


def _text(node: ast.expr) -> str:
    """A text that is written in the code; empty where it is not."""
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(_text(part) or "…" for part in values)
    return ""
