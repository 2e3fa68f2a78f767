"""Measuring: one request after the other, the services in turns, so that all are disturbed alike."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from bench.questions import FROM_THE_END, Question, Subjects
from bench.service import Service


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to measure: rounds, requests of a question in a round, seconds that these may take at most,
    texts that are new, and loads."""

    rounds: int
    requests: int
    seconds: float
    new: int
    loads: int


THOROUGH = Effort(rounds=10, requests=20, seconds=3.0, new=10, loads=3)
QUICK = Effort(rounds=3, requests=10, seconds=1.0, new=3, loads=1)


@dataclass(slots=True)
class Sample:
    """What was measured of one question at one service, in milliseconds: how long each answer took, and of
    each block of requests the median, and the CPU for one of them of the service and of a store beside it."""

    warm: list[float] = field(default_factory=list)
    blocks: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    store_cpu: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Subject:
    """A service that is measured: whose engine it has, how large its dataset is, what to ask about."""

    engine: str
    scale: int
    service: Service
    asked: Subjects


Key = tuple[str, int, str]  # engine, scale, question
Samples = Mapping[Key, Sample]


def measure(
    subjects: Sequence[Subject], questions: Sequence[Question], effort: Effort, report: Callable[[str], None]
) -> Samples:
    """The samples of all questions at all services, in rounds in which each has its turn."""
    samples: dict[Key, Sample] = {
        (one.engine, one.scale, question.name): Sample() for one in subjects for question in questions
    }
    turns = [(question, one) for question in questions for one in subjects]
    for question, one in turns:
        ask(one, question, question.warm, Random(0))  # the first answer is a cold one
    for number in range(effort.rounds):
        report(f"round {number + 1} of {effort.rounds}")
        for question, one in turns[:: 1 if number % 2 == 0 else -1]:
            block(one, question, effort, number, samples[one.engine, one.scale, question.name])
    for number in range(effort.new):
        report(f"new text {number + 1} of {effort.new}")
        for question, one in turns:
            taken = ask(one, question, question.new(number + 1), Random(f"new/{number}"))
            samples[one.engine, one.scale, question.name].new.append(taken)
    return samples


def block(one: Subject, question: Question, effort: Effort, number: int, sample: Sample) -> None:
    """Some requests of one question in a row; the same ids for every service in the same round."""
    before, began = one.service.cpu(), time.perf_counter()
    random = Random(f"{question.name}/{number}")
    taken: list[float] = []
    while len(taken) < effort.requests and time.perf_counter() - began < effort.seconds:
        taken.append(ask(one, question, question.warm, random))
    after = one.service.cpu()
    sample.warm += taken
    sample.blocks.append(median(taken))
    sample.cpu.append(1000 * (after[0] - before[0]) / len(taken))
    sample.store_cpu.append(1000 * (after[1] - before[1]) / len(taken))


def ask(one: Subject, question: Question, text: str, random: Random) -> float:
    """The milliseconds from a question to its answer."""
    variables = one.asked.variables(question, random)
    began = time.perf_counter()
    one.service.ask(text, variables)
    return 1000 * (time.perf_counter() - began)


def deep_cursors(service: Service, pages: int = 5) -> Iterator[str | None]:
    """Places next to the end of the conclusions by date from which a whole page follows."""
    before: str | None = None
    for _ in range(pages):
        page = service.ask(FROM_THE_END, {"before": before})["asked"]
        assert isinstance(page, dict)
        before = page["pageInfo"]["startCursor"]
        yield before
        if not page["pageInfo"]["hasPreviousPage"]:
            return


def cursors(service: Service, question: Question, pages: int = 5) -> Iterator[str | None]:
    """Places from which a whole page follows: the start, and some further on the way through the dataset."""
    after: str | None = None
    for _ in range(pages):
        data = service.ask(question.warm, {"after": after})
        page = next(iter(data.values()))
        assert isinstance(page, dict)
        if page["pageInfo"]["hasNextPage"] or after is None:
            yield after
        if not page["pageInfo"]["hasNextPage"]:
            return
        after = page["pageInfo"]["endCursor"]
