"""What is made of records in the form of Relaton: ids, editions, replacements, and what is there already."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.content import Dataset, Thing
from ontology.identity import source_id
from res68.relaton.designation import Designation
from res68.relaton.entry import Entry, entry_of
from res68.relaton.known import Known
from res68.relaton.records import SOURCE, Importing
from res68.relaton.texts import Unreadable, texts
from tests.http.relaton_small import relaton

OURS = source_id(SOURCE)


def entries(*records: str) -> list[Entry]:
    """The entries of some records."""
    return [entry_of(f"{number}.yaml", record.encode()) for number, record in enumerate(records)]


def importing(*records: str, beside: Mapping[str, Thing] | None = None) -> Importing:
    """The import of some records beside these things."""
    return Importing(entries(*records), Known(Dataset(beside or {}, {})))


def made(*records: str, beside: Mapping[str, Thing] | None = None) -> dict[str, dict[str, object]]:
    """The records that are made, by id."""
    return {str(one["id"]): one for one in importing(*records, beside=beside).records()}


@pytest.mark.parametrize(
    ("printed", "recommendation", "edition"),
    [
        ("ITU-T Y.9001 (06/2019)", "Y.9001", "Y.9001-2019-06"),
        ("ITU-T G.9001.2/Y.9002.3 (10/2012)", "G.9001.2", "G.9001.2-2012-10"),
        ("ITU-T G.9001/Y.9002 (2012) Cor. 1 (08/2013)", "G.9001", "G.9001-Cor.1-2013-08"),
        ("ITU-T X.9003 (2001) Technical Cor. 2 (05/2008)", "X.9003", "X.9003-Technical-Cor.2-2008-05"),
        ("ITU-T V.92 bis (11/1988)", "V.92bis", "V.92bis-1988-11"),
        ("ITU-T D.900 R (11/1988)", "D.900R", "D.900R-1988-11"),
        ("ITU-T H.900 (V14) (08/2021)", "H.900", "H.900-2021-08"),
        ("ITU-T H.900.0 v8 (2021) Amd. 1 (12/2022)", "H.900.0", "H.900.0-Amd.1-2022-12"),
        ("ITU-T G.729 Annex C+ (02/2000)", "G.729", "G.729-Annex-C-2000-02"),
        ("ITU-T Q.9120-Q.9139 (11/1988)", "Q.9120-Q.9139", "Q.9120-Q.9139-1988-11"),
    ],
)
def test_a_citation_gives_the_ids(printed: str, recommendation: str, edition: str) -> None:
    found = Designation.parse(printed)
    assert found.of_recommendation
    assert found.recommendation == f"recommendation/{recommendation}"
    assert found.edition_of(found.recommendation) == f"recommendation-edition/{edition}"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ITU-T G Suppl. 955 (07/2015)", "G-Suppl-955"),
        ("ITU-T O Suppl. 3.1 (11/1988)", "O-Suppl-3.1"),
        ("ITU-T X.900 Suppl. 2 (04/2013)", "X.900-Suppl-2"),
        ("ITU-T X Suppl. 9 (2014) Err. 1 (03/2016)", "X-Suppl-9"),
        ("ITU-T E-100 series Suppl. 4 (11/1988)", "E-100-Suppl-4"),
        ("ITU-T EMC-5 (2003) Amd. 1 (10/2009)", "EMC-5"),
    ],
)
def test_what_is_no_recommendation_becomes_a_deliverable(printed: str, name: str) -> None:
    found = Designation.parse(printed)
    assert not found.of_recommendation
    assert found.deliverable == f"deliverable/{name}"


def test_a_record_becomes_a_recommendation_an_edition_a_group_and_a_source() -> None:
    found = made(relaton("Y.9001 (06/2019)", "2019-06-22", iso="ISO/IEC 90001-1"))
    assert found == {
        "recommendation/Y.9001": {
            "id": "recommendation/Y.9001",
            "title": {"en": "Framework of a thing"},
            "number": "Y.9001",
            "series": "Y",
            "status": "in-force",
            "firstApproved": "2019-06-22",
            "responsible": "study-group/SG13",
            "sources": [OURS],
        },
        "recommendation-edition/Y.9001-2019-06": {
            "id": "recommendation-edition/Y.9001-2019-06",
            "title": {"en": "Framework of a thing"},
            "date": "2019-06-22",
            "url": "https://example.org/rec",
            "language": ["en"],
            "aliases": ["ISO/IEC 90001-1"],
            "number": "Y.9001 (06/2019)",
            "status": "in-force",
            "recommendation": {"to": "recommendation/Y.9001", "strength": "stated", "sources": [OURS]},
            "sources": [OURS],
        },
        "study-group/SG13": {
            "id": "study-group/SG13",
            "name": {"en": "ITU-T Study Group 13"},
            "abbreviation": {"en": "SG13"},
            "number": 13,
            "sources": [OURS],
        },
        OURS: {
            "id": OURS,
            "url": SOURCE,
            "title": "Bibliographic records of ITU texts",
            "publisher": "Relaton project",
            "weight": "secondary",
        },
    }


def replaced(found: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Which edition took the place of which, without what every id begins with."""
    return {
        name.partition("/")[2]: link["to"].partition("/")[2]
        for name, one in found.items()
        if isinstance(link := one.get("revises"), dict)
    }


def test_an_edition_takes_the_place_of_the_one_before_and_an_amendment_of_none() -> None:
    whole = ("Y.9001 (10/2003)", "Y.9001 (06/2019)", "Y.9001 (05/2011)")
    changes = "Y.9001 (2011) Amd. 1 (02/2012)"
    found = made(
        relaton(whole[0], "2003-10-07", "First"),
        relaton(whole[1], "2019-06-22", "Newest", others=[whole[0], whole[2], changes]),
        relaton(whole[2], "2011-05-14", "Second", status="Withdrawal"),
        relaton(changes, "2012-02-13", "Amendment"),
    )
    assert replaced(found) == {"Y.9001-2019-06": "Y.9001-2011-05", "Y.9001-2011-05": "Y.9001-2003-10"}
    recommendation = found["recommendation/Y.9001"]
    assert (recommendation["title"], recommendation["firstApproved"]) == ({"en": "Newest"}, "2003-10-07")
    assert found["recommendation-edition/Y.9001-2011-05"]["status"] == "superseded-or-withdrawn"


def test_a_new_number_takes_the_place_of_the_old_one_that_ended() -> None:
    old, new = "M.914 (12/1972)", "M.9140 (10/1976)"
    found = made(relaton(old, "1972-12-15"), relaton(new, "1976-10-08", others=[old]))
    assert replaced(found) == {"M.9140-1976-10": "M.914-1972-12"}
    assert {"recommendation/M.914", "recommendation/M.9140"} < set(found)


def test_a_number_that_goes_on_is_replaced_by_no_other() -> None:
    old, new, still = "M.914 (12/1972)", "M.9140 (10/1976)", "M.914 (11/1980)"
    records = (relaton(old, "1972-12-15"), relaton(new, "1976-10-08", others=[old, still]))
    found = made(*records, relaton(still, "1980-11-21"))
    assert replaced(found) == {"M.914-1980-11": "M.914-1972-12"}


def test_editions_that_the_source_does_not_name_together_are_not_tied() -> None:
    found = made(relaton("Y.9001 (10/2003)", "2003-10-07"), relaton("Y.9001 (06/2019)", "2019-06-22"))
    assert replaced(found) == {}


def test_a_second_number_is_another_name_unless_something_else_has_it() -> None:
    found = made(
        relaton("G.9001/Y.9002 (10/2012)", "2012-10-29"),
        relaton("L.9/Y.9003 (01/2001)", "2001-01-01"),
        relaton("Y.9003 (01/1999)", "1999-01-01"),
    )
    assert found["recommendation/G.9001"]["aliases"] == ["G.9001/Y.9002", "Y.9002"]
    assert found["recommendation/G.9001"]["mentions"] == ["recommendation/Y.9002"]
    assert "mentions" not in found["recommendation/L.9"]


def test_two_corrigenda_of_one_month_say_which_edition_they_correct() -> None:
    found = made(relaton("X.9519 (2001) Cor. 1 (05/2008)", "2008-05-29"),
                 relaton("X.9519 (2005) Cor. 1 (05/2008)", "2008-05-29"))  # fmt: skip
    names = {f"recommendation-edition/X.9519-{year}-Cor.1-2008-05" for year in (2001, 2005)}
    assert names < set(found)


BESIDE = {
    "recommendation/Y.9001": Thing(
        "recommendation/Y.9001",
        "Recommendation",
        {"title": {"en": "Ours"}, "number": "Y.9001", "series": "Y"},
        mentions=("recommendation/X.9261",),
    ),
    "recommendation-edition/Y.9001-2019-06": Thing(
        "recommendation-edition/Y.9001-2019-06", "RecommendationEdition", {"date": "2019-06-22"}
    ),
    "study-group/SG13": Thing("study-group/SG13", "StudyGroup", {"number": 13}),
    OURS: Thing(OURS, "Source", {"url": SOURCE}),
}


def test_what_is_there_already_stays_and_what_is_new_leads_to_it() -> None:
    old, new = "Y.9001 (10/2003)", "Y.9001 (06/2019)"
    under_its_other_number = relaton("X.9261 (08/2020)", "2020-08-28")
    under_way = importing(
        relaton(old, "2003-10-07"), relaton(new, "2019-06-22", others=[old]), under_its_other_number,
        beside=BESIDE,
    )  # fmt: skip
    found = {str(one["id"]): one for one in under_way.records()}
    edition = "recommendation-edition/Y.9001-"
    assert set(found) == {f"{edition}2003-10", f"{edition}2020-08"}
    replacing = found[f"{edition}2003-10"]["revisedBy"]
    assert isinstance(replacing, dict)
    assert (replacing["to"], replacing["strength"]) == (f"{edition}2019-06", "inferred")
    assert (under_way.counts.there, under_way.counts.differing, under_way.counts.lacking) == (2, 1, 5)


def test_the_same_record_given_twice_is_taken_once() -> None:
    record = relaton("Y.9001 (06/2019)", "2019-06-22")
    under_way = importing(record, record)
    assert len(under_way.records()) == 4
    assert under_way.counts.twice == 1


def test_a_group_that_is_not_known_is_counted() -> None:
    under_way = importing(relaton("Y.9001 (06/2019)", "2019-06-22", group="Working Party 7"))
    assert not any(str(one["id"]).startswith("study-group/") for one in under_way.records())
    assert under_way.counts.groups == {"Working Party 7": 1}


def test_any_layout_of_the_yaml_gives_the_same() -> None:
    usual = relaton("Y.9001 (06/2019)", "2019-06-22", others=["Y.9001 (10/2003)"])
    type_last = usual.replace("- type: hasEdition\n  bibitem:", "- bibitem:").replace(
        "ext:", "  type: hasEdition\next:"
    )
    indented = "\n".join(f"  {line}" for line in usual.removeprefix("---\n").splitlines())
    windows = usual.replace("\n", "\r\n")
    whole, *others = entries(usual, type_last, indented, windows, f"﻿{usual}")
    assert whole.others == ("Y.9001 (10/2003)",)
    for other in others:
        assert (other.designation, other.title, other.others) == (
            whole.designation,
            whole.title,
            whole.others,
        )


RECORD = relaton("Y.9001 (06/2019)", "2019-06-22")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RECORD.replace("type: ITU\n", "type: ISO\n"), "no docidentifier of the type ITU"),
        (RECORD.replace("docidentifier:", "identifier:"), "no docidentifier of the type ITU"),
        (RECORD.replace("Y.9001 (06/2019)", "something"), "'ITU-T something' is not how a text of ITU-T"),
        (RECORD.replace("2019-06-22", "2019-06-31"), "'2019-06-31' is no day of the calendar"),
        (RECORD.replace("https://example.org/rec", "a page"), "'a page' is no address"),
        (RECORD.replace("- type: src", "- type: [src"), "it is no YAML in line"),
        ("- just a list\n", "it is no record"),
        ("", "it is no record"),
        ("[" * 50_000, "it is"),
        (RECORD.replace("thing", "th\x00ing"), "it is no YAML"),
    ],
)  # fmt: skip
def test_a_record_that_cannot_be_read_says_why(record: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said.replace("[", r"\[")):
        entries(record)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(Unreadable, match="the byte 0xff is not UTF-8"):
        entry_of("x.yaml", b"title: \xff")


def test_an_anchor_that_stands_for_a_billion_is_read_at_once() -> None:
    lines = ["docidentifier: [{content: ITU-T Y.9001 (06/2019), type: ITU}]", "a: &a0 [x]"]
    lines += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert entry_of("x.yaml", "\n".join(lines).encode()).designation.first == "Y.9001"


def tar_of(path: Path, members: Mapping[str, bytes], *odd: tarfile.TarInfo) -> Path:
    """A packed tar with these members, and odd ones that have no content."""
    with tarfile.open(path, "w:xz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for member in odd:
            tar.addfile(member)
    return path


def test_a_tar_with_odd_members_is_read_and_nothing_is_unpacked(tmp_path: Path) -> None:
    link, pipe = tarfile.TarInfo("link.yaml"), tarfile.TarInfo("pipe.yaml")
    link.type, link.linkname, pipe.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.FIFOTYPE
    members = {
        "../above.yaml": b"a",
        f"{tmp_path}/absolute.yaml": b"b",
        "read.me": b"c",
        "big.yaml": b"x" * 8_000_001,
    }
    found = list(texts(tar_of(tmp_path / "odd.tar.xz", members, link, pipe)))
    assert [(one.content, one.fault) for one in found] == [
        (b"a", ""),
        (b"b", ""),
        (b"", "it has 8,000,001 bytes, more than 8,000,000"),
        (b"", "it is no regular file"),
        (b"", "it is no regular file"),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["odd.tar.xz"]


def test_a_tar_that_ends_too_early_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    whole = tar_of(tmp_path / "whole.tar.xz", {"a.yaml": RECORD.encode() * 50}).read_bytes()
    for name, content in (("cut.tar.xz", whole[:-200]), ("none.tar", b"this is no tar"), ("empty.tar", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable, match="whole tar"):
            list(texts(tmp_path / name))


def test_a_folder_is_read_to_its_depth_by_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.yaml", "a.yml", "deep/c.yaml", "other.txt"):
        (tmp_path / name).write_text(name)
    assert [one.content.decode() for one in texts(tmp_path)] == ["a.yml", "b.yaml", "deep/c.yaml"]
