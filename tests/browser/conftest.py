# The service runs as a user starts it: `python -m res68 serve` in a process of its own, with the reference
# dataset in a data directory of its own. Pages are opened in the system's Chromium, which reaches this
# machine only; `watched` keeps what a page asks for and complains about, and every test ends with neither.
"""Fixtures: the service in a process of its own, and pages that are watched."""

from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, Page

from tests.browser.watching import Opener, Watched
from tests.house.layout import ROOT
from tests.http.commands import Place


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the service is, once it is ready."""
    place = Place(tmp_path_factory.mktemp("res68"), ROOT / "data")
    with place.serving() as service:
        yield service.address()


@pytest.fixture
async def open_page(browser: Browser, address: str) -> AsyncIterator[Opener]:
    """Opens a path of the service; at the end no page has left this machine or complained."""
    watched = Watched()
    contexts = []

    async def opened(path: str, **options: object) -> Page:
        context = await browser.new_context(**options)  # type: ignore[arg-type] # options of many types
        contexts.append(context)
        page = await context.new_page()
        watched.watch(page)
        await page.goto(f"{address}{path}")
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert watched.outside == []
    assert watched.complaints == []
