"""A dataset's version depends on what its files say, and on nothing else."""

import random
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.content import Dataset, Dispute, Link, Thing
from graph.dataset import read
from graph.dump import Form, write
from ontology.identity import link_id
from ontology.model import reference
from ontology.values import CONTROL, Value
from tests.graph.small import SMALL, dataset

SIGNS = st.characters(exclude_categories=["Cs"])
TEXTS = (
    st.text(SIGNS, min_size=1, max_size=40)
    .map(lambda text: unicodedata.normalize("NFC", text).strip())
    .filter(lambda text: bool(text) and not CONTROL.search(text))
)
LANGUAGES = st.sampled_from(["en", "fr", "es", "ru", "zh", "ar"])
TRANSLATED = st.dictionaries(LANGUAGES, TEXTS, min_size=1)
DATES = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)


def test_the_order_of_files_records_and_keys_does_not_matter(tmp_path: Path) -> None:
    records = yaml.load(SMALL, yaml.CSafeLoader)
    random.Random(68).shuffle(records)
    turned = [dict(reversed(record.items())) for record in records]
    texts = [yaml.dump(turned[:5]), yaml.dump(turned[5:])]
    assert dataset(tmp_path / "one", SMALL).version == dataset(tmp_path / "other", *texts).version


def test_json_lines_say_the_same_as_yaml(tmp_path: Path) -> None:
    lines = b"\n".join(orjson.dumps(record) for record in yaml.load(SMALL, yaml.CSafeLoader))
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "all.jsonl").write_bytes(lines)
    assert read([tmp_path / "lines"], reference()).version == dataset(tmp_path / "yaml", SMALL).version


def test_two_directories_say_the_same_as_one(tmp_path: Path) -> None:
    records = yaml.load(SMALL, yaml.CSafeLoader)
    for name, part in (("a", records[:4]), ("b", records[4:])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "records.yaml").write_text(yaml.dump(part), encoding="utf-8")
    union = read([tmp_path / "a", tmp_path / "b"], reference())
    assert union.version == dataset(tmp_path / "one", SMALL).version


def test_any_change_of_content_changes_the_version(tmp_path: Path) -> None:
    before = dataset(tmp_path / "before", SMALL).version
    changes = [
        ("zh: 网络", "zh: 网路"),
        ("role: lead", "role: with"),
        ("strength: stated", "strength: inferred, note: x"),
    ]
    for number, (old, new) in enumerate(changes):
        assert dataset(tmp_path / str(number), SMALL.replace(old, new, 1)).version != before


def test_a_link_given_at_both_ends_is_one_with_the_sources_of_both(tmp_path: Path) -> None:
    """The stated claim wins over the inferred one, and keeps its own note."""
    source = "source/example.org/b2b3c4d5e6f7"
    again = (
        f"  reached: {{to: conclusion/CTO-2009-C1, strength: inferred, sources: [{source}], note: Weaker.}}\n"
    )
    text = SMALL.replace("  series: meeting-series/cto\n", f"  series: meeting-series/cto\n{again}")
    (link,) = (link for link in dataset(tmp_path, text).links.values() if link.type == "REACHED")
    assert (link.strength, link.note) == ("stated", None)
    assert link.sources == ("source/example.org/a2b3c4d5e6f7", source)


def test_a_plain_id_states_with_the_sources_of_the_record(tmp_path: Path) -> None:
    (link,) = (link for link in dataset(tmp_path, SMALL).links.values() if link.type == "PART_OF")
    assert (link.strength, link.sources) == ("stated", ("source/example.org/a2b3c4d5e6f7",))


def test_a_plain_id_in_a_field_from_memory_is_from_memory(tmp_path: Path) -> None:
    text = SMALL.replace("  region: region/AFR\n", "  region: region/AFR\n  unverified: [region]\n")
    (link,) = (link for link in dataset(tmp_path, text).links.values() if link.type == "IN_REGION")
    assert (link.strength, link.unverified, link.sources) == (None, True, ())


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Topics, meetings and actions with links that the model allows."""
    source = Thing("source/a.example/x", "Source", {"url": "https://a.example/x"})
    series = Thing("meeting-series/x", "MeetingSeries", {"name": draw(TRANSLATED)})
    topics = [draw(topic(number)) for number in range(draw(st.integers(1, 4)))]
    meetings = [draw(meeting(number)) for number in range(draw(st.integers(0, 3)))]
    things = {thing.id: thing for thing in (source, series, *topics, *meetings)}
    links = [draw(link(one.id, "PART_OF", series.id)) for one in meetings]
    links += [draw(link(topics[0].id, "BROADER", topic.id)) for topic in topics[1:]]
    return Dataset(things, {link.id: link for link in links})


@st.composite
def topic(draw: st.DrawFn, number: int) -> Thing:
    values: dict[str, Value] = {
        "aliases": list(draw(st.lists(TEXTS, min_size=1, max_size=3))),
        "note": draw(TEXTS),
    }
    chosen = {name: value for name, value in values.items() if draw(st.booleans())}
    sources = draw(st.sampled_from([(), ("source/a.example/x",)]))
    disputed = (Dispute("name", draw(TEXTS), sources),) if draw(st.booleans()) else ()
    return Thing(
        f"topic/{number}",
        "Topic",
        {**chosen, "name": draw(TRANSLATED)},
        sources,
        ("name",) if draw(st.booleans()) else (),
        disputed,
        {"name": sources} if draw(st.booleans()) else {},
        (f"topic/other-{number}",) if draw(st.booleans()) else (),
    )


@st.composite
def meeting(draw: st.DrawFn, number: int) -> Thing:
    start = draw(DATES)
    values: dict[str, Value] = {
        "startDate": start,
        "ordinal": draw(st.integers(-5, 5)),
        "participantListComplete": draw(st.booleans()),
    }
    chosen = {name: value for name, value in values.items() if draw(st.booleans())}
    unverified = tuple(sorted(draw(st.sets(st.sampled_from(["series", *chosen])))))
    return Thing(f"meeting/{number}", "Meeting", chosen, (), unverified)


@st.composite
def link(draw: st.DrawFn, start: str, link_type: str, end: str) -> Link:
    strength = draw(st.sampled_from(["stated", "inferred", None]))
    note = draw(TEXTS) if strength == "inferred" or draw(st.booleans()) else None
    sources = draw(st.sampled_from([(), ("source/a.example/x",)])) if strength else ()
    date = draw(st.none() | DATES)
    return Link(link_id(start, link_type, end), link_type, start, end, strength, sources, note, date)


@settings(max_examples=40, deadline=None)
@given(datasets(), st.sampled_from(Form))
def test_whatever_a_dataset_says_its_files_say_the_same(whole: Dataset, form: Form) -> None:
    with TemporaryDirectory() as directory:
        write(whole, reference(), Path(directory), form)
        again = read([Path(directory)], reference())
    assert again == whole
    assert again.version == whole.version
