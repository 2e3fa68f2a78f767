"""To add a kind is to add one file: its records are loaded and asked for with nothing else changed."""

from pathlib import Path

import pytest

from graph.dataset import read
from graph.embedded import EmbeddedEngine
from graph.load import load
from graph.store import Store
from schema.service import Request, Service
from tests.ontology.declaring import added
from tests.ontology.test_model import PILOT

RECORDS = """
- id: meeting-series/cto
  name: {en: CTO group}
  sources: [source/example.org/aaaaaaaaaaaa]
- id: meeting/CTO-2009
  name: {en: First CTO meeting}
  startDate: "2009-10-06"
  series: meeting-series/cto
  sources: [source/example.org/aaaaaaaaaaaa]
- id: conclusion/CTO-2009-C1
  text: {en: A conclusion}
  meeting: {to: meeting/CTO-2009, strength: stated, sources: [source/example.org/aaaaaaaaaaaa]}
  sources: [source/example.org/aaaaaaaaaaaa]
- id: pilot/one
  title: {en: First trial, zh: 首次试验}
  tries: {to: conclusion/CTO-2009-C1, strength: inferred, note: Same subject.}
  sources: [source/example.org/aaaaaaaaaaaa]
- id: source/example.org/aaaaaaaaaaaa
  url: https://example.org/
"""
QUESTION = """{
  pilots(filter: {tries: {some: {strength: [INFERRED]}}}) {
    nodes { id title(language: ZH) tries { edges { strength link { __typename note } node { id } } } }
  }
  conclusion(id: "conclusion/CTO-2009-C1") { pilots { totalCount } }
  search(text: "trial") { edges { node { id kind } } }
}"""


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A dataset with a thing of the new kind."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "records.yaml").write_text(RECORDS, encoding="utf-8")
    return folder


async def test_a_kind_that_a_test_declares_is_loaded_and_queried(tmp_path: Path, dataset: Path) -> None:
    model = added(tmp_path / "declarations", pilot=PILOT)
    store = Store(EmbeddedEngine(tmp_path / "store", heap="512m"))
    await store.start()
    try:
        await load(store, read([dataset], model), model)
        answer = await Service(model, store).execute(Request(QUESTION))
    finally:
        await store.stop()
    assert answer.result["data"] == {
        "pilots": {
            "nodes": [
                {
                    "id": "pilot/one",
                    "title": "首次试验",
                    "tries": {
                        "edges": [
                            {
                                "strength": "INFERRED",
                                "link": {"__typename": "TriesLink", "note": "Same subject."},
                                "node": {"id": "conclusion/CTO-2009-C1"},
                            }
                        ]
                    },
                }
            ]
        },
        "conclusion": {"pilots": {"totalCount": 1}},
        "search": {"edges": [{"node": {"id": "pilot/one", "kind": "PILOT"}}]},
    }
