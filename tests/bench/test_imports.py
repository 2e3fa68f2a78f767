"""How measurements of an import become verdicts and a section of the page."""

from bench.figures import rows
from bench.imports import ALONE, ASKED, BESIDE, HEADING, Report, section
from bench.measuring import Key, Sample
from bench.service import Done


def report(seconds: float, times: float) -> Report:
    """A report in which a load takes so long, and every answer so many times what it takes without."""
    samples: dict[Key, Sample] = {}
    for question in ASKED:
        for which, took in ((ALONE, 2.0), (BESIDE, 2.0 * times)):
            samples["neo4j", which, question] = Sample([took] * 2, [took] * 2, [], [1.0] * 2, [1.0] * 2)
    loads = {("neo4j", ALONE): Done(200.0, 90.0), ("neo4j", BESIDE): Done(seconds, 300.0)}
    return Report(Done(30.0, 400.0), loads, rows(samples), {BESIDE: (24_700, 38_000)})


def test_the_load_of_both_and_the_trace_are_judged() -> None:
    assert [verdict[1:] for verdict in report(120.0, 1.2).verdicts()] == [
        ["load, seconds", "120", "reached"],
        ["trace, times its cost without", "1.20 times", "reached"],
    ]
    assert [verdict[3] for verdict in report(120.1, 1.21).verdicts()] == ["not reached"] * 2


def test_the_section_has_the_import_the_loads_and_each_question() -> None:
    said = section({"system": "Linux"}, report(60.0, 1.5))
    assert said.startswith(f"{HEADING}\n\n")
    assert "24,700 things and 38,000 links" in said
    assert "| import " in said
    assert "| load, all beside " in said
    assert all(f"| {question} " in said for question in ASKED)
    assert "1.50" in said
