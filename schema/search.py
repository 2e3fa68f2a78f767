"""The types of search: the connection of what is found, and how each thing was found."""

from typing import Any, Optional

from schema.declaring import Input, Output, bare, declare, enumeration
from schema.inputs import optional
from schema.types import Types

SEARCH = (
    "Things by a printed name first, however it is written (ITU-T Y.3172, Q6/13, FG IMT2020, SG 13), then by "
    "their texts: those with all words, those with one of them, those with the start of a word. All "
    "languages are searched, whatever the language of the text. Nothing in the text is an operator."
)


def search_fields(types: Types) -> dict[str, Output]:
    """The field of Query."""
    kinds: Any = types.enums.kind
    language: Any = types.enums.language
    arguments = {
        "text": Input(str, "The name or the words to look for, 500 characters at most."),
        "kinds": optional(list[kinds], "Only things of these kinds; an abstract one means all below it."),
        "language": Input(language, "The language whose texts count double.", language["EN"]),
        "first": Input(int, "The number of rows, 200 at most.", 20),
        "after": optional(str, "The cursor after which the page starts."),
    }
    return {"search": Output(connection(types), SEARCH, arguments)}


def connection(types: Types) -> type:
    """The connection of what is found."""
    made = declare(bare("SearchEdge"), "One thing that is found.", edge(types))
    thing: Any = types.kinds["Thing"]
    return declare(
        bare("SearchConnection"),
        "A page of what a search finds, the best match first. It has no way back: follow the cursors on.",
        {
            "edges": Output(list[made], "The rows of the page with how they were found."),  # type: ignore[valid-type] # a class made at run time
            "nodes": Output(list[thing], "The things of the page."),
            "pageInfo": Output(types.page_info, "Where the page stands in its list."),
            "totalCount": Output(int, "How many things all pages have together."),
        },
    )


def edge(types: Types) -> dict[str, Output]:
    """The fields of an edge."""
    thing: Any = types.kinds["Thing"]
    language: Any = types.enums.language
    matched: Any = enumeration(
        "SearchMatch",
        "How a thing was found.",
        {
            "NAME": ("NAME", "The text, or a part of it, is one of its printed names or the start of one."),
            "TEXT": ("TEXT", "Words of the text are in its texts."),
        },
    )
    return {
        "cursor": Output(str, "The position of the edge in the list."),
        "node": Output(thing, "The thing."),
        "score": Output(
            float, "How well it matches among things found in the same way; only good within one answer."
        ),
        "matched": Output(matched, "How it was found."),
        "language": Output(
            Optional[language],  # noqa: UP045 # the annotation is a value here
            "The language of the text that matches best; absent for a name.",
        ),
    }
