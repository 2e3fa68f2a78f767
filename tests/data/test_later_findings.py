"""Tests that the 33 later findings reached the records that they correct, confirm or complete."""

import pytest

from ontology.identity import source_id
from tests.data.plain_trace import links, records

ITU_GSS = (
    "https://www.itu.int/en/publications/Documents/tsb/2022-The-4th-Global-Standards-Symposium-Conclusions"
)
SYMPOSIUM_2020 = f"{ITU_GSS}/files/basic-html"
SYMPOSIUM_2024 = "https://www.itu.int/net/epub/TSB/2024-GSS-Conclusions/files/basic-html"
STUDYLIB = "https://studylib.net/doc"
TTC = "http://www.ttc.or.jp/maedablog"
CISCO = "https://blogs.cisco.com/sp/cisco-endorses-openstand-at-itu-t-in-dubai"
SLIDES_OF_2008 = f"{STUDYLIB}/13188450/wtsa-08-results--implementation-and-cooperation-with-itu-..."
SLIDES_OF_2010 = f"{STUDYLIB}/13097915/overview-of-itu-plenipotentiary-conference-2-cto-meeting-..."
ACCOUNT_OF_BANGKOK = (
    "https://mail.telecomreview.com/articles/reports-and-coverage/"
    "791-5g-standardization-key-topic-at-itu-telecom-world-2016-cto-gathering"
)
BLOG_OF_2019 = "https://techblog.comsoc.org/2019/12/19/itu-hosted-ict-cxo-meeting-achieving-self-driving-imt-2020-5g-networks/"
TSAG_2016 = (
    "https://expydoc.com/doc/10879234/"
    "itu-t-tsag%EF%BC%887-18-22%EF%BC%89%E4%BC%9A%E5%90%88%E5%A0%B1%E5%91%8A---itu-aj"
)
CORRECTIONS = [  # the record that each of the 33 later findings bears on, and where it was read
    ("meeting/CTO-2010", SLIDES_OF_2010),
    ("meeting/CTO-2012", CISCO),
    ("meeting/GSS-2012", CISCO),
    ("meeting/GSS-2012", "https://docsbay.net/conclusions-of-the-3rd-global-standards-symposium"),
    ("conclusion/GSS-2008-C4", SLIDES_OF_2008),
    ("meeting/GSS-2008", SLIDES_OF_2008),
    ("meeting/CTO-2017", "https://www.ttc.or.jp/maedablog/20170928"),
    ("meeting/CXO-2017", "https://ttc.or.jp/maedablog/20171212"),
    ("meeting/CXO-2016", "https://ttc.or.jp/maedablog/20171212"),
    ("meeting/CTO-2017-NAW", f"{TTC}/2017/20170403/"),
    ("meeting/CTO-2016", "https://ttc.or.jp/maedablog/20161118"),
    ("communique/CTO-2016-MA1", ACCOUNT_OF_BANGKOK),
    ("meeting/CXO-2019", BLOG_OF_2019),
    ("meeting/CXO-2016", f"{TTC}/2016/20160201/"),
    ("meeting/CTO-2015-CJK1", f"{TTC}/2016/20160323/"),
    ("meeting/CTO-2019-CJK3", "https://ttc.or.jp/maedablog/20190722"),
    ("conclusion/CTO-2015-CJK1-C1", "https://m.bujadongne.com/news/view/1065625196843782"),
    ("conclusion/CXO-2016-C2", "http://newslog.itu.int/archives/522"),
    ("conclusion/GSS-2020-C4", f"{SYMPOSIUM_2020}/page6.html"),
    ("conclusion/GSS-2020-C5", f"{SYMPOSIUM_2020}/page7.html"),
    ("communique/GSS-2020-MA1", f"{SYMPOSIUM_2020}/page5.html"),
    ("communique/GSS-2024-MA1", f"{SYMPOSIUM_2024}/page6.html"),
    ("clause/WTSA-68-2016/recognizing/e", f"{TTC}/2016/20160323/"),
    ("tsag-meeting/2013-06", f"{TTC}/2013/20130610/"),
    ("tsag-meeting/2016-02", f"{TTC}/2016/20160201/"),
    ("tsag-meeting/2016-07", TSAG_2016),
    ("tsag-meeting/2020-02", "https://ttc.or.jp/maedablog/20200217"),
    ("tsag-meeting/2021-01", "https://www.ttc.or.jp/blog/maedanikki/20210120"),
    ("tsag-meeting/2023-05", "https://ttc.or.jp/blog/iwatablog/20230621"),
    (
        "tsag-meeting/2025-05",
        "https://www.ntt-review.jp/archive/ntttechnical.php?contents=ntr202510gls.html",
    ),
    ("conclusion/GSS-2024-C4", f"{SYMPOSIUM_2024}/page7.html"),
    ("conclusion/CTO-2014-C6", "https://ttc.or.jp/maedablog/20150608"),
    ("tsag-meeting/2015-06", "https://ttc.or.jp/maedablog/20150608"),
]


@pytest.mark.parametrize(("record", "url"), CORRECTIONS)
def test_later_findings_reached_the_record(record: str, url: str) -> None:
    assert source_id(url) in str(records()[record])


def test_doubtful_values_stand_beside_the_preferred_ones() -> None:
    second_count = records()["meeting/CXO-2017"]
    assert (second_count["ordinal"], second_count["disputed"]) == (
        2,
        [{"field": "ordinal", "value": 1, "sources": [source_of_2023()]}],
    )
    assert {d["field"] for d in links(records()["meeting/GSS-2012"], "disputed")} == {"startDate"}
    assert {d["field"] for d in links(records()["meeting/CTO-2019-CJK3"], "disputed")} == {"ordinal"}


def source_of_2023() -> str:
    """The source that calls the roundtable of 2023 the seventh in a row."""
    return str(links(records()["meeting/CXO-2023"], "sources")[0]["to"])
