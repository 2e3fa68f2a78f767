"""The type of the dataset as a whole: its version, its counts, its last loads."""

from typing import Any, Optional

from schema.declaring import Input, Output, bare, declare
from schema.scalars import URL
from schema.types import Types


def dataset_fields(types: Types) -> dict[str, Output]:
    """The field of Query."""
    description = "The dataset that answers: its version, what it holds, and how it changed."
    return {"dataset": Output(declare(bare("Dataset"), description, facts(types)), description)}


def facts(types: Types) -> dict[str, Output]:
    """The fields of the dataset."""
    kinds, link_types, loads = counted_kinds(types), counted_link_types(types), changes()
    language: Any = types.enums.language
    return {
        "version": Output(str, "The version: the same for the same content, another for any other."),
        "modelVersion": Output(str, "The version of the declared model with which the data were loaded."),
        "loadedAt": Output(
            Optional[str],  # noqa: UP045 # the annotation is a value here
            "When the data were last loaded, in UTC.",
        ),
        "licence": Output(
            URL,
            "The licence of the reference dataset, facts and our own wording alike. What is loaded beside it "
            "may have another.",
        ),
        "languages": Output(list[language], "The languages in which there are texts."),
        "kinds": Output(list[kinds], "How many things of each kind there are."),  # type: ignore[valid-type] # a class made at run time
        "linkTypes": Output(list[link_types], "How many links of each type there are."),  # type: ignore[valid-type] # as above
        "loads": Output(
            list[loads],  # type: ignore[valid-type] # as above
            "What the last loads changed, the last one first.",
            {"first": Input(int, "How many loads, 200 at most.", 10)},
        ),
    }


def counted_kinds(types: Types) -> type:
    """The type of the count of one kind."""
    fields = {
        "kind": Output(types.enums.kind, "The kind."),
        "count": Output(int, "How many things of this kind there are."),
    }
    return declare(bare("KindCount"), "How many things of a kind there are.", fields)


def counted_link_types(types: Types) -> type:
    """The type of the count of one link type."""
    fields = {
        "type": Output(types.enums.link_type, "The type."),
        "count": Output(int, "How many links of this type there are."),
        "stated": Output(int, "How many of them a source states."),
        "inferred": Output(int, "How many of them we infer."),
        "unverified": Output(int, "How many of them rest on recollection alone."),
    }
    return declare(bare("LinkTypeCount"), "How many links of a type there are.", fields)


def changes() -> type:
    """The type of what one load changed."""
    fields = {
        "version": Output(str, "The version that the load led to."),
        "at": Output(str, "When the load began, in UTC."),
        "created": Output(int, "How many things and links came in."),
        "changed": Output(int, "How many things and links have another content since."),
        "removed": Output(int, "How many things and links went out."),
    }
    return declare(bare("Load"), "What one load changed.", fields)
