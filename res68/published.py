"""The ontology, the SHACL shapes and the JSON-LD context at their addresses, as they are asked for."""

import asyncio
from collections.abc import Mapping
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from ontology.header import LICENCE, MODIFIED, ONTOLOGY, SHAPES, VERSION
from ontology.mapping import mapping_of
from ontology.model import Model
from ontology.publishing import made
from res68.forms import FORMS, context_text, context_version
from res68.media import HTML, JSON_LD, TURTLE, accepted, best
from res68.pages.ontology import ontology_page
from res68.pages.reader import Reader, reader_of
from res68.problems import not_acceptable, refused
from res68.representation import represented
from res68.running import running
from res68.signposts import Signpost, header
from res68.turtle import rewritten

DATA = {ending: form for ending, form in FORMS.items() if ending in ("ttl", "jsonld", "nt", "rdf")}
WITH_A_PAGE = {**DATA, "html": HTML}
CHANGED = f"{MODIFIED}T00:00:00Z"
IMMUTABLE = "public, max-age=31536000, immutable"


async def ontology(request: Request) -> Response:
    """The ontology; to people a page on which every term has its place."""
    version = request.path_params.get("version", VERSION)
    if version != VERSION:
        detail = f"There is no version {version[:40]!r} of the ontology here: the present one is {VERSION}."
        return refused(request.headers, 404, detail)
    return await _answer(request, "/ontology", "res68.ttl", WITH_A_PAGE, ONTOLOGY)


async def shapes(request: Request) -> Response:
    """The shapes that the data conform to."""
    return await _answer(request, "/shapes", "shapes.ttl", DATA, SHAPES.removesuffix("#"))


async def context(request: Request) -> Response:
    """The JSON-LD context; under its own version it never changes."""
    mapping = mapping_of(running(request).model)
    now, asked = context_version(mapping), request.path_params.get("version")
    if asked not in (None, now):
        detail = f"There is no context {asked!r} here: the present one is at /ontology/{now}/context.jsonld."
        return refused(request.headers, 404, detail)
    headers = {"cache-control": IMMUTABLE} if asked else {}
    return represented(request, context_text(mapping), JSON_LD, vary="", headers=headers)


async def _answer(
    request: Request, path: str, name: str, forms: Mapping[str, str], canonical: str
) -> Response:
    here = running(request)
    at = {form: f"{path}.{ending}" for ending, form in forms.items()}
    ending = request.path_params.get("ending")
    if ending is not None and ending not in forms:
        return refused(request.headers, 404, f"{path} comes with the endings {', '.join(forms)}.")
    # Turtle goes before the others that are named as well, and is what those get who take anything.
    wanted = (TURTLE, *forms.values(), TURTLE)
    media_type = forms[ending] if ending else best(accepted(request.headers), wanted)
    if media_type is None:
        return not_acceptable(request, at)
    reader = reader_of(request)
    body = await asyncio.to_thread(_body, here.model, name, media_type, reader)
    links = [Signpost("canonical", canonical), Signpost("license", LICENCE)]
    links += [Signpost("alternate", to, form) for form, to in at.items() if form != media_type]
    headers = {"link": header(links), "content-location": at[media_type]}
    vary = [] if ending else ["Accept"]
    if media_type == HTML:
        headers["content-language"] = reader.language
        vary.append("Accept-Language")
    return represented(request, body, media_type, modified=CHANGED, vary=", ".join(vary), headers=headers)


def _body(model: Model, name: str, media_type: str, reader: Reader) -> bytes:
    """What takes a moment the first time."""
    turtle = _turtle(model, name)
    return ontology_page(model, turtle, reader) if media_type == HTML else rewritten(turtle, media_type)


@lru_cache(maxsize=8)
def _turtle(model: Model, name: str) -> str:
    return made(name, model)
