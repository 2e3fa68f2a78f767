"""What is made of Relaton's records is a dataset like any other: both engines hold it, whole."""

from pathlib import Path

import orjson

from graph.content import Dataset
from graph.dataset import read
from graph.dump import stored_dataset
from graph.load import load
from graph.store import Store
from ontology.model import reference
from res68.relaton.entry import entry_of
from res68.relaton.known import Known
from res68.relaton.records import Importing
from tests.http.relaton_small import relaton

OLD, NEW = "Y.9001/X.9261 (10/2003)", "Y.9001 (06/2019)"
RECORDS = (
    relaton(OLD, "2003-10-07", status="Withdrawal"),
    relaton(NEW, "2019-06-22", others=[OLD]),
    relaton("Y Suppl. 955 (07/2021)", "2021-07-02"),
)


def imported(directory: Path) -> Dataset:
    """What the records above make, written and read again."""
    entries = [entry_of(f"{number}.yaml", text.encode()) for number, text in enumerate(RECORDS)]
    records = Importing(entries, Known(Dataset({}, {}))).records()
    directory.mkdir()
    (directory / "all.jsonl").write_bytes(b"\n".join(map(orjson.dumps, records)))
    return read([directory], reference())


async def test_what_is_imported_is_held_whole_and_leads_from_edition_to_edition(
    store: Store, data: Path
) -> None:
    dataset = imported(data)
    summary = await load(store, dataset, reference())
    assert summary.created == {
        "Deliverable": 1, "EDITION_OF": 2, "RESPONSIBLE": 1, "REVISES": 1, "Recommendation": 1,
        "RecommendationEdition": 2, "Source": 1, "StudyGroup": 1,
    }  # fmt: skip
    assert await stored_dataset(store, reference()) == dataset
