"""The addresses of things: /id/conclusion/CTO-2009-C6 answers with the record, as JSON or as a page."""

from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.tombstones import removed
from ontology.identity import ID, MAX_ID
from res68.media import HTML, JSON, accepted, best
from res68.pages.reader import reader_of
from res68.pages.thing import Asked, resource_page
from res68.problems import not_acceptable, refused
from res68.record import LINK_QUERY, link_record, thing_query, thing_record
from res68.running import Running, running
from res68.tags import is_known, strong_tag
from schema.service import Request as Operation
from schema.service import Response as Answer


async def thing(request: Request) -> Response:
    """The record of a thing or a link."""
    here = running(request)
    identity = f"{request.path_params['kind']}/{request.path_params['key']}"
    media_type = best(accepted(request.headers), (HTML, JSON))
    if media_type is None:
        return not_acceptable(request, dict.fromkeys((HTML, JSON), request.url.path))
    if media_type == HTML:
        return await _page(request, here, identity)
    query = _query(here, identity)
    if query is None:
        return _not_found(request, identity)
    answer = await here.service.execute(Operation(query, {"id": identity}, ours=True))
    if answer.status >= 500 or answer.request_error:
        return _failed(request, answer)
    found = (answer.result["data"] or {}).get("record")
    if found is None:
        return await _absent(request, here, identity)
    return _shown(request, here, media_type, found, answer)


async def _page(request: Request, here: Running, identity: str) -> Response:
    """The page, for people."""
    found = await resource_page(here, identity, reader_of(request), Asked.of(request.query_params))
    if found is None:
        return await _absent(request, here, identity)
    if is_known(request.headers.get("if-none-match"), found.headers["etag"]):
        return Response(
            status_code=304, headers={"etag": found.headers["etag"], "vary": found.headers["vary"]}
        )
    return found


def _query(here: Running, identity: str) -> str | None:
    """How to read what has this id; None where the id has no sense."""
    if len(identity) > MAX_ID or not ID.fullmatch(identity):
        return None
    if identity.startswith("link/"):
        return LINK_QUERY
    kind = here.model.kind_of(identity)
    return thing_query(here.model, kind) if kind and not kind.abstract else None


def _shown(
    request: Request, here: Running, media_type: str, found: dict[str, Any], answer: Answer
) -> Response:
    kind = here.model.kind_of(found["id"])
    record = thing_record(kind, found) if kind else link_record(found)
    tag = strong_tag(
        (answer.version, here.model.version, here.settings.base, found["id"], media_type, record)
    )
    headers = {"etag": tag, "cache-control": "no-cache", "vary": "Accept"}
    if is_known(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(orjson.dumps(record), 200, headers, f"{JSON}; charset=utf-8")


async def _absent(request: Request, here: Running, identity: str) -> Response:
    if len(identity) <= MAX_ID and await removed(here.store, identity):
        detail = f"{identity} was here and has been removed from the dataset."
        return refused(request.headers, 410, detail, reader=reader_of(request))
    return _not_found(request, identity)


def _not_found(request: Request, identity: str) -> Response:
    detail = f"Nothing here has the id {identity}: an id is a kind and a key, such as conclusion/CTO-2009-C6."
    return refused(request.headers, 404, detail, reader=reader_of(request))


def _failed(request: Request, answer: Answer) -> Response:
    """What the service said about a failure of its own."""
    error = answer.result["errors"][0]
    return refused(request.headers, max(answer.status, 500), error["message"], **error["extensions"])
