"""What is stored of a thing and of a link beside what their records say."""

from pathlib import Path
from typing import Any

import pytest

from graph.captions import LONGEST, shortened
from graph.derived import Derivation
from ontology.model import reference
from tests.graph.small import SMALL, dataset


def stored(directory: Path, *texts: str) -> dict[str, dict[str, Any]]:
    """The stored properties of all things by id, and of all links by their type and both keys."""
    derivation = Derivation(dataset(directory, *texts), reference())
    nodes = {node.id: node.properties for node in derivation.nodes()}
    links = {f"{one.start} {one.type} {one.end}": one.properties for one in derivation.relationships()}
    return nodes | links


def test_labels_are_those_of_all_kinds_above(tmp_path: Path) -> None:
    labels = {node.kind: node.labels for node in Derivation(dataset(tmp_path, SMALL), reference()).nodes()}
    assert labels["Meeting"] == ("Thing", "Event", "Meeting")
    assert labels["Topic" if "Topic" in labels else "Region"] == ("Thing", "Region")


def test_a_label_is_kept_for_each_language_in_which_it_differs(tmp_path: Path) -> None:
    conclusion = stored(tmp_path, SMALL)["conclusion/CTO-2009-C1"]
    labels = {name: text for name, text in conclusion.items() if name.startswith("label_")}
    assert labels == {
        "label_en": "C1, Networks should work together.",
        "label_zh": "C1, 网络应当互通。",
    }


def test_a_thing_without_a_name_is_called_by_its_key(tmp_path: Path) -> None:
    text = SMALL.replace("  name: {en: The first meeting}\n", "")
    assert stored(tmp_path, text)["meeting/CTO-2009"]["label_en"] == "CTO-2009"


def test_a_caption_of_a_vocabulary_is_in_the_words_of_the_language(tmp_path: Path) -> None:
    action = stored(tmp_path, SMALL)["action/CTO-2009-F1"]
    assert action["label_en"] == "The group takes it up, Consideration"
    assert action["label_zh"].startswith("The group takes it up, ")


@pytest.mark.parametrize("text", ["word " * 60, "x" * 400, "未" * 300])
def test_a_long_caption_is_cut_on_a_word(text: str) -> None:
    short = shortened(text)
    assert len(short) <= LONGEST
    assert short.endswith("…")
    assert not short.endswith(" …")


def test_a_date_has_the_first_and_the_last_day_that_it_can_mean(tmp_path: Path) -> None:
    meeting = stored(tmp_path, SMALL)["meeting/CTO-2009"]
    assert [meeting[f"startDate{end}"] for end in ("", "_first", "_last")] == ["2009-10-06"] * 3
    assert [meeting[f"endDate{end}"] for end in ("", "_first", "_last")] == [
        "2009-10",
        "2009-10-01",
        "2009-10-31",
    ]


def test_a_derived_date_is_that_of_the_meeting(tmp_path: Path) -> None:
    conclusion = stored(tmp_path, SMALL)["conclusion/CTO-2009-C1"]
    assert (conclusion["date"], conclusion["k_date"]) == (
        "2009-10-06",
        "2009-10-06\u0001conclusion/CTO-2009-C1",
    )


def test_sort_keys_fall_back_to_english_and_unknown_values_have_one(tmp_path: Path) -> None:
    group = stored(tmp_path, SMALL)["study-group/SG13"]
    assert group["k_name_fr"] == "reseaux futurs\u0001study-group/SG13"
    assert group["k_name_zh"] == group["k_name_en"] == "future networks\u0001study-group/SG13"
    assert group["k_from"] == "\uffff\u0001study-group/SG13"
    assert group["kd_from"] == "\u0001study-group/SG13"


def test_full_texts_are_by_language_and_names_are_folded(tmp_path: Path) -> None:
    group = stored(tmp_path, SMALL)["study-group/SG13"]
    assert "ITU-T Study Group 13" in group["search_en"]
    assert group["search_zh"] == "第13研究组"
    assert group["search_name"].split() == ["sg13", "studygroup13", "第13研究组"]


def test_names_of_persons_are_in_no_text_that_is_searched_or_shown(tmp_path: Path) -> None:
    person = """\
- id: organization/x
  name: {en: X}
  organizationType: company
- id: participation/CTO-2009/x
  capacity: participant
  representative: Jane Roe
  meeting: meeting/CTO-2009
  organization: organization/x
"""
    participation = stored(tmp_path, SMALL, person)["participation/CTO-2009/x"]
    assert participation["representative"] == "Jane Roe"
    shown = [text for name, text in participation.items() if name.startswith(("label_", "search_"))]
    assert shown
    assert not any("roe" in text.lower() for text in shown)
    assert participation["label_en"].startswith("X")


def test_a_source_is_not_found_by_the_hash_in_its_id(tmp_path: Path) -> None:
    assert stored(tmp_path, SMALL)["source/example.org/a2b3c4d5e6f7"]["search_name"] == "areport"


@pytest.mark.parametrize(
    ("date", "prior"),
    [
        ("2008", True),
        ("2009-09", True),
        ("2009", None),
        ("2009-10", None),
        ("2009-10-06", False),
        ("2010", False),
    ],
)
def test_prior_work_is_what_the_dates_show(tmp_path: Path, date: str, prior: bool | None) -> None:
    links = stored(tmp_path, SMALL.replace('date: "2008"', f'date: "{date}"'))
    link = links["conclusion/CTO-2009-C1 LED_TO action/CTO-2009-F2"]
    assert link.get("priorWork") is prior
    assert "priorWorkDeclared" not in link


def test_prior_work_that_is_declared_wins_over_the_dates(tmp_path: Path) -> None:
    links = stored(tmp_path, SMALL.replace("note: Alike.", "note: Alike., priorWork: false"))
    link = links["conclusion/CTO-2009-C1 LED_TO action/CTO-2009-F2"]
    assert (link["priorWork"], link["priorWorkDeclared"]) == (False, True)


def test_a_link_has_its_evidence(tmp_path: Path) -> None:
    link = stored(tmp_path, SMALL)["conclusion/CTO-2009-C1 LED_TO action/CTO-2009-F1"]
    assert link["id"].startswith("link/conclusion/CTO-2009-C1/led-to/")
    assert (link["strength"], link["sources"]) == ("stated", ["source/example.org/a2b3c4d5e6f7"])
    assert (link["date"], link["date_first"], link["date_last"]) == ("2010-02", "2010-02-01", "2010-02-28")
    taken = stored(tmp_path, SMALL)["action/CTO-2009-F1 TAKEN_BY study-group/SG5"]
    assert (taken["unverified"], taken["role"], taken["sources"], "strength" in taken) == (
        True,
        "with",
        [],
        False,
    )
