"""How measurements become figures, verdicts and a page."""

import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from bench.figures import Figure, Results, figure, ratio, rows
from bench.measuring import Key, Sample
from bench.page import page
from bench.questions import QUESTIONS

ROOT = Path(__file__).parents[2]


def test_a_figure_is_a_median_with_the_tenth_and_the_ninth_tenth() -> None:
    assert figure([float(value) for value in range(101)]) == Figure(50.0, 10.0, 90.0, 101)
    assert figure([7.0]) == Figure(7.0, 7.0, 7.0, 1)


def sample(milliseconds: float) -> Sample:
    """A sample in which everything takes so long."""
    return Sample([milliseconds] * 4, [milliseconds] * 2, [milliseconds] * 2, [milliseconds] * 2, [0.0] * 2)


def results(at_once: float, at_a_hundred_times: float) -> Results:
    """Results of the embedded engine at two sizes."""
    samples: dict[Key, Sample] = {}
    for question in QUESTIONS:
        samples["embedded", 1, question.name] = sample(at_once)
        samples["embedded", 100, question.name] = sample(at_a_hundred_times)
    sizes = {1: (2_998, 4_821), 100: (278_119, 433_491)}
    return Results(
        {"system": "Linux"}, sizes, rows(samples), {"embedded": [20.0]}, {("embedded", 100): 300.0}
    )


def test_a_point_and_a_trace_may_cost_half_as_much_again_at_the_largest_size() -> None:
    assert [(one.question, one.latency, one.reached) for one in results(2.0, 3.0).ratios] == [
        ("point", 1.5, True),
        ("trace", 1.5, True),
    ]
    assert not any(one.reached for one in results(2.0, 3.1).ratios)


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
