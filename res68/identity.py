"""The addresses of things and links: /id/conclusion/CTO-2009-C6 leads to the document about it."""

from collections.abc import Mapping
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from graph.description import Known, known
from graph.tombstones import removed
from ontology.identity import ID, MAX_ID
from ontology.mapping import mapping_of
from res68.forms import FORMS
from res68.media import accepted, best
from res68.pages.reader import reader_of
from res68.problems import not_acceptable, refused
from res68.running import Running, running
from res68.signposts import Addresses, header, of_thing

OFFER = tuple(FORMS.values())


async def thing(request: Request) -> Response:
    """303 to the document about a thing or link."""
    here = running(request)
    identity = asked_id(request)
    found = await there(here, identity)
    if found is None:
        return await absent(request, here, identity)
    at = Addresses(here.settings.base, found.id)
    if best(accepted(request.headers), OFFER) is None:
        return not_acceptable(request, at.forms)
    return led_to(request, path_of(request, found.id), 303, {"link": header(of_thing(at, found))})


def asked_id(request: Request) -> str:
    """The id in an address."""
    return f"{request.path_params['kind']}/{request.path_params['key']}"


def path_of(request: Request, identity: str, ending: str | None = None) -> str:
    """The path of the document about something, on the server that was asked."""
    path = f"{request.scope.get('root_path', '')}/doc/{quote(identity)}"
    return f"{path}.{ending}" if ending else path


def led_to(request: Request, path: str, status: int, headers: Mapping[str, str]) -> Response:
    """A redirect, with the query that came along."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, status, {"vary": "Accept", "cache-control": "no-cache", **headers})


async def there(here: Running, identity: str) -> Known | None:
    """What has this id or is mentioned by it; None where there is nothing, or the id has no sense."""
    if not has_sense(identity):
        return None
    return await known(here.store, mapping_of(here.model), identity)


async def absent(request: Request, here: Running, identity: str) -> Response:
    """That nothing has this id: 410 where something had it, else 404."""
    reader = reader_of(request)
    if not has_sense(identity):
        detail = f"{identity[:MAX_ID]!r} is no id: write a kind and a key, such as conclusion/CTO-2009-C6."
        return refused(request.headers, 404, detail, reader=reader)
    if await removed(here.store, identity):
        detail = f"{identity} was here and has been removed from the dataset."
        return refused(request.headers, 410, detail, reader=reader)
    detail = f"Nothing here has the id {identity}: an id is a kind and a key, such as conclusion/CTO-2009-C6."
    return refused(request.headers, 404, detail, reader=reader)


def has_sense(identity: str) -> bool:
    """Whether something could have this id."""
    return len(identity) <= MAX_ID and ID.fullmatch(identity) is not None
