"""The page behind /sparql: a query to write, examples to begin with, and the answer as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import orjson
from starlette.responses import Response

from res68.pages.reader import Reader
from res68.pages.templates import page
from res68.running import Running
from res68.sparql.examples import examples
from res68.sparql.faults import Fault
from res68.sparql.pool import Reply

ROWS_ON_A_PAGE = 1_000
LONGEST_ADDRESS = 6_000  # of a query that is put into a link
FORMS = {
    "table": ("json", "xml", "csv", "tsv"),
    "boolean": ("json", "xml"),
    "graph": ("ttl", "nt", "jsonld", "rdf"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A term in a table: its text, where it leads, its language, and that or its datatype as it is shown."""

    text: str
    href: str | None = None
    language: str | None = None
    kind: str = ""


def empty_page(here: Running, reader: Reader) -> Response:
    """The page with the first example in it."""
    return _page(here, reader, examples(here.settings.base)[0].query)


def answer_page(here: Running, reader: Reader, query: str, reply: Reply) -> Response:
    """The page with an answer."""
    head = reply.head
    shown: dict[str, Any] = {"family": head["family"], "rows": head["rows"], "cut": head["cut"]}
    match head["family"]:
        case "table":
            found = orjson.loads(reply.body)
            shown["columns"] = found["head"]["vars"]
            shown["cells"] = list(_cells(found, here.settings.base))
        case "boolean":
            shown["yes"] = orjson.loads(reply.body)["boolean"]
        case _:
            shown["text"] = reply.body.decode()
    if len(query) <= LONGEST_ADDRESS:
        forms = FORMS[head["family"]]
        shown["forms"] = [(form, f"/sparql?{urlencode({'query': query, 'format': form})}") for form in forms]
    return _page(here, reader, query, answer=shown)


def fault_page(here: Running, reader: Reader, query: str, fault: Fault) -> Response:
    """The page with what is wrong."""
    return _page(here, reader, query, fault.status, fault=fault)


def _page(here: Running, reader: Reader, query: str, status: int = 200, **values: object) -> Response:
    given: Mapping[str, object] = {"answer": None, "fault": None, **values}
    return page(
        "sparql.html",
        status,
        reader,
        query=query,
        examples=examples(here.settings.base),
        settings=here.settings,
        endpoint=here.sparql.base,
        graphs=here.sparql.graphs,
        **given,
    )


def _cells(found: Mapping[str, Any], base: str) -> Iterator[list[Cell | None]]:
    for row in found["results"]["bindings"]:
        yield [_cell(row[name], base) if name in row else None for name in found["head"]["vars"]]


def _cell(term: Mapping[str, Any], base: str) -> Cell:
    value = term["value"]
    match term["type"]:
        case "uri" if value.startswith(f"{base}/"):
            return Cell(value.removeprefix(f"{base}/"), quote(value.removeprefix(base), safe="/:#?=&%~"))
        case "uri":
            return Cell(value, value if value.startswith(("http://", "https://")) else None)
        case "literal":
            language = term.get("xml:lang")
            return Cell(value, None, language, language or term.get("datatype", "").rpartition("#")[2])
    return Cell(value if isinstance(value, str) else orjson.dumps(value).decode())
