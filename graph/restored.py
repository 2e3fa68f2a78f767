"""From nodes and relationships as they are stored back to what a record said."""

from __future__ import annotations  # Value is an alias that only a checker can take apart

from collections.abc import Mapping
from typing import Any

import orjson

from graph.content import Dispute, Link, Thing
from ontology.languages import LANGUAGES
from ontology.model import Model, Property
from ontology.values import Value

Stored = Mapping[str, Any]


def thing_of(stored: Stored, model: Model) -> Thing | None:
    """The thing of a node's properties; None where the model has no such kind."""
    kind = model.kind_of(stored["id"])
    if kind is None:
        return None
    return Thing(
        stored["id"],
        kind.name,
        _values(stored, kind.properties),
        tuple(stored.get("sources", ())),
        tuple(stored.get("unverified", ())),
        tuple(_dispute(one) for one in orjson.loads(stored.get("disputed", "[]"))),
        {name: tuple(ids) for name, ids in orjson.loads(stored.get("fieldSources", "{}")).items()},
        tuple(stored.get("mentions", ())),
    )


def link_of(stored: Stored, link_type: str, start: str, end: str, model: Model) -> Link | None:
    """The link of a relationship's properties; None where the model has no such type."""
    if link_type not in model.link_types:
        return None
    return Link(
        stored["id"],
        link_type,
        start,
        end,
        stored.get("strength"),
        tuple(stored.get("sources", ())),
        stored.get("note"),
        stored.get("date"),
        stored.get("priorWork") if stored.get("priorWorkDeclared") else None,
        _values(stored, model.link_types[link_type].properties),
    )


def _values(stored: Stored, properties: Mapping[str, Property]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, prop in properties.items():
        value = _value(stored, name, prop)
        if value is not None and not prop.derived:
            found[name] = value
    return found


def _value(stored: Stored, name: str, prop: Property) -> Value | None:
    if prop.type != "translated":
        value: Value | None = stored.get(name)
        return value
    texts = {language: stored.get(f"{name}_{language}") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text is not None} or None


def _dispute(one: Mapping[str, Any]) -> Dispute:
    return Dispute(one["field"], one["value"], tuple(one["sources"]))
