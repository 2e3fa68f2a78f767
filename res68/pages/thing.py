"""The page of one thing or link: its properties, its links both ways, and its sources."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from ontology.languages import LANGUAGE_NAMES
from ontology.model import Kind, Model
from res68.pages.story import STRENGTHS, in_words
from res68.pages.templates import page

APART = ("id", "iri", "label", "kind", "links", "moreLinks", "sources", "recordedAt")


def thing_page(
    model: Model, kind: Kind | None, record: Mapping[str, Any], found: Mapping[str, Any]
) -> Response:
    """The page of a record; `found` is what the query returned for it."""
    return page(
        "thing.html",
        title=found.get("label") or f"{found['from']['label']} → {found['to']['label']}",
        kind=kind.label["en"] if kind else f"Link {words(found['type'])}",
        record=record,
        properties=[
            (spaced(name), shown(_in_words(kind, name, value)))
            for name, value in record.items()
            if name not in APART
        ],
        links=[(words(link["type"]), "to" in link, link, evidence(link)) for link in record.get("links", ())],
        sources=[(one["id"], one["label"], one["url"]) for one in found["sources"]],
        describe=kind.description if kind else model.link_types[found["type"]].description,
    )


def _in_words(kind: Kind | None, name: str, value: object) -> object:
    """A value of a vocabulary by its label; every other value as it is."""
    declared = kind.properties.get(name) if kind else None
    if declared is None or declared.vocabulary is None:
        return value
    if isinstance(value, list):
        return [_in_words(kind, name, one) for one in value]
    return declared.vocabulary.concepts[str(value)].label["en"]


def shown(value: object) -> list[tuple[str, str]]:
    """A value as lines, each with the language that it is in or no language."""
    match value:
        case True | False:
            return [("", "yes" if value else "no")]
        case dict():
            return [(LANGUAGE_NAMES.get(str(key), str(key)), _line(one)) for key, one in value.items()]
        case list():
            return [("", _line(one)) for one in value]
        case _:
            return [("", str(value))]


def evidence(link: Mapping[str, Any]) -> str:
    """What a link says of itself, in one line."""
    strength = STRENGTHS[link.get("strength")] if not link.get("unverified") else STRENGTHS[None]
    prior = "prior work" if link.get("priorWork") else ""
    parts = (strength, in_words(link.get("date")), prior, link.get("note") or "")
    return " · ".join(part for part in parts if part)


def words(name: str) -> str:
    """LED_TO as words."""
    return name.replace("_", " ").lower()


def spaced(name: str) -> str:
    """A name such as startDate as words."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).capitalize()


def _line(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_line(one)}" for key, one in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(map(str, value))
    return str(value)
