"""How measurements of exports become verdicts and a section of the page."""

import pytest

from bench.export_page import DRIVER, Outgoing, Report, Way, section
from bench.exports import HEADING, triples_of
from bench.page import apart, with_section

RDFLIB = "rdflib's Turtle"


def report(driver: float, ours: float, growth: float = 5.0, engine: str = "neo4j") -> Report:
    """A report in which the driver and our formats take so many seconds for a million triples."""
    ways = [Way(DRIVER, 30_000, driver, driver)]
    ways += [Way(name, 1_000_000, ours, ours) for name in ("N-Triples", "Turtle")]
    ways.append(Way(RDFLIB, 1_000_000, 50.0, 50.0))
    return Report(engine, ways, [Outgoing("Turtle", 1_000_000, ours, ours, 30.0, growth)])


def test_what_is_to_be_reached_is_judged_on_neo4j_alone() -> None:
    assert all(reached for *_, reached in report(3.0, 4.0).verdicts())
    assert report(3.0, 4.0, engine="embedded").verdicts() == []


@pytest.mark.parametrize(
    ("one", "missed"),
    [
        (report(2.0, 4.0), {"N-Triples: share of the driver alone", "Turtle: share of the driver alone"}),
        (report(3.0, 4.0, growth=40.0), {"Turtle: growth of memory, MB"}),
        (
            report(6.5, 7.0),
            {
                "N-Triples: thousands of triples a second",
                "Turtle: thousands of triples a second",
                "Turtle: times as fast as rdflib's",
            },
        ),
    ],
)
def test_what_is_not_reached_is_said(one: Report, missed: set[str]) -> None:
    assert {what for what, _, reached in one.verdicts() if not reached} == missed


@pytest.mark.parametrize(
    "end",
    [
        b"# triples: 86099\n# sha256: 12\n# dataset version: x\n",
        b'{"manifest":{"triples":86099,"sha256":"12","version":"x"}}\n]}\n',
        b"<!-- triples: 86099, sha256: 12, dataset version: x -->\n</rdf:RDF>\n",
    ],
)
def test_the_end_of_an_export_says_how_many_triples_there_were(end: bytes) -> None:
    assert triples_of(b"...\n" + end) == 86099


def test_the_section_takes_the_place_of_the_old_one() -> None:
    new = section(HEADING, {"system": "Linux"}, [report(3.0, 4.0)])
    page = "# Benchmarks\n\nText.\n\n## Answers, in milliseconds\n\nTable.\n"
    once = with_section(page, new)
    assert once == f"{page}\n{new}"
    assert with_section(once, new) == once
    assert apart(once) == [new]
    assert apart(page) == []
    other = with_section(once, "## Another run\n\nText.\n")
    assert with_section(other, new) == other
