"""GraphiQL: the editor for people, with the gallery of examples beside it."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from ontology.identity import ID
from ontology.model import Kind, Model
from res68.gallery import Example, by_audience
from res68.guard import policy
from res68.pages.asking import root
from res68.pages.templates import data_block, page

# While one of GraphiQL's dialogs is open, a style element of its own keeps the page behind from scrolling.
POLICY = policy({"style-src-elem": "'self' 'unsafe-inline'", "style-src-attr": "'none'"})


def graphiql_page(request: Request, model: Model, examples: Sequence[Example]) -> Response:
    """The page; `?operation=name` opens it with that example and its answer, `?thing=id` with a query of
    the thing or link that has this id."""
    shown = by_audience(examples)
    own = example_of(model, request.query_params.get("thing") or "")
    response = page(
        "graphiql.html",
        page=data_block({**_told(shown), "asked": _entry(own) if own else None}),
        gallery=[("", [own]), *shown] if own else shown,
        asked=own.name if own else request.query_params.get("operation"),
    )
    response.headers["content-security-policy"] = POLICY
    return response


def example_of(model: Model, identity: str) -> Example | None:
    """A query of one thing or link, to begin with; None where the id has no sense."""
    kind = model.kind_of(identity)
    if kind is None and not (identity.startswith("link/") and ID.fullmatch(identity)):
        return None
    query = _link_query() if kind is None else _thing_query(kind)
    return Example("record", identity, "", "", query, {"id": identity})


def _thing_query(kind: Kind) -> str:
    """What a reader would ask first: the properties, and the links with their evidence."""
    own = "\n    ".join(one.name for one in kind.properties.values())
    return f"""\
query Record($id: ID!) {{
  {root(kind)}(id: $id) {{
    label
    {own}
    unverified
    disputed {{ field value sources }}
    sources {{ label url }}
    links(first: 50) {{
      totalCount
      nodes {{ type strength note date from {{ id label }} to {{ id label }} sources {{ url }} }}
    }}
  }}
}}
"""


def _link_query() -> str:
    return """\
query Record($id: ID!) {
  node(id: $id) {
    id
    ... on Link { type strength note date priorWork from { id label } to { id label } sources { label url } }
  }
}
"""


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
