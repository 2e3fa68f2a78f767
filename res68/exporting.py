"""The command export: the graph as a file of RDF, or on the standard output."""

import os
import sys
import zlib
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from graph.export import Export
from ontology.model import Kind, Model
from res68.failures import Failure
from res68.opening import open_store
from res68.settings import read_settings

GZIP = 16 + zlib.MAX_WBITS  # tells zlib to write the frame of gzip
LEVEL = 6


async def export_command(name: str, output: Path | None, kinds: Sequence[str], *, gzip: bool) -> None:
    """Write an export in a format of graph.formats; a file appears when it is whole, and only then."""
    settings, model = read_settings(), Model.load()
    wanted = [kind_named(one, model).name for one in kinds] or None
    async with open_store(settings) as store:
        export = Export(store, model, settings.base, persons=settings.show_persons)
        stream = export.stream(name, wanted)
        with opened(output) as file:
            async for chunk in compressed(stream) if gzip else stream:
                file.write(chunk)


def kind_named(name: str, model: Model) -> Kind:
    """The kind of this name (StudyGroup) or key (study-group); a Failure names those that there are."""
    found = model.by_key.get(name) or model.kinds.get(name)
    if found is None or found.abstract:
        raise Failure(f"There is no kind {name!r} of things: use one of {', '.join(sorted(model.by_key))}.")
    return found


async def compressed(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Chunks as gzip; an error in them ends it without the trailer, so that it shows."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    async for chunk in chunks:
        if packed := packer.compress(chunk):
            yield packed
    yield packer.flush()


@contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """The standard output, or a file that takes its name when all is written."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    part = output.with_name(f"{output.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        os.replace(part, output)
    except OSError as error:
        raise Failure(f"{output} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
