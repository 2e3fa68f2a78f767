"""Every way in which data files can be wrong is told with its place, and with what to do about it."""

import json
from pathlib import Path

import pytest

from graph.dataset import check, read
from graph.errors import DataProblems
from ontology.model import reference
from tests.graph.small import SMALL, report, written

MEETING = """\
- id: meeting-series/x
  name: {en: Series}
- id: meeting/X
  name: {en: Meeting}
  series: meeting-series/x
"""
SOURCE = "- id: source/example.org/x\n  url: https://example.org/x\n"
TRACE = """\
- id: action/a
  actionType: study
  title: {en: One}
  ledTo: [LINK]
- id: action/b
  actionType: study
  title: {en: Another}
"""


def only(directory: Path, *texts: str) -> str:
    """The one violation of these files, in words; the directory is left out."""
    found = report(directory, *texts)
    assert len(found.violations) == 1, found.violations
    assert found.dataset is None
    return str(found.violations[0]).replace(f"{directory}/", "")


def test_a_sound_dataset_has_no_problems(tmp_path: Path) -> None:
    found = report(tmp_path, SMALL)
    assert (found.violations, found.warnings, found.more) == ((), (), 0)
    assert found.dataset is not None
    assert (found.files, found.records, len(found.dataset.links)) == (1, 11, 7)


@pytest.mark.parametrize("text", ["", "  \n\n", "# nothing yet\n", "---\n"])
def test_an_empty_file_is_worth_a_warning(tmp_path: Path, text: str) -> None:
    found = report(tmp_path, SMALL, text)
    assert found.dataset is not None
    assert [one.place.file for one in found.warnings] == [str(tmp_path / "1.yaml")]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- id: meeting/X\n  name: {en: 'Meeting\n", 3, "this is no YAML"),
        ("- id: meeting/X\n\tname: x\n", 2, "this is no YAML"),
        ("- id: meeting/X\n  name: {en: a\x07b}\n", 2, "the character U+0007 is not allowed in YAML"),
        ("id: meeting/X\n", 1, "this is no list of records"),
        ("just words\n", 1, "this is no list of records"),
        ("- meeting/X\n", 1, "this is no record"),
        ("[" * 5_000, 1, "this is no YAML"),
        ("- id: region/AFR\n  code: AFR\n  code: AMS\n  name: {en: A}\n", 3, "the key 'code' is given twice"),
    ],
)
def test_what_is_no_list_of_records_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, message: str
) -> None:
    found = report(tmp_path, text)
    (problem,) = found.violations
    assert (problem.place.line, problem.message[: len(message)]) == (line, message)
    assert problem.remedy


def test_a_line_of_ten_megabytes_is_refused_by_its_number(tmp_path: Path) -> None:
    message = only(tmp_path, f"- id: meeting/X\n  theme: {'x' * 10_000_000}\n")
    assert message.startswith("0.yaml:2: the line has 10000009 bytes, more than 1000000. Break it")


def test_what_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"- id: meeting/X\n  theme: caf\xe9\n")
    (problem,) = check([tmp_path], reference()).violations
    assert (problem.place.line, problem.message) == (2, "the byte 0xe9 is not UTF-8")


def test_a_file_of_bombs_by_alias_is_refused(tmp_path: Path) -> None:
    bomb = "- id: topic/x\n  name: &a {en: A}\n  note: &b [*a, *a]\n  aliases: [*b, *b]\n"
    messages = [one.message for one in report(tmp_path, bomb).violations]
    assert "an alias stands for a value that is given elsewhere" in messages


@pytest.mark.parametrize("name", ["missing", "file", "empty"])
def test_a_directory_without_data_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (problem,) = check([tmp_path / name], reference()).violations
    assert problem.place.file == str(tmp_path / name)


@pytest.mark.parametrize(
    "identifier",
    [
        "meeting/CTO'2009", 'meeting/CTO"2009', "meeting/CTO 2009", "meeting/اجتماع", "meeting/\u202eCTO",
        "meeting", "meeting/", "/x", "Meeting/X", "meeting//x", "meeting/x/", "meeting/é",
        "meeting/x') DETACH DELETE n //",
    ],
)  # fmt: skip
def test_an_id_of_the_wrong_form_is_shown_without_its_invisible_signs(
    tmp_path: Path, identifier: str
) -> None:
    found = report(tmp_path, f"- id: {json.dumps(identifier)}\n  name: {{en: X}}\n")
    (problem,) = found.violations
    assert problem.field == "id"
    assert problem.message == f"{identifier!a} is no id"


@pytest.mark.parametrize(
    ("record", "field", "message", "remedy"),
    [
        ("- name: {en: X}", "id", "the record has no id", "Give it one"),
        ("- id: meting/X", "id", "there is no kind 'meting'", "Did you mean meeting?"),
        ("- id: body/X", "id", "there is no kind 'body'", "Use one of"),
        (f"- id: topic/{'x' * 300}", "id", "the id has 306 characters", "Write the kind"),
        ("- id: topic/x\n  name: {en: X}\n  nmae: {en: X}", "nmae", "Topic has no field 'nmae'", "name?"),
        ("- id: topic/x", "name", "Topic needs the field name", "Give it"),
        ("- id: topic/x\n  name:", "name", "the field is empty", "Leave it out"),
        ("- id: topic/x\n  name: X", "name", "'X' is no translated text", "name is of the type translated"),
        ("- id: topic/x\n  name: {de: X}", "name", "unknown language 'de'", "name"),
        ('- id: topic/x\n  name: {en: ""}', "name", "the text is empty", "name"),
        ('- id: topic/x\n  name: {en: "a\\u202eb"}', "name", "the text holds the invisible", "name"),
        ("- id: topic/x\n  name: {en: X}\n  aliases: X", "aliases", "'X' is no list", "Write a list"),
        ("- id: topic/x\n  name: {en: X}\n  aliases: []", "aliases", "[] is no list", "leave it out"),
        ("- id: topic/x\n  name: {en: X}\n  aliases: [{a: b}]", "aliases", "is no text", "aliases is of"),
        ("- id: topic/x\n  name: {en: X}\n  unverified: [nme]", "unverified", "Topic has no field", "name?"),
        ("- id: topic/x\n  name: {en: X}\n  unverified: name", "unverified", "'name' is no list", "Write"),
        ("- id: topic/x\n  name: {en: X}\n  sources: [example]", "sources", "'example' is no id", "Write"),
        ("- id: topic/x\n  name: {en: X}\n  sources: [source/a/b]", "sources", "there is no record", "Add"),
        ("- id: topic/x\n  name: {en: X}\n  fieldSources: [a]", "fieldSources", "['a'] is no mapping", "W"),
        ("- id: topic/x\n  name: {en: X}\n  fieldSources: {name: a}", "fieldSources", "'a' is no list", "W"),
        ("- id: topic/x\n  name: {en: X}\n  disputed: [a]", "disputed", "'a' is no dispute", "Write"),
        ("- id: study-period/x\n  name: 2016\n  from: 2016-02-30", "from", "'2016-02-30' is no day", "from"),
        ("- id: study-period/x\n  name: x\n  from: next year", "from", "'next year' is no date", "from"),
        ("- id: source/a/b\n  url: ftp://a/b", "url", "'ftp://a/b' is no http", "url"),
        ('- id: source/a/b\n  url: "https://a/b c"', "url", "'https://a/b c' is no address", "url"),
        ("- id: source/a/b", "url", "Source needs the field url", "Give it"),
    ],
)  # fmt: skip
def test_a_record_that_is_wrong_by_itself(
    tmp_path: Path, record: str, field: str, message: str, remedy: str
) -> None:
    found = report(tmp_path, record + "\n")
    wrong = [one for one in found.violations if one.field == field]
    assert len(wrong) == 1, found.violations
    assert message in wrong[0].message
    assert remedy in wrong[0].remedy
    assert wrong[0].place.line > 0


def test_a_number_is_no_text_with_zeros_lost_and_a_country_code_no_boolean(tmp_path: Path) -> None:
    """YAML's older rules would read NO as false, 007 as 7 and 2016-10-25 as a day."""
    text = """\
- id: region/EUR
  code: EUR
  name: {en: Europe}
- id: country/NOR
  iso2: NO
  iso3: NOR
  name: {en: Norway}
  memberSince: 1866-01-01
  region: region/EUR
- id: topic/agents
  name: {en: Agents}
  aliases: [007, 1.10, 7]
"""
    found = report(tmp_path, text)
    assert found.dataset is not None, found.violations
    assert found.dataset.things["country/NOR"].values["iso2"] == "NO"
    assert found.dataset.things["country/NOR"].values["memberSince"] == "1866-01-01"
    assert found.dataset.things["topic/agents"].values["aliases"] == ["007", "1.10", "7"]


def test_a_period_that_ends_before_it_begins(tmp_path: Path) -> None:
    text = MEETING + '  startDate: "2010-02-09"\n  endDate: "2010-01"\n'
    message = only(tmp_path, text)
    assert message.startswith(
        "0.yaml:7: meeting/X: endDate: endDate 2010-01 lies before startDate 2010-02-09"
    )


def test_an_end_that_can_be_the_day_of_the_start_is_right(tmp_path: Path) -> None:
    found = report(tmp_path, MEETING + '  startDate: "2010-02-09"\n  endDate: "2010"\n')
    assert found.violations == ()


def test_an_id_in_two_files_names_both(tmp_path: Path) -> None:
    message = only(tmp_path, MEETING, "- id: meeting-series/x\n  name: {en: Y}\n")
    assert message.startswith("1.yaml:1: meeting-series/x: id: the id is given to another record at 0.yaml:1")


@pytest.mark.parametrize(
    ("series", "message"),
    [
        ("series: meeting-series/y", "there is no record meeting-series/y. Did you mean meeting-series/x?"),
        ("series: topic/x", "topic/x is of the kind Topic. series leads to MeetingSeries."),
        ("series: tpic/x", "tpic/x is of a kind that does not exist"),
        ("series: [meeting-series/x, 7]", "7 is no id"),
        ("series: {strength: stated}", "None is no id"),
        ("series: {to: meeting-series/x, strenth: stated}", "has no 'strenth'. Did you mean strength?"),
        ("series: {to: meeting-series/x, strength: strong}", "'strong' is no strength. Use one of stated"),
        ("series: {to: meeting-series/x, unverified: yes}", "unverified is 'yes'"),
        (
            "series: {to: meeting-series/x, unverified: true, strength: stated}",
            "memory alone has no strength",
        ),
        ("series: {to: meeting-series/x, strength: inferred}", "an inferred link needs a note"),
        ("series: {to: meeting-series/x, sources: s}", "'s' is no list of sources"),
        ("series: {to: meeting-series/x, date: 2010-13}", "'2010-13' is no day of the calendar"),
        ("series: {to: meeting-series/x, note: ''}", "the text is empty"),
        ("series: []", "the list is empty"),
    ],
)
def test_a_link_that_is_wrong(tmp_path: Path, series: str, message: str) -> None:
    text = MEETING.replace("series: meeting-series/x", series)
    found = [str(one) for one in report(tmp_path, text).violations]
    assert any(message in one for one in found), found
    assert all("0.yaml:5: meeting/X: series" in one for one in found if message in one)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("action/b", "needs its own evidence. Write {to: action/b, strength: stated, sources: [...]}."),
        ("{to: action/b, sources: [source/example.org/x]}", "needs a strength"),
        ("{to: action/b, strength: stated}", "needs sources"),
        ("{to: action/b, strength: stated, sources: []}", "needs sources"),
        ("{to: action/b, strength: inferred, sources: [source/example.org/x]}", "needs a note"),
        ("{to: action/a, unverified: true}", "the thing is linked to itself"),
    ],
)
def test_a_trace_link_names_its_evidence(tmp_path: Path, link: str, message: str) -> None:
    assert message in only(tmp_path, SOURCE + TRACE.replace("LINK", link))


def test_a_cycle_is_shown_with_its_way(tmp_path: Path) -> None:
    link = "{to: action/b, unverified: true}"
    text = TRACE.replace("LINK", link) + "  ledTo: {to: action/a, unverified: true}\n"
    message = only(tmp_path, text)
    assert "LED_TO: a cycle: action/a -> action/b -> action/a. Remove one of these links." in message


def test_a_long_chain_is_no_cycle_and_a_long_cycle_is_found(tmp_path: Path) -> None:
    """Ten thousand steps: far deeper than Python's own stack."""

    def step(number: int, to: int) -> str:
        title = f"  actionType: study\n  title: {{en: Step {number}}}\n"
        return f"- id: action/{number}\n{title}  ledTo: {{to: action/{to}, unverified: true}}\n"

    chain = "".join(step(number, number + 1) for number in range(10_000))
    last = "- id: action/10000\n  actionType: study\n  title: {en: Last}\n"
    assert report(tmp_path / "chain", chain + last).violations == ()
    (cycle,) = report(tmp_path / "cycle", chain + step(10_000, 0)).violations
    assert "a cycle: action/0 -> action/1" in cycle.message


def test_a_link_given_twice_with_another_date_names_both_places(tmp_path: Path) -> None:
    text = TRACE.replace("LINK", '{to: action/b, unverified: true, date: "2010"}')
    again = '  followsFrom: {to: action/a, unverified: true, date: "2011"}\n'
    message = only(tmp_path, text + again)
    assert "0.yaml:8: action/b: followsFrom.date" in message
    assert "date is '2011' here and '2010' at " in message
    assert "0.yaml:4" in message


def test_cardinalities_hold_at_both_ends(tmp_path: Path) -> None:
    conclusion = "- id: conclusion/c\n  text: {en: X}\n"
    assert "conclusion/c: meeting: Conclusion needs meeting" in only(tmp_path / "none", conclusion)
    second = MEETING.replace("meeting/X", "meeting/Y").partition("- id: meeting/")[2]
    meetings = f"{MEETING}  reached: {{to: conclusion/c, unverified: true}}\n- id: meeting/{second}"
    two = f"{meetings}  reached: {{to: conclusion/c, unverified: true}}\n{conclusion}"
    message = only(tmp_path / "two", two)
    assert "2 links where exactly one may be: meeting/" in message
    assert "0.yaml:6" in message
    assert "0.yaml:10" in message


def test_a_unique_value_belongs_to_one_thing(tmp_path: Path) -> None:
    regions = "".join(f"- id: region/{key}\n  code: AFR\n  name: {{en: A}}\n" for key in ("A", "B"))
    assert "region/B: code: region/A at 0.yaml:1 has the value 'AFR' too" in only(tmp_path, regions)


@pytest.mark.parametrize("mention", ["topic/a", "topic/c"])
def test_a_mention_that_leads_to_two_things(tmp_path: Path, mention: str) -> None:
    text = "- id: topic/a\n  name: {en: A}\n  mentions: [topic/c]\n- id: topic/b\n  name: {en: B}\n"
    message = only(tmp_path, f"{text}  mentions: [{mention}]\n")
    assert f"topic/b: mentions: {mention} is the id or a mention of another record at 0.yaml:1" in message


def test_a_field_that_is_named_and_not_given_is_worth_a_warning(tmp_path: Path) -> None:
    found = report(tmp_path, "- id: topic/x\n  name: {en: X}\n  unverified: [note]\n")
    assert found.dataset is not None
    assert [one.message for one in found.warnings] == ["the record does not give the field note"]


def test_all_problems_of_all_files_are_told_up_to_a_limit(tmp_path: Path) -> None:
    files = ["".join(f"- id: topic/{file}-{one}\n" for one in range(60)) for file in range(3)]
    written(tmp_path, *files)
    with pytest.raises(DataProblems) as caught:
        read([tmp_path], reference())
    assert len(caught.value.problems) == 100
    assert caught.value.more == 80
    assert str(caught.value).endswith("and 80 more")
    assert {Path(one.place.file).name for one in caught.value.problems} == {"0.yaml", "1.yaml"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "this is no JSON"),
        ("[]", "this is no record"),
        ('{"id": "topic/x", "id": "topic/y"}', "the key 'id' is given twice"),
        ('{"id": "topic/x", "name": {"en": NaN}}', "NaN is no number"),
        ("[" * 100_000, "this is no JSON"),
        ('{"id": "topic/x", "name": {"en": "\\ud800"}}', "the text holds the invisible character U+D800"),
        ('{"id": "topic/x", "name": {"en": "X"}, "\\ud800": 1}', "Topic has no field '\\ud800'"),
    ],
)
def test_json_lines_are_told_by_their_line(tmp_path: Path, line: str, message: str) -> None:
    good = '{"id": "topic/good", "name": {"en": "Good"}}'
    (tmp_path / "x.jsonl").write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    (problem,) = check([tmp_path], reference()).violations
    assert problem.place.line == 3
    assert message in problem.message
