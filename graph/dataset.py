"""A dataset as its directories give it: every file read, every problem found, or the whole of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.content import Dataset
from graph.errors import DataProblems
from graph.files import data_files, read_file
from graph.problems import Problem, Problems
from graph.records import CheckedRecord, check_record
from graph.rules import check_whole
from graph.union import Union
from ontology.model import Model

LIMIT = 100


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of dataset directories found; `dataset` is there when nothing keeps it from being loaded.

    `more` violations were found and are not listed.
    """

    files: int
    records: int
    violations: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    more: int
    dataset: Dataset | None


def check(directories: Sequence[Path], model: Model, limit: int = LIMIT) -> Report:
    """Read the directories and find all that is wrong with them, up to a limit."""
    problems = Problems(limit)
    files = data_files(directories, problems)
    records: list[CheckedRecord] = []
    for name, path in files:
        checked = (check_record(raw, model, problems) for raw in read_file(name, path, problems))
        records += [record for record in checked if record is not None]
    union = Union(records, model, problems)
    check_whole(union)
    violations, warnings = tuple(problems.violations), tuple(problems.warnings)
    things = {name: record.thing for name, record in union.records.items()}
    dataset = None if violations else Dataset(things, union.links)
    return Report(len(files), len(records), violations, warnings, problems.more, dataset)


def read(directories: Sequence[Path], model: Model, limit: int = LIMIT) -> Dataset:
    """The dataset of the directories; DataProblems with all that keeps it from being loaded."""
    report = check(directories, model, limit)
    if report.dataset is None:
        raise DataProblems(report.violations, report.more)
    return report.dataset
