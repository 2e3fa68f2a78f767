"""The whole graph as RDF: a stream of chunks, from one version of the dataset, ended by a manifest."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence

from graph.formats import FORMATS
from graph.manifest import Manifest
from graph.row_reader import RowReader
from graph.store import Store
from ontology.mapping import mapping_of
from ontology.model import Model

CHUNK = 64 * 1024


class Export:
    """What the store holds as RDF, for a base address.

    `persons`: whether properties that name persons are written.
    """

    def __init__(self, store: Store, model: Model, base: str, *, persons: bool = True) -> None:
        self.store = store
        self.mapping = mapping_of(model)
        self.base = base
        self.persons = persons

    async def stream(self, name: str, kinds: Sequence[str] | None = None) -> AsyncIterator[bytes]:
        """The document in a format of FORMATS, in chunks of about 64 KiB; with `kinds`, only of these.

        Raises StoreUnavailable where the dataset is replaced meanwhile: what was yielded is then no
        document, and has no manifest.
        """
        reader = RowReader(self.store, self.mapping, kinds=kinds, persons=self.persons)
        writing = FORMATS[name].writing(self.base, self.mapping)
        hashed, triples = hashlib.sha256(), 0
        waiting = bytearray(writing.head().encode())
        async for batch in reader.batches():
            written, number = writing.batch(batch)
            triples += number
            waiting += written
            if len(waiting) >= CHUNK or triples == number:  # the first batch goes out at once
                await asyncio.to_thread(hashed.update, waiting)  # meanwhile the next batch is read
                for start in range(0, len(waiting), CHUNK):
                    yield bytes(waiting[start : start + CHUNK])
                waiting.clear()
        hashed.update(waiting)
        manifest = Manifest(triples, hashed.hexdigest(), reader.version)
        yield bytes(waiting) + writing.end(manifest).encode()
