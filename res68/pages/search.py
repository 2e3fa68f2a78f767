"""The search page: what is found in all languages, the best by kind, or all of one kind page by page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from ontology.model import Kind
from res68.pages.asking import DATASET, NAMED
from res68.pages.footnotes import named
from res68.pages.labels import enum_name, kind_label
from res68.pages.reader import Reader, Text, reader_of
from res68.pages.reading import read
from res68.pages.templates import page, unless_known
from res68.refusals import Refused
from res68.running import Running, running

BEST, OF_A_KIND, PAGE = 200, 5, 50
LONGEST = 500
QUESTION = f"""\
query Search($text: String!, $kinds: [Kind!], $language: Language!, $size: Int!, $after: String) {{
  {DATASET}
  search(text: $text, kinds: $kinds, language: $language, first: $size, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    edges {{ matched language node {{ ...Named }} }}
  }}
}}
{NAMED}"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that is found; `language`: of the text that matches, where it is not the reader's."""

    id: str
    label: Text
    by_name: bool
    language: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What is found of one kind."""

    key: str
    label: Text
    hits: tuple[Hit, ...]
    more: bool


async def search(request: Request) -> Response:
    """The page; without a text it is the form alone."""
    here, reader = running(request), reader_of(request)
    query = request.query_params
    text, kind = (query.get("q") or "").strip(), _kind(here, query.get("kind"))
    if not text:
        return page("search.html", 200, reader, text="", total=None)
    if len(text) > LONGEST:
        raise Refused(400, f"The text to search for has {len(text)} characters: write {LONGEST} at most.")
    reading = await read(
        here,
        QUESTION,
        text=text,
        kinds=[enum_name(kind.name)] if kind else None,
        language=reader.code,
        size=PAGE if kind else BEST,
        after=query.get("after") or None,
    )
    found = reading.data["search"]
    info = found["pageInfo"]
    key = kind.key if kind else None
    shown = page(
        "search.html",
        200,
        reader,
        text=text,
        total=found["totalCount"],
        groups=_groups(here, found["edges"], reader, PAGE if kind else OF_A_KIND),
        kind=kind and kind_label(kind, reader),
        again=reader.link("/search", q=text),
        first=reader.link("/search", q=text, kind=key) if query.get("after") else None,
        next=reader.link("/search", q=text, kind=key, after=info["endCursor"])
        if info["hasNextPage"]
        else None,
        dataset=reading.dataset,
    )
    return unless_known(request, shown)


def _kind(here: Running, key: str | None) -> Kind | None:
    if not key:
        return None
    kind = here.model.by_key.get(key)
    if kind is None:
        raise Refused(400, f"kind={key[:60]!r} is no kind: use one such as conclusion.")
    return kind


def _groups(here: Running, edges: list[Mapping[str, Any]], reader: Reader, most: int) -> list[Group]:
    """What is found by kind, the kind of the best match first."""
    by_enum = {enum_name(kind.name): kind for kind in here.model.concrete}
    found: dict[str, list[Hit]] = {}
    for edge in edges:
        found.setdefault(edge["node"]["kind"], []).append(_hit(edge, reader))
    return [
        Group(by_enum[name].key, kind_label(by_enum[name], reader), tuple(hits[:most]), len(hits) > most)
        for name, hits in found.items()
    ]


def _hit(edge: Mapping[str, Any], reader: Reader) -> Hit:
    language = (edge["language"] or reader.language).lower()
    node = edge["node"]
    return Hit(
        node["id"], named(node), edge["matched"] == "NAME", language if language != reader.language else None
    )
