"""The command check: what is wrong in datasets, found without a store."""

from collections.abc import Sequence
from pathlib import Path

from graph.dataset import Report, check
from ontology.model import Model
from res68.failures import in_words
from res68.settings import read_settings


def check_command(directories: Sequence[Path] | None) -> bool:
    """Print all that is wrong and a closing line; whether a load would take the datasets."""
    report = check(tuple(directories or read_settings().datasets), Model.load())
    for problem in (*report.violations, *report.warnings):
        print(f"{problem.severity.value}: {problem}")
    print(closing_line(report))
    return not report.violations


def closing_line(report: Report) -> str:
    """What was found, in one line."""
    violations = len(report.violations) + report.more
    found = f"{in_words(violations, 'violation')} and {in_words(len(report.warnings), 'warning')}"
    listed = f" ({len(report.violations)} of the violations are listed)" if report.more else ""
    read = f"{in_words(report.records, 'record')} in {in_words(report.files, 'file')}"
    return f"{read}: {found}{listed}."
