"""What a copy for SPARQL is made from: the export of the store."""

from collections.abc import AsyncIterator

from graph.export import Export
from graph.store import Store
from ontology.model import Model
from res68.settings import Settings


class Exported:
    """The export of a store, with the names of persons where the settings show them."""

    def __init__(self, store: Store, model: Model, settings: Settings) -> None:
        self._store = store
        self._export = Export(store, model, settings.base, persons=settings.show_persons)

    async def version(self) -> str | None:
        """The version that can be read now, if any."""
        state = await self._store.ready()
        return state.version if state else None

    def triples(self) -> AsyncIterator[bytes]:
        """The whole of it as N-Triples."""
        return self._export.stream("nt")
