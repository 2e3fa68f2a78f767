"""A trace told as a tree and drawn as one."""

import itertools
from typing import Any
from xml.etree import ElementTree

import pytest

from ontology.model import reference
from res68.pages.drawing import Drawing
from res68.pages.footnotes import Footnotes
from res68.pages.lines import wrapped
from res68.pages.reader import Reader, Text
from res68.pages.story import Row, Telling

CONCLUSION = Text("Conclusion", "en")
SVG = "{http://www.w3.org/2000/svg}"


def thing(identity: str, kind: str) -> dict[str, Any]:
    return {"id": identity, "kind": kind, "label": f"The label of {identity}", "labelLanguage": "EN"}


def step(link: str, end: dict[str, Any], **said: Any) -> dict[str, Any]:
    nothing_said = {
        "type": "LED_TO",
        "strength": "STATED",
        "date": None,
        "note": None,
        "priorWork": None,
        "unverified": False,
    }
    return {
        "link": {"id": link, "sources": [], **nothing_said, **said},
        "thing": end,
        "takenBy": [thing("advisory-group/TSAG", "ADVISORY_GROUP")],
        "takenAt": [],
    }


def trace(*paths: list[dict[str, Any]]) -> dict[str, Any]:
    return {"origin": thing("conclusion/C", "CONCLUSION"), "paths": [{"steps": steps} for steps in paths]}


FIRST = step("link/1", thing("action/A", "ACTION"), date="2010-02")
SECOND = step("link/2", thing("focus-group/F", "FOCUS_GROUP"), type="SET_UP", strength="INFERRED")
ENGLISH, ARABIC = Reader(), Reader("ar")
THIRD = step("link/3", thing("action/B", "ACTION"), strength=None, unverified=True)


def tell(told: dict[str, Any], most: int, reader: Reader = ENGLISH) -> tuple[list[Row], int]:
    return Telling(reference(), reader, Footnotes()).tell(told["origin"], told, most)


def test_a_step_that_several_paths_share_is_told_once() -> None:
    rows, more = tell(trace([FIRST, SECOND], [FIRST], [THIRD]), 10)
    assert [(row.id, row.depth, row.above) for row in rows] == [
        ("conclusion/C", 0, None),
        ("action/A", 1, 0),
        ("focus-group/F", 2, 1),
        ("action/B", 1, 0),
    ]
    assert more == 0


def test_steps_come_after_what_they_followed_from_in_whatever_order_the_paths_are() -> None:
    rows, _ = tell(trace([FIRST], [THIRD], [FIRST, SECOND]), 10)
    assert [row.id for row in rows] == ["conclusion/C", "action/A", "focus-group/F", "action/B"]


def test_what_a_source_states_is_told_before_what_is_inferred() -> None:
    inferred = step("link/4", thing("action/A", "ACTION"), strength="INFERRED")
    rows, _ = tell(trace([inferred], [THIRD], [step("link/5", thing("action/Z", "ACTION"))]), 10)
    assert [row.strength for row in rows[1:]] == ["stated", "inferred", "not_verified"]


def test_what_does_not_fit_is_counted() -> None:
    rows, more = tell(trace([FIRST, SECOND], [THIRD]), 2)
    assert ([row.id for row in rows], more) == (["conclusion/C", "action/A"], 2)


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        (None, "en", ""),
        ("2012", "ru", "2012"),
        ("2012-11", "en", "November 2012"),
        ("2012-11-09", "en", "9 November 2012"),
        ("2012-11-09", "fr", "9 novembre 2012"),
        ("2012-11-09", "zh", "2012年11月9日"),
        ("2012-11", "ar", "نوفمبر 2012"),
    ],
)
def test_a_date_is_said_with_the_precision_that_it_has(date: str | None, language: str, words: str) -> None:
    assert Reader(language).date(date) == words


def drawn(rows: list[Row], width: int = 400, reader: Reader = ENGLISH) -> ElementTree.Element:
    return ElementTree.fromstring(Drawing(reader, width, "test").draw(rows))


def test_each_step_has_a_line_of_its_strength_and_says_it_in_words() -> None:
    rows, _ = tell(trace([FIRST, SECOND], [THIRD]), 10)
    svg = drawn(rows)
    assert [line.get("class") for line in svg.iter(f"{SVG}path")] == [
        "line stated",
        "line inferred",
        "line not_verified",
    ]
    text = " ".join(svg.itertext())
    assert "Led to: Action · TSAG · February 2010 · stated by a source" in text
    assert "not verified" in text


def test_boxes_stand_below_each_other_and_inside_the_drawing() -> None:
    rows, _ = tell(trace([FIRST, SECOND], [THIRD]), 10)
    svg = drawn(rows)
    boxes = [
        {name: int(box.get(name, "0")) for name in ("x", "y", "width", "height")}
        for box in svg.iter(f"{SVG}rect")
    ]
    assert all(above["y"] + above["height"] < below["y"] for above, below in itertools.pairwise(boxes))
    assert all(box["x"] + box["width"] <= 400 for box in boxes)
    assert boxes[-1]["y"] + boxes[-1]["height"] <= int(svg.get("height", "0"))


def test_a_label_is_text_whatever_is_in_it() -> None:
    label = '</text><script>alert("x")</script> & "quotes" وصف'
    svg = drawn([Row("conclusion/C", CONCLUSION, Text(label), 0, None)], 900)
    assert list(svg.iter(f"{SVG}script")) == []
    assert label in " ".join(svg.itertext())


def test_a_long_label_is_broken_and_cut() -> None:
    svg = drawn([Row("conclusion/C", CONCLUSION, Text("word " * 200), 0, None)])
    lines = [text for text in svg.iter(f"{SVG}text") if text.get("class") == "label"]
    assert len(lines) == 4
    assert (lines[-1].text or "").endswith("…")


def test_a_drawing_for_readers_from_the_right_is_mirrored() -> None:
    rows, _ = tell(trace([FIRST, SECOND]), 10, ARABIC)
    svg = drawn(rows, reader=ARABIC)
    boxes = [(int(box.get("x", "")), int(box.get("width", ""))) for box in svg.iter(f"{SVG}rect")]
    assert svg.get("direction") == "rtl"
    assert [x for x, _ in boxes] == [1, 1, 1]
    assert boxes[0][1] > boxes[1][1] > boxes[2][1]


def test_a_label_in_another_language_is_marked_in_the_drawing() -> None:
    rows, _ = tell(trace([FIRST]), 10, ARABIC)
    svg = drawn(rows, reader=ARABIC)
    words = [text.text or "" for text in svg.iter(f"{SVG}text") if text.get("class") == "words"]
    assert sum("en" in line for line in words) == 2
    assert {text.get("lang") for text in svg.iter(f"{SVG}text") if text.get("class") == "label"} == {"en"}


def test_chinese_is_broken_between_ideographs_and_not_before_a_comma() -> None:
    assert wrapped("电信标准化局主任应当组织首席执行官会议，并将结论提交研究组", 150, 15) == [
        "电信标准化局主任应当",
        "组织首席执行官会议，",
        "并将结论提交研究组",
    ]
