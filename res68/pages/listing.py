"""The list of a kind: sorted, filtered, page by page, for people; and the page that names all lists."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from ontology.identity import kebab
from ontology.model import Kind, Model
from res68.media import CSV, HTML, accepted, best
from res68.pages.asking import DATASET, NAMED
from res68.pages.choices import choices
from res68.pages.columns import columns, fields, line
from res68.pages.filters import DIRECTIONS, FROM, TO, Filtered, dates, filtered, sortable
from res68.pages.home import counted
from res68.pages.labels import kind_label, name_label
from res68.pages.reader import Reader, Text, reader_of
from res68.pages.reading import Reading, read
from res68.pages.table import table
from res68.pages.templates import page, unless_known
from res68.problems import not_acceptable
from res68.refusals import Refused
from res68.running import Running, running

PAGE = 50
SUFFIX = ".csv"


@dataclass(frozen=True, slots=True)
class Turn:
    """The addresses of the pages before and after this one."""

    first: str | None
    previous: str | None
    next: str | None


async def lists(request: Request) -> Response:
    """All lists, with the number of things in each."""
    here, reader = running(request), reader_of(request)
    state = await here.store.ready()
    shown = counted(here.model, state, reader, all_kinds=True)
    return unless_known(request, page("lists.html", 200, reader, **shown))


async def list_of_kind(request: Request) -> Response:
    """The list of one kind, as a page or as CSV."""
    here, reader = running(request), reader_of(request)
    name = request.path_params["name"]
    kind = kind_of(here.model, name.removesuffix(SUFFIX))
    if kind is None:
        raise Refused(404, f"There is no list {name[:60]!r}: /list names them all.")
    asked = filtered(kind, request.query_params, reader)
    form = CSV if name.endswith(SUFFIX) else best(accepted(request.headers), (CSV, HTML))
    if form is None:
        path = request.url.path
        return not_acceptable(request, {HTML: path, CSV: f"{path}{SUFFIX}"})
    if form == CSV:
        return await table(here, kind, asked, reader)
    return unless_known(request, await _page(here, kind, asked, reader, request))


def kind_of(model: Model, name: str) -> Kind | None:
    """The kind whose list has this name: study-groups."""
    return next((kind for kind in model.kinds.values() if kebab(kind.plural) == name), None)


async def _page(here: Running, kind: Kind, asked: Filtered, reader: Reader, request: Request) -> Response:
    after, before = (request.query_params.get(name) or None for name in ("after", "before"))
    reading = await read(
        here,
        _question(kind, backward=before is not None),
        filter=asked.filter or None,
        order={**asked.order, "language": reader.code},
        size=PAGE,
        cursor=before or after,
        language=reader.code,
    )
    found = reading.data["list"]
    return page(
        "list.html",
        200,
        reader,
        kind=kind_label(kind, reader),
        description=kind.description,
        path=request.url.path,
        asked=asked,
        total=found["totalCount"],
        columns=_heads(kind, reader),
        lines=[line(here, kind, node, reader) for node in found["nodes"]],
        choices=await choices(here, kind, reader, reading.dataset.version),
        dates=[(name_label(one, reader), one.name + FROM, one.name + TO) for one in dates(kind)],
        sorts=[(name, _sort_label(kind, name, reader)) for name in sortable(kind)],
        directions=DIRECTIONS,
        turn=_turn(reading, asked, reader, request.url.path),
        csv=reader.link(request.url.path + SUFFIX, **asked.given),
        dataset=reading.dataset,
    )


def _question(kind: Kind, *, backward: bool) -> str:
    page_of = "last: $size, before: $cursor" if backward else "first: $size, after: $cursor"
    return f"""\
query List(
  $filter: {kind.name}Filter, $order: {kind.name}Order, $size: Int!, $cursor: String, $language: Language!
) {{
  {DATASET}
  list: {kind.plural}(filter: $filter, orderBy: $order, {page_of}) {{
    totalCount
    pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
    nodes {{ ...Named {fields(kind)} }}
  }}
}}
{NAMED}"""


def _heads(kind: Kind, reader: Reader) -> list[tuple[str, Text]]:
    """The columns by name: the name that they can be sorted by, and what stands above them."""
    own = [(one.name, name_label(one, reader)) for one in columns(kind)]
    of_kind = [("kind", Text(reader.words["kind"], reader.language))] if kind.abstract else []
    return [("", Text(reader.words["name"], reader.language)), *of_kind, *own]


def _sort_label(kind: Kind, name: str, reader: Reader) -> Text:
    declared = kind.properties.get(name)
    return name_label(declared, reader) if declared else Text("id", reader.language)


def _turn(reading: Reading, asked: Filtered, reader: Reader, path: str) -> Turn:
    info = reading.data["list"]["pageInfo"]
    back = info["startCursor"] if info["hasPreviousPage"] else None
    on = info["endCursor"] if info["hasNextPage"] else None
    return Turn(
        reader.link(path, **asked.given) if back else None,
        reader.link(path, **asked.given, before=back) if back else None,
        reader.link(path, **asked.given, after=on) if on else None,
    )
