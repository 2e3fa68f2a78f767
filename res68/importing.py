"""The command import: data of others as a dataset of ours, written whole or not at all."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.content import Dataset
from graph.dataset import read
from graph.dump import Form, encoded
from graph.load import Progress, Report
from ontology.identity import kebab
from ontology.model import Model
from ontology.values import url as address
from res68.failures import Failure, in_words
from res68.loading import not_written
from res68.progress import progress_bar
from res68.relaton.entry import Entry, entry_of
from res68.relaton.known import Known, Record
from res68.relaton.records import SOURCE, Counts, Importing
from res68.relaton.texts import Text, Unreadable, texts
from res68.settings import read_settings

LISTED = 100
BETWEEN_REPORTS = 100


def relaton_command(
    sources: Sequence[Path], output: Path, beside: Sequence[Path] | None, url: str | None
) -> None:
    """Read Relaton's records, and write ours into a directory that `load` takes beside the others."""
    model = Model.load()
    where = checked(url or SOURCE)
    with progress_bar() as report:
        datasets = [one for one in beside or read_settings().datasets if one.resolve() != output.resolve()]
        known = read(datasets, model) if datasets else Dataset({}, {})
        entries, faults = read_all(sources, report)
        importing = Importing(entries, Known(known), where)
        records = importing.records()
        if records:
            with written(records, model, output) as made:
                report(Progress("checking", 0, 0))
                read([*datasets, made], model)  # what a load would refuse is never written
    for line in faults[:LISTED]:
        print(line, file=sys.stderr)
    if len(faults) > LISTED:
        print(f"and {in_words(len(faults) - LISTED, 'more record')} that cannot be read", file=sys.stderr)
    print("\n".join(said(records, entries, faults, importing.counts, output)))


def checked(url: str) -> str:
    """The address of the source, if it is one."""
    try:
        return address(url)
    except ValueError as error:
        raise Failure(f"--url: {error}.") from error


def read_all(sources: Sequence[Path], report: Report) -> tuple[list[Entry], list[str]]:
    """The entries of all sources, and a line for each text that is none."""
    entries: list[Entry] = []
    faults: list[str] = []
    for number, text in enumerate(all_texts(sources)):
        if number % BETWEEN_REPORTS == 0:
            report(Progress("reading", number, 0))
        try:
            if text.fault:
                raise Unreadable(text.fault)
            entries.append(entry_of(text.name, text.content))
        except Unreadable as fault:
            faults.append(f"{text.name} cannot be read: {fault}")
    if not entries:
        first = f" The first: {faults[0]}." if faults else ""
        raise Failure(f"There is no record that can be read in {', '.join(map(str, sources))}.{first}")
    return entries, faults


def all_texts(sources: Sequence[Path]) -> Iterator[Text]:
    """The texts of all sources, one after the other."""
    for source in sources:
        if not source.exists():
            raise Failure(f"{source} is not there: name a file, a folder or a tar.")
        try:
            yield from texts(source)
        except Unreadable as error:
            raise Failure(f"{source} cannot be imported: it is {error}.") from error


@contextmanager
def written(records: Sequence[Record], model: Model, output: Path) -> Iterator[Path]:
    """The records in files, a file a kind; they come to `output` when the block ends without an error."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise Failure(f"{output} is there and not empty: name another directory, or remove it.")
        with TemporaryDirectory(prefix=".res68-", dir=output.parent) as around:
            made = Path(around) / "records"
            made.mkdir()
            for name, content in files(records, model):
                (made / name).write_bytes(content)
            yield made
            if output.exists():
                output.rmdir()
            made.rename(output)
    except OSError as error:
        raise Failure(not_written(error, output)) from error


def files(records: Sequence[Record], model: Model) -> Iterator[tuple[str, bytes]]:
    """The name and the content of the file of each kind."""
    kinds = [model.by_key[str(record["id"]).partition("/")[0]] for record in records]
    for kind in dict.fromkeys(kinds):
        own = [record for record, other in zip(records, kinds, strict=True) if other is kind]
        yield f"{kebab(kind.plural)}.{Form.JSON_LINES.value}", encoded(own, Form.JSON_LINES)


def said(
    records: Sequence[Record], entries: Sequence[Entry], faults: Sequence[str], counts: Counts, output: Path
) -> Iterator[str]:
    """What was read, what was made of it, and what was left out."""
    yield f"{in_words(len(entries), 'record')} read, {in_words(len(faults), 'record')} that cannot be read"
    kinds = Counter(str(record["id"]).partition("/")[0] for record in records)
    made = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
    yield f"Written to {output}: {made}" if made else "Nothing new, and so nothing written"
    revisions = sum(("revises" in one) + ("revisedBy" in one) for one in records)
    left = f"{counts.replacements:,} more left out, where both are there already"
    yield f"{in_words(revisions, 'edition')} that took the place of another; {left}"
    left = f"{counts.differing:,} values that the source has otherwise, {counts.lacking:,} that only it has"
    yield f"{in_words(counts.there, 'thing')} there already, left as they are; left out: {left}"
    if counts.twice:
        yield f"{in_words(counts.twice, 'record')} given twice"
    for group, count in sorted(counts.groups.items()):
        yield f"{group!r} is no group that we know: left out at {in_words(count, 'Recommendation')}"
