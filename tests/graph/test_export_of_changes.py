"""An export of texts of every sort, and one during which the dataset is replaced."""

from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.export import Export
from graph.load import load
from graph.store import Store
from ontology.mapping import mapping_of
from ontology.model import reference
from tests.graph.rebuilding import BASE, Rebuilt, exported
from tests.graph.small import SMALL, dataset

ODD = r'{en: "A \"quoted\" \\ name,\n\tover lines: 𝔘 é € 🛰 {x} <b>&amp; @en", ar: "اجتماع «أ»", ru: Собрание}'


async def test_an_export_ends_in_an_error_when_the_dataset_is_replaced(store: Store, data: Path) -> None:
    await load(store, dataset(data / "before", SMALL), reference())
    stream = Export(store, reference(), BASE).stream("nt")
    await anext(stream)
    await load(store, dataset(data / "after", SMALL.replace("Kenya", "Kenia")), reference())
    with pytest.raises(StoreUnavailable, match="was replaced by"):
        async for _ in stream:
            pass


async def test_texts_of_any_script_dates_of_any_precision_and_lists_come_back(
    store: Store, data: Path
) -> None:
    odd = dataset(data, SMALL.replace("{en: The first meeting}", ODD))
    await load(store, odd, reference())
    rebuilt = Rebuilt(await exported(store), mapping_of(reference()), BASE)
    assert rebuilt.dataset.version == odd.version
    assert rebuilt.dataset.things == odd.things
    assert rebuilt.dataset.links == odd.links
