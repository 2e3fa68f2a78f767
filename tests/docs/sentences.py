"""The sentences with which commands fail, read out of the code; "…" stands for each value in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

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
    found = {
        sentence
        for room in ROOMS
        for path in (ROOT / room).glob("*.py")
        for sentence in _of(path)
        if sentence
    }
    return found - {A_MISTAKE_OF_OURS}


def _of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAILURES:
            yield _text(node.args[0]) if node.args else ""
        if isinstance(node, ast.Return) and node.value is not None:
            text = _text(node.value)
            yield text if text.endswith(ENDINGS) and WORDS.search(text) else ""


def _text(node: ast.expr) -> str:
    """A text that is written in the code; empty where it is not."""
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(_text(part) or "…" for part in values)
    return ""
