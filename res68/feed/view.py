"""The addresses of the history: /changes leads to all its pages, /changes/{page} never changes again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph
from starlette.requests import Request
from starlette.responses import Response

from graph.change_quads import Feed
from graph.history import Page, page, pages
from ontology.mapping import mapping_of
from ontology.namespaces import namespaces
from res68.feed.atom import Archive, feed
from res68.feed.page import changes_page, history_page
from res68.media import HTML, JSON_LD, accepted, best
from res68.problems import not_acceptable, refused
from res68.running import Running, running
from res68.tags import is_known, strong_tag

TRIG = "application/trig"
N_QUADS = "application/n-quads"
ATOM = "application/atom+xml"
SUFFIXES = {"trig": TRIG, "nq": N_QUADS, "jsonld": JSON_LD, "atom": ATOM, "html": HTML}
OFFERED = (HTML, ATOM, JSON_LD, N_QUADS, TRIG)  # the last is for those who do not say what they want
FORMS = {TRIG: pyoxigraph.RdfFormat.TRIG, JSON_LD: pyoxigraph.RdfFormat.JSON_LD}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a document of the history: under which address, and in which media type."""

    request: Request
    here: Running
    path: str
    media_type: str | None
    history: Sequence[Page]

    def response(self, body: bytes, depends: object, cache: str = "no-cache") -> Response:
        """The document, or that the client has it already."""
        settings = self.here.settings
        tag = strong_tag([self.path, self.media_type, depends, settings.base, settings.show_persons])
        headers = {
            "etag": tag,
            "cache-control": cache,
            "vary": "Accept",
            "access-control-allow-origin": "*",
            "access-control-expose-headers": "ETag, Link",
            "link": ", ".join(
                f'<{at}>; rel="alternate"; type="{form}"' for form, at in self.others().items()
            ),
        }
        if is_known(self.request.headers.get("if-none-match"), tag):
            return Response(None, 304, headers)
        charset = "" if self.media_type in (N_QUADS, JSON_LD) else "; charset=utf-8"
        return Response(body, 200, headers, f"{self.media_type}{charset}")

    def others(self) -> Mapping[str, str]:
        """The addresses of the document by media type."""
        return {form: f"{self.path}.{suffix}" for suffix, form in SUFFIXES.items()}


async def history(request: Request) -> Response:
    """All pages, or in Atom the newest changes."""
    suffix = request.path_params.get("suffix", "")
    if suffix and suffix not in SUFFIXES:
        return _none(request)
    asked = await _asked(request, "/changes", suffix)
    if asked.media_type is None:
        return not_acceptable(request, asked.others())
    depends = [one.key for one in asked.history[-1:]]
    if asked.media_type == HTML:
        return asked.response(history_page(asked.history), depends)
    if asked.media_type == ATOM:
        return await _archive(asked, asked.history[-1].key, "no-cache") if asked.history else _none(request)
    return asked.response(_encoded(_feed(asked.here).root(asked.history), asked.media_type), depends)


async def changes(request: Request) -> Response:
    """One page."""
    key, _, suffix = request.path_params["page"].partition(".")
    if suffix and suffix not in SUFFIXES:
        return _none(request)
    asked = await _asked(request, f"/changes/{key}", suffix)
    if asked.media_type is None:
        return not_acceptable(request, asked.others())
    if asked.media_type == ATOM:
        last = bool(asked.history) and asked.history[-1].key == key
        return await _archive(asked, key, "no-cache" if last else FOREVER)
    found = await page(asked.here.store, key)
    if found is None:
        return _none(request)
    if asked.media_type == HTML:
        return asked.response(changes_page(*found), key)
    quads = _feed(asked.here).page(*found)
    return asked.response(_encoded(quads, asked.media_type), key, FOREVER)


async def _asked(request: Request, path: str, suffix: str) -> Asked:
    here = running(request)
    media_type = SUFFIXES[suffix] if suffix else best(accepted(request.headers), OFFERED)
    return Asked(request, here, path, media_type, await pages(here.store))


async def _archive(asked: Asked, key: str, cache: str) -> Response:
    """A page as Atom."""
    keys = [one.key for one in asked.history]
    found = await page(asked.here.store, key)
    if found is None or key not in keys:
        return _none(asked.request)
    at = keys.index(key)
    older = asked.history[at - 1] if at else None
    newer = asked.history[at + 1] if at + 1 < len(keys) else None
    archive = Archive(*found, older, newer)
    return asked.response(feed(archive, asked.here.settings.base), [key, newer.key if newer else None], cache)


def _feed(here: Running) -> Feed:
    return Feed(mapping_of(here.model), here.settings.base, persons=here.settings.show_persons)


def _encoded(lines: Iterable[str], media_type: str) -> bytes:
    """N-Quads in the media type that was asked for."""
    text = "".join(lines).encode()
    if media_type == N_QUADS:
        return text
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)
    made = pyoxigraph.serialize(quads, format=FORMS[media_type], prefixes=dict(namespaces()))
    assert made is not None  # there is no file to write to
    return made


def _none(request: Request) -> Response:
    endings = ", ".join(SUFFIXES)
    detail = f"There is no such page: /changes leads to those there are, each with the endings {endings}."
    return refused(request.headers, 404, detail, "NOT_FOUND")
