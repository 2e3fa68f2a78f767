"""How measurements become figures, verdicts and a page."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bench.__main__ import rewritten
from bench.figures import Figure, Results, figure, ratio, rows
from bench.measuring import Key, Sample
from bench.page import bounds, page, with_section
from bench.questions import QUESTIONS
from bench.service import Done

ROOT = Path(__file__).parents[2]


def test_a_figure_is_a_median_with_the_tenth_and_the_ninth_tenth() -> None:
    assert figure([float(value) for value in range(101)]) == Figure(50.0, 10.0, 90.0, 101)
    assert figure([7.0]) == Figure(7.0, 7.0, 7.0, 1)


def sample(milliseconds: float) -> Sample:
    """A sample in which everything takes so long."""
    return Sample([milliseconds] * 4, [milliseconds] * 2, [milliseconds] * 2, [milliseconds] * 2, [0.0] * 2)


def results(at_once: float, at_many_times: float, many: int = 100) -> Results:
    """Results of the embedded engine at two sizes."""
    samples: dict[Key, Sample] = {}
    for question in QUESTIONS:
        samples["embedded", 1, question.name] = sample(at_once)
        samples["embedded", many, question.name] = sample(at_many_times)
    sizes = {1: (2_998, 4_821), many: (278_119, 433_491)}
    return Results(
        {"system": "Linux"},
        sizes,
        rows(samples),
        {"embedded": [20.0]},
        {("embedded", many): Done(300.0, 900.0)},
    )


def test_a_point_and_a_trace_may_cost_half_as_much_again_at_the_largest_size() -> None:
    assert [(one.question, one.latency, one.reached) for one in results(2.0, 3.0).ratios] == [
        ("point", 1.5, True),
        ("trace", 1.5, True),
    ]
    assert not any(one.reached for one in results(2.0, 3.1).ratios)


def test_beyond_a_hundred_times_a_page_is_bound_too_and_the_longest_count_has_to_end_in_time() -> None:
    larger = results(8_000.0, 12_000.0, 1_000)
    assert [one.question for one in larger.ratios] == ["point", "page", "trace"]
    (count,) = larger.counts
    assert (count.question, count.scale) == ("coverage of all", 1_000)
    said = rewritten("# Benchmarks\n", larger)
    assert "## At 1,000 times the data" in said
    assert "12.00 s of 10 |" in said
    assert "10.00 s of 10 |" in rewritten("", results(8_000.0, 10_000.0, 1_000))
    assert results(8_000.0, 12_000.0).counts == []


def test_what_other_runs_wrote_stays_on_the_page() -> None:
    larger = rewritten("# Benchmarks\n", results(2.0, 3.0, 1_000))
    there = with_section(larger, "## Another run\n\nText.\n")
    whole = rewritten(there, results(2.0, 3.0))
    assert whole.startswith(page(results(2.0, 3.0)).rstrip("\n"))
    assert whole.endswith(there.removeprefix("# Benchmarks\n\n"))
    assert rewritten(whole, results(2.0, 3.0)) == whole


def test_a_page_deep_in_a_list_is_judged_by_the_first_pages_of_its_size() -> None:
    found = rows({**both_pages(1, 2.0, 3.0), **both_pages(100, 20.0, 31.0)})
    judged = Results({}, {1: (1, 1), 100: (100, 100)}, found)
    assert [(one.scale, one.latency, one.reached) for one in judged.depths] == [
        (1, 1.5, True),
        (100, 1.55, False),
    ]
    assert ["deep page, of page", "100x", "neo4j", "1.55 times", "1.55 times", "not reached"] in bounds(
        judged
    )


def both_pages(scale: int, first: float, deep: float) -> dict[Key, Sample]:
    """Samples of pages from the start and from the end."""
    return {("neo4j", scale, "page"): sample(first), ("neo4j", scale, "deep page"): sample(deep)}


def test_one_size_alone_is_not_judged() -> None:
    both = results(2.0, 3.0)
    alone = [row for row in both.rows if row.scale == 1]
    assert Results(both.machine, {1: (2_998, 4_821)}, alone).ratios == []


def test_cpu_counts_what_the_service_and_the_store_spend() -> None:
    samples: dict[Key, Sample] = {
        ("neo4j", scale, "point"): Sample([1.0], [1.0], [1.0], [cpu], [2.0])
        for scale, cpu in ((1, 2.0), (100, 4.0))
    }
    base, large = rows(samples)
    assert ratio(base, large).cpu == 1.5


def test_the_page_says_what_was_reached_and_names_every_question() -> None:
    said = page(results(2.0, 9.0))
    assert "not reached" in said
    assert "278,119 things" in said
    assert all(f"| {question.name} " in said for question in QUESTIONS)


def test_every_new_text_of_a_question_is_another_one() -> None:
    for question in QUESTIONS:
        texts = {question.warm, *(question.new(number) for number in range(1, 20))}
        assert len(texts) == 20
        assert not any("<" in text for text in texts)


@pytest.mark.slow
def test_the_command_measures_one_engine_at_two_sizes(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    sizes = ["--scale", "1", "--scale", "2"]
    command = [
        sys.executable,
        "-m",
        "bench",
        "--quick",
        "--engine",
        "embedded",
        *sizes,
        "--json",
        str(written),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "reached" in done.stdout
    measured = orjson.loads(written.read_bytes())
    assert {(row["scale"], row["question"]) for row in measured["rows"]} == {
        (scale, question.name) for scale in (1, 2) for question in QUESTIONS
    }
