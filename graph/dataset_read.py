"""What a store says of its dataset: its version, how much it holds, and what the last loads changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.cypher import expression
from graph.selection import Parameter
from graph.shapes import Decode, Shapes, shape
from graph.variables import Names
from ontology.languages import LANGUAGES

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
PLAIN = ("version", "modelVersion", "loadedAt", "licence", "languages")
STRENGTHS = ("stated", "inferred", "unverified")
LOAD = ("version", "at", "created", "changed", "removed")

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Loads:
    """The last `size` loads, wanted under one key."""

    key: str
    size: Parameter
    fields: Fields = ()


@dataclass(frozen=True, slots=True)
class DatasetFacts:
    """The facts of the dataset: pairs of a key and one of PLAIN, and what is wanted of each count."""

    plain: Fields = ()
    kinds: tuple[tuple[str, Fields], ...] = ()
    link_types: tuple[tuple[str, Fields], ...] = ()
    loads: tuple[Loads, ...] = ()


@expression.register
def _(read: DatasetFacts, element: str, variables: Names) -> str:
    node = variables.fresh("d")
    facts = (
        f"head(COLLECT {{ MATCH ({node}:Dataset {{id: 'dataset'}}) "
        f"RETURN [{node}.version, {node}.modelVersion, {node}.loadedAt, {node}.counts] }})"
    )
    return f"[{', '.join([facts, *(last_loads(one, variables) for one in read.loads)])}]"


def last_loads(wanted: Loads, variables: Names) -> str:
    """What the last loads changed, the last one first: the journal has a node for each part of a load."""
    node, *columns = (variables.fresh(prefix) for prefix in ("j", "v", "t", "c", "g", "r"))
    version, at, created, changed, removed = columns
    return (
        f"COLLECT {{ MATCH ({node}:Journal) WITH {node}.version AS {version}, {node}.at AS {at}, "
        f"sum({node}.created) AS {created}, sum({node}.changed) AS {changed}, "
        f"sum({node}.removed) AS {removed} ORDER BY {at} DESC, {version} LIMIT ${wanted.size.name} "
        f"RETURN [{', '.join(columns)}] }}"
    )


@shape.register
def _(read: DatasetFacts, shapes: Shapes) -> Decode:
    return DatasetShape(read, shapes)


class DatasetShape:
    """The shape of the facts; every kind and link type of the model is counted, those without any as 0."""

    def __init__(self, read: DatasetFacts, shapes: Shapes) -> None:
        self.read = read
        self.kinds = sorted(shapes.kinds.values())
        self.link_types = sorted(shapes.link_names)

    def __call__(self, value: Any, parameters: Mapping[str, Any]) -> Any:
        (version, model_version, loaded_at, text), *loads = value
        counted: Mapping[str, Any] = orjson.loads(text) if text else {}
        languages = [code for code in LANGUAGES if code in counted.get("languages", ())]
        facts = dict(zip(PLAIN, (version, model_version, loaded_at, LICENCE, languages), strict=True))
        found: dict[str, Any] = {key: facts[name] for key, name in self.read.plain}
        for key, fields in self.read.kinds:
            found[key] = [picked(self.kind(name, counted), fields) for name in self.kinds]
        for key, fields in self.read.link_types:
            found[key] = [picked(self.link_type(name, counted), fields) for name in self.link_types]
        for wanted, rows in zip(self.read.loads, loads, strict=True):
            load = (dict(zip(LOAD, row, strict=True)) for row in rows)
            found[wanted.key] = [picked(one, wanted.fields) for one in load]
        return found

    def kind(self, name: str, counted: Mapping[str, Any]) -> dict[str, Any]:
        """How many things of a kind there are."""
        return {"kind": name, "count": counted.get("kinds", {}).get(name, 0)}

    def link_type(self, name: str, counted: Mapping[str, Any]) -> dict[str, Any]:
        """How many links of a type there are, and of which strength."""
        numbers = counted.get("strengths", {}).get(name, {})
        strengths = {strength: numbers.get(strength, 0) for strength in STRENGTHS}
        return {"type": name, "count": counted.get("links", {}).get(name, 0), **strengths}


def picked(facts: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """The wanted facts under their keys."""
    return {key: facts[name] for key, name in fields}
