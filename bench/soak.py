"""A soak: clients ask a service on a Neo4j for minutes, while one new dataset after the other is loaded.

    python -m bench.soak --minutes 30

It ends with exit code 1 where an answer was not as it should be, or where the service kept growing.
"""

import argparse
import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from bench.service import ROOT, Service, environment, running
from bench.stores import NEO4J, Store, opened
from res68.gallery import gallery

CLIENTS = 8
TOPICS = 150  # fewer than a page holds
SECONDS_BETWEEN_LOADS = 5.0
SECONDS_BETWEEN_LOOKS = 2.0
SECONDS_AFTER = 5.0  # for so long after a load the store may still say that it was being replaced
MEGABYTES_A_MINUTE = 1.0
WARMING = 10.0  # minutes until the memory has to stay as it is
EDITION = '{ topics(filter: {note: {startsWith: "Edition "}}, first: 200) { totalCount nodes { note } } }'
PAGES = (
    "/",
    "/list/conclusions",
    "/doc/conclusion/CTO-2009-C6",
    "/doc/conclusion/CTO-2009-C6.ttl",
    "/dataset",
)


@dataclass
class Seen:
    """What the clients and the looks at the service saw. `memory`: minutes since the start, and megabytes."""

    versions: dict[str, int] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    loads: int = 0
    loaded: float = 0.0
    loading: bool = False

    def fault(self, what: str) -> None:
        """Something was not as it should be."""
        self.faults[what] += 1


def growth(memory: Sequence[tuple[float, float]], after: float) -> float:
    """By how many megabytes a minute the memory grew, as a straight line, from some minute on."""
    kept = [(minute, size) for minute, size in memory if minute >= after]
    middle = sum(minute for minute, _ in kept) / len(kept)
    mean = sum(size for _, size in kept) / len(kept)
    spread = sum((minute - middle) ** 2 for minute, _ in kept)
    return sum((minute - middle) * (size - mean) for minute, size in kept) / spread if spread else 0.0


def check(seen: Seen, body: Mapping[str, Any], *, edition: bool) -> None:
    """Whether an answer is of one version, which is one that was loaded."""
    version = body.get("extensions", {}).get("datasetVersion")
    if errors := body.get("errors"):
        code = str(errors[0]["extensions"]["code"])
        expected = code == "STORE_UNAVAILABLE" and (
            seen.loading or time.monotonic() - seen.loaded < SECONDS_AFTER
        )
        seen.answers[code] += 1
        if not expected:
            seen.fault(code)
    elif edition:
        found = {topic["note"] for topic in body["data"]["topics"]["nodes"]}
        number = seen.versions.get(version, seen.loads + 1)  # that of a load which has not said so yet
        if found != {f"Edition {number}"} or body["data"]["topics"]["totalCount"] != TOPICS:
            seen.fault(f"an answer of several versions: {sorted(found)} as {version}")
        seen.answers["edition"] += 1
    else:
        seen.answers["operation"] += 1


async def ask(client: httpx.AsyncClient, seen: Seen, until: float, random: Random) -> None:
    """Ask one thing after the other."""
    operations = [(one.query, dict(one.variables)) for one in gallery()]
    while time.monotonic() < until:
        try:
            match random.randrange(4):
                case 0:
                    answer = await client.get(random.choice(PAGES))
                    seen.answers[f"page {answer.status_code}"] += 1
                    if answer.status_code not in (200, 503):
                        seen.fault(f"page {answer.status_code}")
                case 1:
                    answer = await client.post("/graphql", json={"query": EDITION})
                    check(seen, answer.json(), edition=True)
                case _:
                    query, variables = random.choice(operations)
                    answer = await client.post("/graphql", json={"query": query, "variables": variables})
                    check(seen, answer.json(), edition=False)
        except httpx.TransportError as error:
            seen.fault(type(error).__name__)


def write(directory: Path, number: int) -> Path:
    """The records of an edition, in a directory of their own."""
    directory = directory / str(number)
    directory.mkdir()
    records = (
        f"- id: topic/edition-{one}\n  name: {{en: Topic {one}}}\n  note: Edition {number}\n"
        for one in range(TOPICS)
    )
    (directory / "topics.yaml").write_text("".join(records), encoding="utf-8")
    return directory


async def load(store: Store, directory: Path, number: int, seen: Seen) -> None:
    """Load an edition by the command, beside the reference dataset."""
    command = [sys.executable, "-m", "res68", "load", str(ROOT / "data"), str(write(directory, number))]
    seen.loading = True
    process = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment(store.settings), stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    found = re.search(rb"Dataset version (\S+)", said)
    if process.returncode or found is None:
        seen.fault("a load failed")
    else:
        seen.versions[found[1].decode()] = number
        seen.loads = number
    seen.loaded, seen.loading = time.monotonic(), False


async def keep_loading(store: Store, directory: Path, seen: Seen, until: float) -> None:
    """Load one edition after the other."""
    for number in count(seen.loads + 1):
        if time.monotonic() >= until:
            return
        await asyncio.sleep(SECONDS_BETWEEN_LOADS)
        await load(store, directory, number, seen)


async def look(service: Service, seen: Seen, began: float, until: float) -> None:
    """Look at the memory of the service."""
    while time.monotonic() < until:
        size = service.process.memory_info().rss / 2**20
        seen.memory.append(((time.monotonic() - began) / 60, size))
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)


async def soak(service: Service, store: Store, directory: Path, minutes: float, seen: Seen) -> None:
    """Everything at once, for so many minutes."""
    began = time.monotonic()
    until = began + minutes * 60
    address = service.client.base_url
    async with httpx.AsyncClient(base_url=address, timeout=60) as client, asyncio.TaskGroup() as all_of:
        for number in range(CLIENTS):
            all_of.create_task(ask(client, seen, until, Random(f"soak/{number}")))
        all_of.create_task(keep_loading(store, directory, seen, until))
        all_of.create_task(look(service, seen, began, until))


def run(minutes: float, report: Callable[[str], None]) -> Seen:
    """Start what is needed, soak it, and leave nothing behind."""
    seen = Seen()
    with TemporaryDirectory(prefix="res68-soak-") as name, opened(NEO4J, Path(name) / "store") as store:
        report("loading the reference dataset with the first edition")
        asyncio.run(load(store, Path(name), 1, seen))
        with running(store.settings, store.process) as service:
            report(f"{CLIENTS} clients ask for {minutes:g} minutes")
            asyncio.run(soak(service, store, Path(name), minutes, seen))
    return seen


def said(seen: Seen, minutes: float) -> tuple[str, bool]:
    """What came of it, and whether all is well."""
    after = min(WARMING, minutes / 3)
    grown = growth(seen.memory, after)
    lines = [
        f"{sum(seen.answers.values()):,} answers in {minutes:g} minutes, {seen.loads:,} datasets loaded",
        *(f"  {what}: {number:,}" for what, number in sorted(seen.answers.items())),
        f"memory: {seen.memory[-1][1]:.0f} MB, {grown:+.2f} MB a minute after {after:.1f} minutes",
        *(f"FAULT {what}: {number:,}" for what, number in sorted(seen.faults.items())),
    ]
    settled = minutes < WARMING or grown < MEGABYTES_A_MINUTE  # before that it says little
    if not settled:
        lines.append(f"FAULT it grew by more than {MEGABYTES_A_MINUTE} MB a minute")
    return "\n".join(lines), settled and not seen.faults and seen.answers["edition"] > 0


def main() -> int:
    """Run it; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    minutes = parser.parse_args().minutes
    text, well = said(run(minutes, lambda line: print(f"soak: {line}", file=sys.stderr, flush=True)), minutes)
    print(text)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
