"""Downloads: /export/all.ttl and the like stream the whole graph, or one kind of thing, as RDF."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from graph.errors import StoreUnavailable
from graph.export import Export
from graph.formats import FORMATS, Format
from ontology.model import Kind, Model
from res68.exporting import compressed
from res68.problems import refused
from res68.running import Running, running
from res68.tags import is_known, strong_tag

ALL = "all"
GZIP = "application/gzip"
SUFFIX = ".gz"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a name asks for: a kind or everything, in a format, as it is or compressed."""

    name: str
    kind: Kind | None
    format: Format
    gzip: bool

    @classmethod
    def of(cls, name: str, model: Model) -> "Wanted | None":
        """What `all.nt` or `study-group.ttl.gz` asks for; None where there is no such export."""
        key, _, ending = name.removesuffix(SUFFIX).partition(".")
        if ending not in FORMATS or (key != ALL and key not in model.by_key):
            return None
        return cls(name, model.by_key.get(key), FORMATS[ending], name.endswith(SUFFIX))

    @property
    def media_type(self) -> str:
        """The media type of the file."""
        return GZIP if self.gzip else self.format.media_type


async def download(request: Request) -> Response:
    """One export; a fault on the way breaks the connection off, so that no client takes a part for all."""
    here, name = running(request), request.path_params["name"]
    wanted = Wanted.of(name, here.model)
    if wanted is None:
        return _unknown(request, name)
    state = await here.store.ready()
    headers = _headers(here, wanted, state.version if state else None)
    if "etag" in headers and is_known(request.headers.get("if-none-match"), headers["etag"]):
        return Response(None, 304, headers)
    if request.method == "HEAD" and state is not None:
        return Response(None, 200, headers)
    if here.exports.locked():
        raise StoreUnavailable("As many exports as may be are under way: ask again in a few seconds.")
    chunks = _chunks(here, wanted)
    first = await anext(chunks)  # what fails here still has a status of its own
    return StreamingResponse(_joined(first, chunks), 200, headers)


async def _chunks(here: Running, wanted: Wanted) -> AsyncIterator[bytes]:
    """The chunks, while one of the places for exports is taken."""
    export = Export(here.store, here.model, here.settings.base, persons=here.settings.show_persons)
    stream = export.stream(wanted.format.name, [wanted.kind.name] if wanted.kind else None)
    async with here.exports:
        async for chunk in compressed(stream) if wanted.gzip else stream:
            yield chunk


async def _joined(first: bytes, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in chunks:
        yield chunk


def _headers(here: Running, wanted: Wanted, version: str | None) -> dict[str, str]:
    """The headers of an export of a version."""
    headers = {
        "content-type": wanted.media_type,
        "content-disposition": f'attachment; filename="res68-{wanted.name}"',
        "cache-control": "no-cache",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "ETag, Content-Disposition",
    }
    if version is not None:
        depends = [wanted.name, version, here.model.version, here.settings.base, here.settings.show_persons]
        headers["etag"] = strong_tag(depends)
    return headers


def _unknown(request: Request, name: str) -> Response:
    """That there is no such export, and which there are."""
    endings = ", ".join(f".{one}" for one in FORMATS)
    detail = (
        f"There is no export {name[:80]!r}: ask for all or the key of a kind (conclusion, study-group), "
        f"with one of the endings {endings}, and {SUFFIX} to have it compressed."
    )
    return refused(request.headers, 404, detail, "NOT_FOUND")
