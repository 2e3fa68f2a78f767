"""A load makes the store hold what the files say: whole, again and again, with what was there before."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from graph import lease
from graph.content import Dataset
from graph.dataset import read
from graph.dump import stored_dataset
from graph.errors import ForeignDatabase, LoadInProgress, StoreError
from graph.load import Progress, Summary, load
from graph.loadlock import LoadLock
from graph.statement import Statement
from graph.store import Store
from ontology.model import ONTOLOGY, Model, reference
from tests.graph.small import SMALL, dataset, written

CREATED = {
    "Action": 2, "Conclusion": 1, "Country": 1, "IN_REGION": 1, "LED_TO": 2, "Meeting": 1, "MeetingSeries": 1,
    "PART_OF": 1, "REACHED": 1, "Region": 1, "Source": 2, "StudyGroup": 2, "TAKEN_BY": 2,
}  # fmt: skip
REGIONS = "".join(
    f"- id: region/{key}\n  code: {code}\n  name: {{en: X}}\n" for key, code in (("A", "X"), ("B", "Y"))
)


async def put(store: Store, dataset: Dataset, *, adopt: bool = False, initial: bool = False) -> Summary:
    """Load a dataset and make sure that the store holds just that."""
    summary = await load(store, dataset, reference(), adopt=adopt, initial=initial)
    assert await stored_dataset(store, reference()) == dataset
    return summary


async def ids(store: Store, pattern: str, value: str = "n.id") -> list[object]:
    """Values of the nodes of a pattern, in order."""
    (row,) = await store.rows(
        Statement(f"MATCH {pattern} WITH {value} AS v ORDER BY v RETURN collect(v) AS all")
    )
    assert isinstance(row[0], list)
    return row[0]


async def test_a_load_says_what_it_created_and_the_store_holds_it(store: Store, data: Path) -> None:
    small = dataset(data, SMALL)
    summary = await put(store, small)
    assert (summary.version, summary.skipped, summary.created) == (small.version, False, CREATED)
    state = await store.ready()
    assert state is not None
    assert (state.version, state.pending, state.model_version) == (small.version, None, reference().version)
    assert {**state.kinds, **state.links} == CREATED
    assert state.fan_out["Conclusion.actions"] == 2
    assert state.loaded_at is not None


async def test_the_same_dataset_again_is_skipped(store: Store, data: Path) -> None:
    small = dataset(data, SMALL)
    await put(store, small)
    sent: list[Statement] = []
    watched = Store(store.engine, observer=sent.append)
    summary = await load(watched, small, reference())
    assert (summary.skipped, summary.unchanged) == (True, 18)
    assert len(sent) == 1, "one look at the dataset is enough"


async def test_other_declarations_store_the_same_content_anew_and_the_recorded_time_stays(
    store: Store, data: Path, tmp_path: Path
) -> None:
    small = dataset(data, SMALL)
    await put(store, small)
    before = await ids(store, "(n:Thing)", "[n.id, n.recordedAt]")
    model = reference()
    other = Model("other", model.kinds, model.link_types, model.vocabularies, model.by_key)
    summary = await load(store, small, other)
    assert (summary.skipped, summary.created, summary.changed, summary.unchanged) == (False, {}, {}, 18)
    assert await ids(store, "(n:Thing)", "[n.id, n.recordedAt]") == before
    state = await store.dataset()
    assert state is not None
    assert state.model_version == "other"


async def test_a_changed_record_replaces_its_earlier_self(store: Store, data: Path) -> None:
    await put(store, dataset(data, SMALL))
    changed = SMALL.replace("name: {en: Environment}", "name: {fr: Environnement}").replace(
        "role: with, ", ""
    )
    summary = await put(store, dataset(data, changed))
    assert (summary.created, summary.changed) == ({"TAKEN_BY": 1}, {"StudyGroup": 1})
    assert summary.removed == {"TAKEN_BY": 1}
    assert await ids(store, "(n:StudyGroup {number: 5})", "[n.name_en, n.name_fr]") == [
        [None, "Environnement"]
    ]


async def test_a_change_of_what_follows_is_stored_without_a_new_recorded_time(
    store: Store, data: Path
) -> None:
    """The conclusion's date is that of its meeting: its own record says nothing new."""
    await put(store, dataset(data, SMALL))
    before = await ids(store, "(n:Conclusion)", "n.recordedAt")
    changed = SMALL.replace('startDate: "2009-10-06"', 'startDate: "2009-10-07"')
    summary = await put(store, dataset(data, changed))
    assert summary.changed == {"Conclusion": 1, "Meeting": 1}
    assert await ids(store, "(n:Conclusion)", "n.date") == ["2009-10-07"]
    assert await ids(store, "(n:Conclusion)", "n.recordedAt") == before


async def test_what_vanished_is_removed_and_leaves_a_tombstone_until_it_comes_back(
    store: Store, data: Path
) -> None:
    await put(store, dataset(data, SMALL))
    (gone,) = await ids(store, "(:Country)-[n:IN_REGION]->()")
    without = dataset(data, SMALL.partition("- id: country/")[0])
    summary = await put(store, without)
    assert summary.removed == {"Country": 1, "IN_REGION": 1}
    assert await ids(store, "(n:Tombstone)") == ["country/KEN", gone]
    assert await ids(store, "(n:Tombstone)", "n.version") == [without.version] * 2
    await put(store, dataset(data, SMALL))
    assert await ids(store, "(n:Tombstone)") == []


async def test_another_id_under_which_a_thing_is_mentioned_leads_to_it(store: Store, data: Path) -> None:
    await put(store, dataset(data, SMALL))
    pattern, value = "(n:Mention)-[:MENTION_OF]->(t:Thing)", "[n.id, t.id]"
    assert await ids(store, pattern, value) == [["meeting/CTO-09", "meeting/CTO-2009"]]
    moved = SMALL.replace("  mentions: [meeting/CTO-09]\n", "").replace(
        "  code: AFR\n", "  code: AFR\n  mentions: [meeting/CTO-09]\n"
    )
    await put(store, dataset(data, moved))
    assert await ids(store, pattern, value) == [["meeting/CTO-09", "region/AFR"]]
    await put(store, dataset(data, SMALL.replace("  mentions: [meeting/CTO-09]\n", "")))
    assert await ids(store, "(n:Mention)") == []


async def test_two_things_can_trade_a_unique_value(store: Store, data: Path) -> None:
    await put(store, dataset(data, REGIONS))
    traded = REGIONS.replace("code: X", "code: Z").replace("code: Y", "code: X").replace("code: Z", "code: Y")
    summary = await put(store, dataset(data, traded))
    assert summary.changed == {"Region": 2}
    await put(store, dataset(data, REGIONS.replace("region/A", "region/C")))


KIND = """\
kind: Widget
extends: [EXTENDS]
plural: widgets
label: {en: Widget}
description: A kind of this test.
caption: [title]
rdf: prov:Entity
properties:
  title: {type: text, rdf: dcterms:title, description: What it is called.}
links:
  about:
    type: ABOUT
    to: [Topic]
    description: What it is about.
    inverse: {field: widgets, description: What is about it.}
"""
WIDGET = """\
- id: widget/1
  title: The widget
  about: topic/x
  mentions: [widget/one]
- id: topic/x
  name: {en: X}
"""


def model_with(directory: Path, extends: str) -> Model:
    """Our model and one kind more."""
    (directory / "kinds").mkdir(parents=True)
    (directory / "kinds" / "widget.yaml").write_text(KIND.replace("EXTENDS", extends), encoding="utf-8")
    return Model.load(ONTOLOGY, directory)


async def test_a_kind_that_moves_below_another_takes_its_things_along(store: Store, tmp_path: Path) -> None:
    """Labels are never added to a node, since the engines disagree on it: the node is made anew."""
    plain, event = model_with(tmp_path / "plain", "Thing"), model_with(tmp_path / "event", "Event")
    widgets = read([written(tmp_path / "data", WIDGET)], plain)
    await load(store, widgets, plain)
    assert await ids(store, "(n:Widget)-[:ABOUT]->(:Topic)") == ["widget/1"]
    assert await ids(store, "(n:Event)") == []
    await load(store, widgets, event)
    for pattern in ("(n:Event)-[:ABOUT]->(:Topic)", "(n:Widget)", "(:Mention)-[:MENTION_OF]->(n:Event)"):
        assert await ids(store, pattern) == ["widget/1"], pattern
    assert await stored_dataset(store, event) == widgets
    await load(store, widgets, plain)
    assert await ids(store, "(n:Event)") == []
    assert await ids(store, "(n:Tombstone)") == []


async def test_the_journal_has_every_change_with_the_record_before_and_after(
    store: Store, data: Path
) -> None:
    first, second = dataset(data, SMALL), SMALL.replace("{en: Environment}", "{en: Climate}")
    await put(store, first)
    await put(store, dataset(data, second.partition("- id: country/")[0]))
    entries = await journal(store)
    assert [len(entry) for entry in entries] == [18, 3]
    by_id = {change["id"]: change for change in entries[1]}
    climate = by_id["study-group/SG5"]
    assert climate["op"] == "change"
    assert climate["before"] == first.things["study-group/SG5"].record
    assert climate["after"]["name"] == {"en": "Climate"}
    assert by_id["country/KEN"]["before"]["iso3"] == "KEN"
    assert [by_id["country/KEN"][key] for key in ("op", "after")] == ["remove", None]


async def journal(store: Store) -> list[list[dict[str, Any]]]:
    """The changes of all loads, the first load first."""
    texts = await ids(store, "(n:Journal)", "[n.at, n.sequence, n.changes]")
    return [[orjson.loads(line) for line in text[2].splitlines()] for text in texts if isinstance(text, list)]


async def test_a_large_load_is_written_in_portions_and_journalled_in_chunks(store: Store, data: Path) -> None:
    topics = "".join(f"- id: topic/{one}\n  name: {{en: Topic {one}}}\n" for one in range(2_500))
    heavy = "".join(f"- id: topic/heavy-{one}\n  name: {{en: {'x' * 15_000}}}\n" for one in range(300))
    seen: list[Progress] = []
    await load(store, dataset(data, topics, heavy), reference(), report=seen.append)
    entries = await journal(store)
    assert max(len(entry) for entry in entries) == 200
    assert len({change["id"] for entry in entries for change in entry}) == 2_800
    done = [one.done for one in seen if one.phase == "loading"]
    assert done == sorted(done)
    assert (done[0], done[-1], seen[-1].phase) == (0, 2_800, "committing")


async def test_a_database_with_other_data_is_left_alone_unless_told(store: Store, data: Path) -> None:
    await store.rows(Statement("MATCH (n) DETACH DELETE n"), write=True)
    await store.rows(
        Statement("CREATE (:Person {name: 'Ada'})-[:PART_OF]->(:Thing {name: 'A thing'})"), write=True
    )
    with pytest.raises(ForeignDatabase, match="2 nodes that no load of ours put there"):
        await load(store, dataset(data, SMALL), reference())
    assert await store.dataset() is None
    await put(store, dataset(data, SMALL), adopt=True)
    assert await ids(store, "(n:Person)", "n.name") == ["Ada"]
    await store.rows(Statement("MATCH (n) WHERE n:Person OR n.name = 'A thing' DETACH DELETE n"), write=True)


async def test_one_load_at_a_time(store: Store, data: Path) -> None:
    lock = LoadLock(store, 1.0)
    await lock.take()
    with pytest.raises(LoadInProgress, match="wait until it has ended"):
        await load(store, dataset(data, SMALL), reference())
    await lock.release()
    await put(store, dataset(data, SMALL))


async def test_the_lock_of_a_dead_load_runs_out(store: Store, data: Path) -> None:
    await put(store, dataset(data, REGIONS))
    await store.rows(lease.take("dead", 1.0), write=True)
    await put(store, dataset(data, SMALL))


async def test_a_load_that_fails_at_the_end_leaves_what_was_there_and_no_lock(
    store: Store, data: Path
) -> None:
    await put(store, dataset(data, REGIONS))
    before = await stored_dataset(store, reference())

    def at_the_end(progress: Progress) -> None:
        if progress.phase == "loading" and progress.done == progress.total:
            raise StoreError("the disk is full")

    with pytest.raises(StoreError, match="the disk is full"):
        await load(store, dataset(data, SMALL), reference(), report=at_the_end)
    assert await stored_dataset(store, reference()) == before
    assert await store.rows(lease.take("next"), write=True)


async def test_an_initial_load_fills_an_empty_store_and_refuses_another(store: Store, data: Path) -> None:
    summary = await put(store, dataset(data, SMALL), initial=True)
    assert (summary.created, summary.unchanged) == (CREATED, 0)
    assert await ids(store, "(m:Mention)-[:MENTION_OF]->(t:Thing)", "m.id") == ["meeting/CTO-09"]
    assert await ids(store, "(j:Journal)", "j.created") == [sum(CREATED.values())]
    with pytest.raises(StoreError, match="--initial is for an empty database"):
        await load(store, dataset(data, REGIONS), reference(), initial=True)
    assert (await stored_dataset(store, reference())).version == dataset(data, SMALL).version


async def test_an_initial_load_that_broke_off_is_not_ready_and_can_be_taken_up(
    store: Store, data: Path
) -> None:
    small = dataset(data, SMALL)

    def in_the_middle(progress: Progress) -> None:
        if progress.done > 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await load(store, small, reference(), initial=True, report=in_the_middle)
    assert await ids(store, "(n:Thing)") != []
    assert await store.ready() is None
    await put(store, small, initial=True)
