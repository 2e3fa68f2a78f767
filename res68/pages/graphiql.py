"""GraphiQL: the editor for people, with the gallery of examples beside it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from res68.gallery import Example, by_audience
from res68.guard import policy
from res68.pages.templates import data_block, page

# While one of GraphiQL's dialogs is open, a style element of its own keeps the page behind from scrolling.
POLICY = policy({"style-src-elem": "'self' 'unsafe-inline'", "style-src-attr": "'none'"})


def graphiql_page(request: Request, examples: Sequence[Example]) -> Response:
    """The page; `?operation=name` opens it with that example and its answer."""
    shown = by_audience(examples)
    response = page(
        "graphiql.html",
        page=data_block(_told(shown)),
        gallery=shown,
        asked=request.query_params.get("operation"),
    )
    response.headers["content-security-policy"] = POLICY
    return response


def _told(shown: Sequence[tuple[str, Sequence[Example]]]) -> dict[str, object]:
    """What the script of the page needs to know."""
    audiences = [{"name": name, "examples": [_entry(one) for one in examples]} for name, examples in shown]
    return {"endpoint": "/graphql", "home": "/", "audiences": audiences}


def _entry(example: Example) -> dict[str, str]:
    return {
        "name": example.name,
        "title": example.title,
        "about": example.about,
        "query": example.query,
        "variables": example.variables_text,
    }
