"""A whole dataset into a store, or nothing of it: one transaction, announced before it is committed.

A load compares what is wanted with what is there and sends the difference. Up to LARGEST elements that is one
transaction; beyond, `initial` fills an empty store in portions, and nobody can read it until it is complete.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

import orjson

from graph import lease, versions
from graph.changes import Writing
from graph.content import Dataset
from graph.ddl import definitions
from graph.derived import LOADER_VERSION, Derivation, Node, Relationship
from graph.difference import Difference, Present, difference, present
from graph.errors import ForeignDatabase, LoadInProgress, StoreError
from graph.figures import counts, fan_out
from graph.journal import entries, records_before
from graph.loadlock import LOST, LoadLock, held
from graph.settled import settled
from graph.statement import Statement
from graph.store import Store
from graph.versions import DatasetState
from ontology.identity import camel
from ontology.model import Model

LARGEST = 300_000
SECONDS = 300.0
COMMIT = """\
MATCH (d:Dataset {id: 'dataset'})
SET d.committed = $version, d.modelVersion = $modelVersion, d.loaderVersion = $loaderVersion,
    d.loadedAt = $at, d.counts = $counts, d.fanOut = $fanOut"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load has come."""

    phase: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a load did, by kind of thing and type of link; `skipped` when the store had it all already."""

    version: str
    skipped: bool = False
    created: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    unchanged: int = 0


Report = Callable[[Progress], None]


async def load(
    store: Store,
    dataset: Dataset,
    model: Model,
    *,
    adopt: bool = False,
    initial: bool = False,
    report: Report = lambda progress: None,
    lease_seconds: float = lease.SECONDS,
) -> Summary:
    """Make the store hold this dataset. `adopt`: even if the database has other data beside it."""
    store = Store(store.engine, timeout=SECONDS, patience=store.patience, observer=store.observer)
    state = await store.dataset()
    if state is None:
        await _guard(store, adopt)
    if _same(state, dataset, model):
        return Summary(dataset.version, skipped=True, unchanged=len(dataset.hashes))
    if state is None or not _same_form(state, model):
        report(Progress("defining", 0, 0))
        await store.engine.define(definitions(model, store.engine.profile))
    async with held(store, lease_seconds) as lock:
        await store.rows(versions.settle(lock.holder), write=True)
        state = await store.dataset()
        if _same(state, dataset, model):
            return Summary(dataset.version, skipped=True, unchanged=len(dataset.hashes))
        if state is None:
            await store.rows(versions.CREATE, write=True)
        types = dict.fromkeys(model.link_types, 0) | dict(state.links if state else {})
        return await _Load(store, dataset, model, lock, report).run(types, initial)


def _same(state: DatasetState | None, dataset: Dataset, model: Model) -> bool:
    return state is not None and state.ready and state.version == dataset.version and _same_form(state, model)


def _same_form(state: DatasetState, model: Model) -> bool:
    return (state.model_version, state.loader_version) == (model.version, LOADER_VERSION)


async def _guard(store: Store, adopt: bool) -> None:
    """A database without our Dataset node must be empty."""
    others = (await store.rows(versions.OTHERS))[0][0]
    if others and not adopt:
        raise ForeignDatabase(
            f"The database {store.engine.database!r} holds {others} nodes that no load of ours put there: "
            "name another database, or say --adopt to load beside them."
        )


class _Load:
    """One load under the lock."""

    def __init__(self, store: Store, dataset: Dataset, model: Model, lock: LoadLock, report: Report) -> None:
        self.store = store
        self.dataset = dataset
        self.model = model
        self.lock = lock
        self.report = report
        self.at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    async def run(self, types: Mapping[str, int], initial: bool) -> Summary:
        """Compare, write, and let readers have the new version."""
        self.report(Progress("comparing", 0, 0))
        there = await present(self.store, types)
        derivation = Derivation(self.dataset, self.model)
        mentions = {mention: thing.id for thing in self.dataset.things.values() for mention in thing.mentions}
        if initial and there.empty:
            return await self.fill(there, derivation, mentions)
        todo = difference(derivation.nodes(), derivation.relationships(), mentions, there)
        before = {**there.nodes, **there.links}
        writing = Writing(self.model, self.dataset.version, self.at, there)
        records = await records_before(self.store, self.model, todo, before)
        journal = entries(self.dataset, records, before, self.dataset.version, self.at)
        steps = self.counted(writing.statements(todo), journal, todo.size)
        with settled():
            if initial:
                await self.in_portions(steps, begun=bool(there.nodes))
            else:
                await self.in_one(steps, todo.size)
        return _summary(self.dataset, todo)

    async def fill(self, there: Present, derivation: Derivation, mentions: Mapping[str, str]) -> Summary:
        """All of it into a store that has nothing, made portion by portion: so the largest fits in memory."""
        things, links = self.dataset.things, self.dataset.links
        filling = Writing(self.model, self.dataset.version, self.at, there).filling(derivation, mentions)
        journal = entries(self.dataset, {}, {}, self.dataset.version, self.at)
        with settled():
            size = len(things) + len(links) + len(mentions)
            await self.in_portions(self.counted(filling, journal, size), begun=False)
        names = Counter(thing.kind for thing in things.values())
        names.update(link.type for link in links.values())
        return Summary(self.dataset.version, created=dict(sorted(names.items())))

    def counted(
        self, statements: Iterator[tuple[Statement, int]], journal: Iterator[Statement], total: int
    ) -> Iterator[Statement]:
        """All statements of the load; each that is asked for reports how far the ones before have come."""
        done = 0
        for statement, touched in statements:
            self.report(Progress("loading", done, total))
            yield statement
            done += touched
        yield from journal
        self.report(Progress("loading", total, total))

    async def in_one(self, steps: Iterator[Statement], size: int) -> None:
        """One transaction; what it holds is committed or, whatever happens, never seen."""
        if size > LARGEST:
            raise StoreError(
                f"{size} changes are too many for one transaction ({LARGEST} may be): "
                "load them into an empty database with --initial."
            )
        try:
            async with self.store.transaction() as transaction:
                for statement in steps:
                    await transaction.rows(statement)
                hold = await self.lock.last_steps()
                await self.announce()
                if not await transaction.rows(hold):
                    raise LoadInProgress(LOST)
                await transaction.rows(self.commit())
                self.report(Progress("committing", size, size))
                await transaction.commit()
        except BaseException:
            with suppress(StoreError):  # what failed says more than that the store is still gone
                await self.settle()
            raise
        await self.settle()

    async def in_portions(self, steps: Iterator[Statement], *, begun: bool) -> None:
        """A transaction for each portion, with the new version pending from the first to the last."""
        state = await self.store.dataset()
        if begun and (state is None or state.version is not None):
            raise StoreError("--initial is for an empty database, and this one has a dataset: leave it out.")
        await self.announce()
        for statement in steps:
            await self.store.rows(statement, write=True)
        await self.lock.last_steps()
        await self.store.rows(self.commit(), write=True)
        await self.settle()

    async def announce(self) -> None:
        """Make readers wait for the new version."""
        if not await self.store.rows(versions.announce(self.dataset.version, self.lock.holder), write=True):
            raise LoadInProgress(LOST)

    async def settle(self) -> None:
        """Let readers have what was committed."""
        await self.store.rows(versions.settle(self.lock.holder), write=True)

    def commit(self) -> Statement:
        """What the store says about the dataset from now on."""
        values = {
            "version": self.dataset.version,
            "modelVersion": self.model.version,
            "loaderVersion": LOADER_VERSION,
            "at": self.at,
            "counts": orjson.dumps(counts(self.dataset)).decode(),
            "fanOut": orjson.dumps(fan_out(self.dataset, self.model)).decode(),
        }
        return Statement(COMMIT, values)


def _summary(dataset: Dataset, todo: Difference) -> Summary:
    nodes, links = todo.nodes, todo.links
    return Summary(
        dataset.version,
        created=_by_name(nodes.created, links.created),
        changed=_by_name(nodes.changed, links.changed),
        removed=dict(sorted(Counter(_name(one) for one in (*nodes.removed, *links.removed)).items())),
        unchanged=nodes.unchanged + links.unchanged,
    )


def _by_name(nodes: Iterable[Node], links: Iterable[Relationship]) -> dict[str, int]:
    names = Counter([*(node.kind for node in nodes), *(link.type for link in links)])
    return dict(sorted(names.items()))


def _name(removed: str) -> str:
    """The kind of a removed thing or the type of a removed link, by its id."""
    if removed.startswith("link/"):
        return removed.rsplit("/", 2)[1].replace("-", "_").upper()
    return camel(removed.partition("/")[0])
