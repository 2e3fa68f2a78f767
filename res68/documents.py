"""The documents about things and links: /doc/conclusion/CTO-2009-C6 in the form that is asked for, by Accept
or by the ending of the address."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graph.dataset_read import LICENCE
from graph.description import Description, Known, described, description
from graph.triples import Address, Here, Literal, Name, Object
from ontology.mapping import mapping_of
from res68 import media
from res68.forms import FORMS, Document
from res68.identity import OFFER, absent, asked_id, has_sense, led_to, path_of, there
from res68.media import accepted, best
from res68.pages.reader import reader_of
from res68.pages.thing import Asked, resource_page
from res68.problems import not_acceptable, refused
from res68.record import LINK_QUERY, link_record, thing_query, thing_record
from res68.representation import represented
from res68.running import Running, running
from res68.signposts import Addresses, header, of_document
from schema.service import Request as Operation
from schema.service import Response as Answer


async def document(request: Request) -> Response:
    """The document about a thing or link."""
    here, asked = running(request), asked_id(request)
    ways = list(_ways(asked))
    for identity, ending in ways:
        media_type = FORMS[ending] if ending else best(accepted(request.headers), OFFER)
        response = await _in_form(request, here, identity, media_type)
        if response is not None:
            return response
    return await _otherwise(request, here, *ways[0])


async def _in_form(request: Request, here: Running, identity: str, media_type: str | None) -> Response | None:
    """The document in a form; None where nothing has the id, or no form is accepted."""
    match media_type:
        case None:
            return None
        case media.HTML:
            return await _page(request, here, identity)
        case media.JSON:
            return await _record(request, here, identity)
        case _:
            return await _data(request, here, identity, media_type)


async def _data(request: Request, here: Running, identity: str, media_type: str) -> Response | None:
    """The document in a form of RDF; None where nothing has the id."""
    mapping, base = mapping_of(here.model), here.settings.base
    found = await description(here.store, mapping, identity, persons=here.settings.show_persons)
    if found is None:
        return None
    at = Addresses(base, identity)
    said = Document(at.document, base, list(_about(at, found)), found.triples)
    return _sent(request, said.written(media_type, mapping), media_type, at, found.known, found.modified)


async def _record(request: Request, here: Running, identity: str) -> Response | None:
    """The record as JSON; None where nothing has the id."""
    query = _query(here, identity)
    if query is None:
        return None
    answer = await here.service.execute(Operation(query, {"id": identity}, ours=True))
    if answer.status >= 500 or answer.request_error:
        return _failed(request, answer)
    found = (answer.result["data"] or {}).get("record")
    if found is None or found["id"] != identity:
        return None
    kind = here.model.kind_of(identity)
    body = orjson.dumps(thing_record(kind, found) if kind else link_record(found))
    at, known = Addresses(here.settings.base, identity), described(mapping_of(here.model), identity)
    return _sent(request, body, media.JSON, at, known, found["recordedAt"])


async def _page(request: Request, here: Running, identity: str) -> Response | None:
    """The page for people, in their language; None where nothing has the id."""
    found = await there(here, identity)
    if found is None or found.id != identity:
        return None
    shown = await resource_page(here, identity, reader_of(request), Asked.of(request.query_params))
    if shown is None:
        return None
    language = {"content-language": shown.headers["content-language"]}
    at = Addresses(here.settings.base, identity)
    return _sent(request, bytes(shown.body), media.HTML, at, found, None, language)


async def _otherwise(request: Request, here: Running, identity: str, ending: str | None) -> Response:
    """Where there is no document: under which id there is one, in which forms, or that there is none."""
    found = await there(here, identity)
    if found is None:
        return await absent(request, here, identity)
    if found.id != identity:
        return led_to(request, path_of(request, found.id, ending), 308, {})
    return not_acceptable(request, Addresses(here.settings.base, identity).forms)


def _sent(
    request: Request,
    body: bytes,
    media_type: str,
    at: Addresses,
    known: Known,
    modified: str | None,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """A document with its signposts, and with the address at which it has this form always."""
    ending = next(ending for ending, form in FORMS.items() if form == media_type)
    path = path_of(request, known.id, ending)
    query = f"?{request.url.query}" if request.url.query else ""
    headers = {"link": header(of_document(at, known, media_type)), "content-location": path + query, **more}
    negotiated = [] if request.url.path.endswith(path) else ["Accept"]
    spoken = ["Accept-Language"] if "content-language" in more else []
    vary = ", ".join([*negotiated, *spoken])
    return represented(request, body, media_type, modified=modified, vary=vary, headers=headers)


def _about(at: Addresses, found: Description) -> Iterator[tuple[str, Object]]:
    """What a document says of itself."""
    yield "rdf:type", Name("foaf:Document")
    yield "foaf:primaryTopic", Here(at.id)
    yield "dcterms:license", Address(LICENCE)
    yield "dcterms:modified", Literal(found.modified, "xsd:dateTime")
    yield "void:inDataset", Address(f"{at.base}/dataset")
    yield "owl:versionInfo", Literal(found.version)
    if found.shown < found.incoming:
        cut = f"Shows {found.shown:,} of the {found.incoming:,} links that lead here; the export has all."
        yield "rdfs:comment", Literal(cut, None, "en")


def _query(here: Running, identity: str) -> str | None:
    """How to read the record of what has this id; None where the id has no sense."""
    if not has_sense(identity):
        return None
    if identity.startswith("link/"):
        return LINK_QUERY
    kind = here.model.kind_of(identity)
    return thing_query(here.model, kind) if kind and not kind.abstract else None


def _failed(request: Request, answer: Answer) -> Response:
    """What the service said about a failure of its own."""
    error = answer.result["errors"][0]
    return refused(request.headers, max(answer.status, 500), error["message"], **error["extensions"])


def _ways(asked: str) -> Iterator[tuple[str, str | None]]:
    """What is asked for: an id with the ending of a form, else an id that happens to end like that."""
    stem, dot, ending = asked.rpartition(".")
    if dot and ending in FORMS:
        yield stem, ending
    yield asked, None
