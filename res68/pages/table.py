"""A list as CSV (RFC 4180): all its rows, streamed page by page from one version of the dataset."""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from starlette.responses import Response, StreamingResponse

from graph.errors import StoreUnavailable
from ontology.identity import kebab
from ontology.model import Kind, Property
from res68.media import CSV
from res68.pages.asking import DATASET
from res68.pages.filters import Filtered
from res68.pages.labels import enum_name
from res68.pages.reader import Reader
from res68.pages.reading import Reading, read
from res68.running import Running

PAGE = 200
TOGETHER = "; "  # between the values of a list


async def table(here: Running, kind: Kind, asked: Filtered, reader: Reader) -> Response:
    """The table; a fault after the first page breaks the connection, so that no half passes for the whole."""
    rows = _Rows(here, kind, asked, reader)
    first = await rows.page(None)
    headers = {
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Language",
        "content-language": reader.language,
        "content-disposition": f'attachment; filename="{kebab(kind.plural)}.csv"',
    }
    return StreamingResponse(rows.stream(first), headers=headers, media_type=f"{CSV}; header=present")


class _Rows:
    """The rows of one table."""

    def __init__(self, here: Running, kind: Kind, asked: Filtered, reader: Reader) -> None:
        self.here, self.asked, self.reader = here, asked, reader
        persons = here.settings.show_persons
        self.properties = [one for one in kind.properties.values() if persons or not one.personal]
        self.ones = [field.name for field in kind.links.values() if not field.many]
        self.query = _question(kind, self.properties, self.ones)

    async def page(self, cursor: str | None) -> Reading:
        """One page, after a cursor."""
        return await read(
            self.here,
            self.query,
            filter=self.asked.filter or None,
            order={**self.asked.order, "language": self.reader.code},
            size=PAGE,
            cursor=cursor,
            language=self.reader.code,
        )

    async def stream(self, reading: Reading) -> AsyncIterator[bytes]:
        """All pages as text."""
        version = reading.dataset.version
        yield _written([self._head()])
        while True:
            if reading.dataset.version != version:
                raise StoreUnavailable("The dataset was replaced while a list was read: ask again.")
            found = reading.data["list"]
            yield _written(map(self._row, found["nodes"]))
            if not found["pageInfo"]["hasNextPage"]:
                return
            reading = await self.page(found["pageInfo"]["endCursor"])

    def _head(self) -> list[str]:
        named = [name for one in self.properties for name in _names(one)]
        return ["id", "iri", "label", *named, *self.ones, "unverified", "sources"]

    def _row(self, node: Mapping[str, Any]) -> list[str]:
        own = [_shown(one, node[name]) for one in self.properties for name in _names(one)]
        ones = [node[name]["id"] if node[name] else "" for name in self.ones]
        sources = TOGETHER.join(source["id"] for source in node["sources"])
        return [
            node["id"],
            node["iri"],
            node["label"],
            *own,
            *ones,
            TOGETHER.join(node["unverified"]),
            sources,
        ]


def _question(kind: Kind, properties: list[Property], ones: list[str]) -> str:
    own = " ".join(_asked(one) for one in properties)
    ends = " ".join(f"{name} {{ id }}" for name in ones)
    return f"""\
query Table(
  $filter: {kind.name}Filter, $order: {kind.name}Order, $size: Int!, $cursor: String, $language: Language!
) {{
  {DATASET}
  list: {kind.plural}(filter: $filter, orderBy: $order, first: $size, after: $cursor) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ id iri label(language: $language) unverified sources {{ id }} {own} {ends} }}
  }}
}}
"""


def _asked(declared: Property) -> str:
    if declared.type != "translated":
        return declared.name
    return " ".join(f"{name}(language: $language)" for name in _names(declared))


def _names(declared: Property) -> tuple[str, ...]:
    """The columns of a property: a translated text says in which language it is served."""
    return (declared.name, f"{declared.name}Language") if declared.type == "translated" else (declared.name,)


def _shown(declared: Property, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return TOGETHER.join(_shown(declared, one) for one in value)
    if declared.vocabulary is not None:
        keys = {enum_name(key): key for key in declared.vocabulary.concepts}
        return keys[value]
    if declared.type == "translated":
        return str(value).lower() if value in ("EN", "FR", "ES", "RU", "ZH", "AR") else str(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _written(rows: Iterator[list[str]] | list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
