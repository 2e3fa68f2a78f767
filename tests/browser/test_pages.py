"""The pages in a real browser: light and dark, wide and narrow, with and without JavaScript."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.watching import Opener

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}}
DESK = {"viewport": {"width": 1280, "height": 900}}
PATHS = ("/", "/id/conclusion/CTO-2009-C6", "/list/conclusions", "/ontology")

# The contrast of every text with what is behind it, by the formula of WCAG 2.
CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("main *, header *, footer *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!own || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const inDrawing = element.namespaceURI.endsWith("svg");
    const box = inDrawing && element.closest("svg").querySelector(".box");
    const ink = light(parts(inDrawing ? style.fill : style.color));
    const paper = light(inDrawing ? parts(getComputedStyle(box).fill) : behind(element));
    const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (ratio < 4.5) found.push([element.tagName, element.textContent.trim().slice(0, 40), ratio]);
  }
  return found;
}"""


async def wider_than_the_window(page: Page) -> bool:
    """Whether the page has to be moved sideways to be read."""
    found: Any = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return bool(found)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
async def test_a_page_fits_and_can_be_read(
    open_page: Opener, path: str, scheme: str, window: dict[str, Any]
) -> None:
    page = await open_page(path, color_scheme=scheme, **window)
    assert not await wider_than_the_window(page)
    assert await page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
async def test_one_drawing_of_the_trace_is_shown(open_page: Opener, window: dict[str, Any]) -> None:
    page = await open_page("/", **window)
    await expect(page.locator("svg.trace:visible")).to_have_count(1)


async def test_the_trace_is_a_table_too(open_page: Opener) -> None:
    page = await open_page("/", java_script_enabled=False)
    await page.get_by_text("The same as a table").click()
    await expect(page.get_by_role("table")).to_contain_text("stated by a source")


async def test_the_front_page_leads_to_an_answer_with_the_keyboard_alone(open_page: Opener) -> None:
    page = await open_page("/")
    await page.keyboard.press("Tab")
    await expect(page.locator(":focus")).to_have_text("Skip to the content")
    link = page.locator("#content .audiences a").first
    await link.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".result-window")).to_contain_text('"data"')


async def test_a_thing_leads_to_the_things_it_is_linked_to(open_page: Opener) -> None:
    page = await open_page("/id/conclusion/CTO-2009-C6")
    await page.get_by_role("definition").get_by_role("link", name="First CTO meeting").first.click()
    await expect(page).to_have_url(page.url)
    await expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/doc/meeting/CTO-2009")
