"""The files in published/: the ontology, the shapes and the JSON-LD context, made from the model."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from ontology.context import context
from ontology.mapping import RdfMapping, mapping_of
from ontology.model import ONTOLOGY, Model
from ontology.owl import ontology
from ontology.shapes import shapes

PUBLISHED = ONTOLOGY / "published"


def context_document(mapping: RdfMapping) -> str:
    """The context as a JSON document."""
    return json.dumps(context(mapping), ensure_ascii=False, indent=2) + "\n"


FILES: Mapping[str, Callable[[RdfMapping], str]] = {
    "res68.ttl": ontology,
    "shapes.ttl": shapes,
    "context.jsonld": context_document,
}


def made(name: str, model: Model) -> str:
    """One of the files as the model gives it."""
    return FILES[name](mapping_of(model))


def published(name: str) -> Path:
    """Where one of the files of our own model stands."""
    return PUBLISHED / name
