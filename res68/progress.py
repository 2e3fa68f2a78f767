"""A progress bar on a terminal; in a pipe, silence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from graph.load import Progress, Report

PHASES = {
    "reading": "Reading records",
    "checking": "Checking what was made of them",
    "defining": "Making constraints and indexes",
    "comparing": "Comparing with what is there",
    "loading": "Loading",
    "committing": "Committing",
}


@contextmanager
def progress_bar() -> Iterator[Report]:
    """What a load reports its progress to."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Loading", total=None)

        def report(progress: Progress) -> None:
            words = PHASES.get(progress.phase, progress.phase)
            bar.update(task, description=words, completed=progress.done, total=progress.total or None)

        yield report
