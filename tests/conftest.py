# How tests get their engines:
#
# * Nothing is mocked. A test that needs a store gets a real one: the embedded engine in this process, or a
#   Neo4j that tests/engines starts on a free port with a home of its own. RES68_NEO4J_URI (with
#   RES68_NEO4J_USER, RES68_NEO4J_PASSWORD, RES68_NEO4J_DATABASE) names a server to use instead; tests leave
#   it alone unless it is empty or holds a dataset of ours.
# * Engines live as long as the run (session fixtures); what is in them belongs to the test that loads it,
#   and tests that load take turns. Data is empty unless a test loads some: who forgets it fails.
# * Where an engine is missing its tests skip with one line. RES68_REQUIRE_NEO4J=1,
#   RES68_REQUIRE_BROWSER=1 and RES68_REQUIRE_PEERS=1 (set in CI) turn that into a failure.
# * `make test` runs two processes side by side, each with engines of its own. The tests of one folder stay in
#   one of them, since they share what it has opened. Where the environment names a Neo4j there is only one.
# * All async fixtures and tests share one event loop, so a driver may live as long as its engine. The
#   browser is driven through Playwright's async interface for the same reason.
"""Fixtures that every test folder can ask for: a real Neo4j, the system's Chromium, packages of npm."""

import os
import secrets
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import PurePosixPath
from typing import NoReturn

import pytest
from playwright.async_api import Browser, async_playwright
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from tests.engines import chromium as the_chromium
from tests.engines.neo4j_for_tests import (
    NEO4J_5,
    NEO4J_2026,
    Neo4jAddress,
    Neo4jNotToBeHad,
    Release,
    running_neo4j,
)
from tests.node import packages

STATUS = pytest.StashKey[int]()
SEED = "RES68_TEST_SEED"
AT_ONCE = 2  # each process has a Java of its own, and a Neo4j beside it: some 3 GB of memory


def pytest_configure() -> None:
    """Choose what is random in this run, unless the environment names the seed of another; and take SIGINT
    also where a shell started the run in the background and ignores it, which the children would inherit."""
    os.environ.setdefault(SEED, str(secrets.randbelow(10**6)))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_report_header() -> str:
    """Say how to have the same run again."""
    return f"random documents of this run: {SEED}={os.environ[SEED]}"


def seed() -> int:
    """The seed of what is random in this run."""
    return int(os.environ[SEED])


class ByFolder(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
    """Gives the tests of a folder to one process, the folder of most tests first."""

    def _split_scope(self, nodeid: str) -> str:
        return str(PurePosixPath(nodeid.partition("::")[0]).parent)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """Share out by folder, however `--dist` would have it."""
    return ByFolder(config, log)


def pytest_xdist_auto_num_workers() -> int:
    """How many processes `-n auto` makes; none beside this one where all tests share one server."""
    return 0 if os.environ.get("RES68_NEO4J_URI") else AT_ONCE


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Remember how the run ends."""
    session.config.stash[STATUS] = int(exitstatus)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave at once where Java ran in this process: JPype crashes now and then when it takes Java down at
    the end of a process of many threads (jpype#1144), which would fail a run in which nothing failed."""
    jpype = sys.modules.get("jpype")
    if jpype is not None and jpype.isJVMStarted() and STATUS in config.stash:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(config.stash[STATUS])


@pytest.fixture(scope="session")
def neo4j_address() -> Iterator[Neo4jAddress]:
    """The Neo4j of this run: the one that the environment names, else one of our own."""
    if uri := os.environ.get("RES68_NEO4J_URI"):
        yield Neo4jAddress(
            uri,
            os.environ.get("RES68_NEO4J_USER"),
            os.environ.get("RES68_NEO4J_PASSWORD"),
            os.environ.get("RES68_NEO4J_DATABASE", "neo4j"),
        )
    else:
        yield from own_neo4j(NEO4J_5, required=os.environ.get("RES68_REQUIRE_NEO4J") == "1")


@pytest.fixture(scope="session")
def neo4j_uri(neo4j_address: Neo4jAddress) -> str:
    """The address of `neo4j_address`."""
    return neo4j_address.uri


@pytest.fixture(scope="session")
def neo4j_2026_address() -> Iterator[Neo4jAddress]:
    """A Neo4j of the yearly line, where a Java that runs it is found: for slow tests."""
    yield from own_neo4j(NEO4J_2026, required=False)


def own_neo4j(release: Release, *, required: bool) -> Iterator[Neo4jAddress]:
    """Run a Neo4j; skip, or fail when it is required, where this machine cannot."""
    try:
        with running_neo4j(release) as process:
            yield Neo4jAddress(process.uri)
    except Neo4jNotToBeHad as missing:
        do_without(str(missing), required=required)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's Chromium."""
    try:
        return the_chromium.chromium_path()
    except the_chromium.ChromiumNotToBeHad as missing:
        do_without(str(missing), required=os.environ.get("RES68_REQUIRE_BROWSER") == "1")


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A headless Chromium that can reach this machine only; take a page with `await browser.new_page()`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=list(the_chromium.ARGUMENTS), chromium_sandbox=False
        )
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def node() -> packages.Run:
    """Runs a script of ours over the packages of npm, which are installed before the first."""
    try:
        packages.install()
    except packages.NodeNotToBeHad as missing:
        do_without(str(missing), required=os.environ.get("RES68_REQUIRE_PEERS") == "1")
    return packages.script


def do_without(missing: str, *, required: bool) -> NoReturn:
    """Fail or skip with the one line that says what is missing."""
    if required:
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)
