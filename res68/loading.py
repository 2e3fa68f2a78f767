"""Loading: from the dataset directories into the store, and what is said about it; and the way back."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.content import Dataset
from graph.dataset import read
from graph.dump import Form, stored_dataset, write
from graph.load import Summary, load
from graph.store import Store
from ontology.model import Model
from res68.failures import Failure, in_words
from res68.opening import open_store
from res68.progress import progress_bar
from res68.settings import read_settings


async def load_command(directories: Sequence[Path] | None, *, adopt: bool, initial: bool) -> None:
    """Load datasets, and say in one line what that changed."""
    settings, model = read_settings(), Model.load()
    dataset = read(tuple(directories or settings.datasets), model)
    async with open_store(settings) as store:
        print(said(await put(store, dataset, model, adopt=adopt or settings.adopt, initial=initial)))


async def put(store: Store, dataset: Dataset, model: Model, *, adopt: bool, initial: bool = False) -> Summary:
    """Load a dataset with a progress bar where somebody can see it."""
    with progress_bar() as report:
        return await load(store, dataset, model, adopt=adopt, initial=initial, report=report)


async def dump_command(directory: Path, *, json_lines: bool) -> None:
    """Write what the store holds into a directory, and say so in one line."""
    settings, model = read_settings(), Model.load()
    async with open_store(settings) as store:
        dataset = await stored_dataset(store, model)
    try:
        files = await asyncio.to_thread(
            write, dataset, model, directory, Form.JSON_LINES if json_lines else Form.YAML
        )
    except OSError as error:
        raise Failure(not_written(error, directory)) from error
    what = f"{len(dataset.things):,} things and {len(dataset.links):,} links"
    print(
        f"{what} written to {in_words(len(files), 'file')} in {directory}. Dataset version {dataset.version}"
    )


def not_written(error: OSError, directory: Path) -> str:
    """Why files cannot be written into a directory."""
    if error.errno is None:  # our own words
        return str(error)
    return f"{directory} cannot be written to ({error.strerror}): name another directory."


def said(summary: Summary) -> str:
    """What a load did, in one line that ends with the version."""
    if summary.skipped:
        return f"Nothing to load: the store has all of it. Dataset version {summary.version}"
    changes = [_changes(summary.created, "created"), _changes(summary.changed, "changed")]
    changes.append(_changes(summary.removed, "removed"))
    return f"{', '.join(changes)}, {summary.unchanged:,} left as they were. Dataset version {summary.version}"


def _changes(counts: Mapping[str, int], what: str) -> str:
    return f"{sum(counts.values()):,} things and links {what}"
