"""What a store holds, written as files and loaded into either engine, is the same dataset."""

from pathlib import Path

import pytest

from graph.dataset import read
from graph.dump import Form, stored_dataset, write
from graph.embedded import EmbeddedEngine
from graph.errors import StoreError, StoreUnavailable
from graph.load import load
from graph.neo4j_server import Neo4jServer
from graph.statement import Statement
from graph.store import Store
from ontology.model import reference
from tests.graph.conftest import emptied
from tests.graph.small import SMALL, dataset

TOPICS = "".join(f"- id: topic/{one}\n  name: {{en: Topic}}\n  broader: topic/x\n" for one in range(1_100))


@pytest.mark.parametrize("form", Form)
async def test_a_dump_of_one_engine_loads_into_the_other(
    form: Form, embedded: EmbeddedEngine, neo4j: Neo4jServer, tmp_path: Path
) -> None:
    small = dataset(tmp_path / "data", SMALL)
    first, second = Store(embedded), Store(neo4j)
    for store in (first, second):
        await emptied(store)
    await load(first, small, reference())
    write(await stored_dataset(first, reference()), reference(), tmp_path / "there", form)
    await load(second, read([tmp_path / "there"], reference()), reference())
    write(await stored_dataset(second, reference()), reference(), tmp_path / "back", form)
    summary = await load(first, read([tmp_path / "back"], reference()), reference())
    assert (summary.skipped, summary.version) == (True, small.version)
    for path in (tmp_path / "there").iterdir():
        assert path.read_bytes() == (tmp_path / "back" / path.name).read_bytes()


async def test_a_dataset_of_several_pages_is_dumped_whole(store: Store, data: Path) -> None:
    topics = dataset(data, TOPICS, "- id: topic/x\n  name: {en: X}\n")
    await load(store, topics, reference())
    assert await stored_dataset(store, reference()) == topics


async def test_a_store_without_a_dataset_cannot_be_dumped(store: Store) -> None:
    with pytest.raises(StoreUnavailable, match="no dataset yet"):
        await stored_dataset(store, reference())


async def test_what_was_changed_by_hand_is_not_dumped_as_if_it_had_been_loaded(
    store: Store, data: Path
) -> None:
    await load(store, dataset(data, SMALL), reference())
    await store.rows(Statement("MATCH (n:Region) SET n.name_en = 'Elsewhere'"), write=True)
    with pytest.raises(StoreError, match=r"changed by hand\. Load it again"):
        await stored_dataset(store, reference())


def test_a_dump_overwrites_nothing(tmp_path: Path) -> None:
    small = dataset(tmp_path, SMALL)
    with pytest.raises(FileExistsError, match=r"0\.yaml is there already: name an empty directory"):
        write(small, reference(), tmp_path)


def test_files_are_named_by_kind_and_records_read_as_one_would_write_them(tmp_path: Path) -> None:
    files = write(dataset(tmp_path / "data", SMALL), reference(), tmp_path / "dump")
    assert [path.name for path in files][:3] == ["actions.yaml", "conclusions.yaml", "countries.yaml"]
    text = (tmp_path / "dump" / "study-groups.yaml").read_text(encoding="utf-8")
    assert (
        text
        == """\
- id: study-group/SG13
  aliases: [ITU-T Study Group 13, 第13研究组]
  name: {en: Future networks, fr: Réseaux futurs}
  abbreviation: {en: SG13}
  number: 13
- id: study-group/SG5
  name: {en: Environment}
  number: 5
"""
    )
    assert "  region: region/AFR\n" in (tmp_path / "dump" / "countries.yaml").read_text(encoding="utf-8")
