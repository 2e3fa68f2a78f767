"""docker-compose.yml and the Dockerfile as plain data, read as their tools would."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from tests.house.layout import ROOT

VARIABLE = re.compile(r"\$\{(\w+)(?::([?-])([^}]*))?\}")

# What a service of the compose file says, by key: texts, numbers, lists and mappings of them.
Value = str | int | bool | list["Value"] | dict[str, "Value"] | None


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile: its word and what follows."""

    word: str
    rest: str


def compose() -> dict[str, dict[str, dict[str, Value]]]:
    """The compose file: section, then name, then what it says."""
    read: dict[str, dict[str, dict[str, Value]]] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return read


def dockerfile() -> list[Instruction]:
    """The instructions of the Dockerfile, continued lines joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text())
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Instruction(*line.split(maxsplit=1)) for line in lines]


def fill(text: str, given: Mapping[str, str]) -> str:
    """The text with its variables replaced as compose does; KeyError for a required one that is missing."""

    def value(found: re.Match[str]) -> str:
        name, kind, otherwise = found.groups()
        return given[name] if kind != "-" else given.get(name) or otherwise

    return VARIABLE.sub(value, text)


def sources_of(instruction: Instruction) -> list[str]:
    """What a COPY takes out of the build context."""
    words = shlex.split(instruction.rest)
    return [] if any(word.startswith("--from") for word in words) else words[:-1]
