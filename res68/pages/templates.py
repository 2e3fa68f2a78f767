"""Templates: how they are found, filled in and sent."""

from functools import cache
from pathlib import Path

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from res68.pages.reader import Reader
from res68.tags import is_known, strong_tag

FILES = Path(__file__).parent / "templates"
ENGLISH = Reader()


@cache
def environment() -> Environment:
    """The templates of this folder; a name that nobody gave is an error, and every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(FILES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["thousands"] = lambda number: f"{number:,}"
    return made


def page(template: str, status: int = 200, reader: Reader = ENGLISH, /, **values: object) -> HTMLResponse:
    """A template filled in for a reader, as a response that is asked for anew each time."""
    text = environment().get_template(template).render(reader=reader, w=reader.words, **values)
    headers = {
        "cache-control": "no-cache",
        "vary": "Accept, Accept-Language",
        "content-language": reader.language,
    }
    if status == 200:
        headers["etag"] = strong_tag([text])
    return HTMLResponse(text, status, headers)


def unless_known(request: Request, response: Response) -> Response:
    """The page, or 304 to a client that has it already."""
    if is_known(request.headers.get("if-none-match"), response.headers["etag"]):
        kept = {name: response.headers[name] for name in ("etag", "cache-control", "vary")}
        return Response(status_code=304, headers=kept)
    return response


def data_block(value: object) -> Markup:
    """A value as JSON that can stand inside a script element."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("<", "\\u003c").replace("&", "\\u0026"))
