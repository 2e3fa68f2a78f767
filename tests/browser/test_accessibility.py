"""Every sort of page as axe-core sees it: WCAG 2.2 AA, light and dark, wide and narrow, in all languages."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from ontology.languages import LANGUAGES
from tests.browser.test_pages import wider_than_the_window
from tests.browser.watching import Opener
from tests.conftest import do_without

pytestmark = pytest.mark.browser

PACKAGE = Path(__file__).parent / "axe"
SECONDS = 180
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
THING = "/id/conclusion/CTO-2009-C6"
SORTS = {
    "home": "/",
    "thing with a long trace": THING,
    "thing with many links": "/id/study-group/SG13",
    "links of one field": "/id/study-group/SG13?links=recommendations",
    "disputed values": "/id/meeting/CTO-2009",
    "source": "/id/source/github.com/hn6zc3rgguvy",
    "lists": "/list",
    "list": "/list/conclusions?nature=call",
    "search": "/search?q=smart+grid",
    "SPARQL": "/sparql?query=SELECT+*+%7B+%3Cid%2Fmeeting%2FCTO-2009%3E+%3Fp+%3Fo+%7D",
    "dataset": "/dataset",
}
ENGLISH = {"ontology": "/ontology", "changes": "/changes"}
ABSENT = ("/no/such/page", "/list/conclusions?after=broken")
NARROW: ViewportSize = {"width": 360, "height": 740}
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program that runs in the page."""
    if shutil.which("npm") is None:
        required = os.environ.get("RES68_REQUIRE_BROWSER") == "1"
        do_without("a look at accessibility needs npm, which brings axe-core", required=required)
    directory = shutil.copytree(PACKAGE, tmp_path_factory.mktemp("axe") / "axe")
    subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock"],
        cwd=directory,
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return (directory / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


async def faults(page: Page, axe: str) -> list[tuple[str, str]]:
    """What a page does wrong: the rule, and the element."""
    await page.evaluate(axe)
    found: Any = await page.evaluate(
        "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(RULES)
    )
    return [(one["id"], node["html"][:200]) for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("path", (SORTS | ENGLISH).values(), ids=SORTS | ENGLISH)
async def test_a_page_has_no_fault_in_any_light_and_width(open_page: Opener, axe: str, path: str) -> None:
    page = await open_page(path, viewport=WIDE, color_scheme="light")
    assert await faults(page, axe) == []
    await page.emulate_media(color_scheme="dark")
    await page.set_viewport_size(NARROW)
    assert await faults(page, axe) == []
    assert not await wider_than_the_window(page)


@pytest.mark.parametrize("path", SORTS.values(), ids=SORTS)
async def test_a_page_in_arabic_has_no_fault(open_page: Opener, axe: str, path: str) -> None:
    page = await open_page(path, viewport=NARROW, locale="ar")
    assert await page.locator("html[dir=rtl]").count() == 1
    assert await faults(page, axe) == []
    assert not await wider_than_the_window(page)
    await page.set_viewport_size(WIDE)
    assert not await wider_than_the_window(page)


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one not in ("en", "ar")])
async def test_a_thing_has_no_fault_in_any_language(open_page: Opener, axe: str, language: str) -> None:
    page = await open_page(f"{THING}?lang={language}", viewport=NARROW)
    assert await faults(page, axe) == []
    assert not await wider_than_the_window(page)


@pytest.mark.parametrize("path", ABSENT)
async def test_a_page_that_is_not_there_has_no_fault(
    browser: Browser, address: str, axe: str, path: str
) -> None:
    for language in ("en", "ar"):
        page = await browser.new_page(viewport=NARROW, locale=language)
        await page.goto(f"{address}{path}")
        assert await page.get_by_role("heading", level=1).count() == 1
        assert await faults(page, axe) == []
        await page.close()


async def test_the_look_finds_what_is_wrong(open_page: Opener, axe: str) -> None:
    page = await open_page("/list")
    await page.evaluate("document.querySelector('h1').innerHTML = '<img src=/static/favicon.svg>'")
    assert ("image-alt", '<img src="/static/favicon.svg">') in await faults(page, axe)
