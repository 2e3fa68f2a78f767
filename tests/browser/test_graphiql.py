"""GraphiQL in a real browser: the gallery fills the editor, and the answer appears beside it."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from res68.gallery import OPENING, gallery
from tests.browser.watching import Opener

pytestmark = pytest.mark.browser

EXAMPLE = gallery()[0]


async def answer(page: Page) -> Any:
    """What the page shows as the answer, once it is there."""
    window = page.locator(".result-window")
    await expect(window).to_contain_text('"data"')
    shown = await page.evaluate("document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()")
    return json.loads(shown)


async def written(page: Page, editor: str) -> str:
    """What stands in one of the editors."""
    text = await page.evaluate(f"document.querySelector('{editor} .CodeMirror').CodeMirror.getValue()")
    assert isinstance(text, str)
    return text


async def test_an_example_that_is_chosen_is_answered(open_page: Opener) -> None:
    page = await open_page("/graphql")
    await page.get_by_role("link", name=EXAMPLE.title).click()
    found = await answer(page)
    assert found["data"]["conclusion"]["trace"]["paths"]
    assert found["extensions"]["datasetVersion"]
    assert await written(page, ".graphiql-query-editor") == EXAMPLE.query
    assert json.loads(await written(page, ".graphiql-editor-tool")) == EXAMPLE.variables
    assert page.url.endswith(f"/graphql?operation={OPENING}")


async def test_a_link_to_an_example_opens_it_with_its_answer(open_page: Opener) -> None:
    other = gallery()[-1]
    page = await open_page(f"/graphql?operation={other.name}")
    assert (await answer(page))["data"]
    assert await written(page, ".graphiql-query-editor") == other.query


async def test_a_thing_opens_with_its_query_and_its_answer(open_page: Opener) -> None:
    page = await open_page("/graphql?thing=conclusion/CTO-2009-C6")
    found = await answer(page)
    assert found["data"]["conclusion"]["number"] == "C6"
    assert json.loads(await written(page, ".graphiql-editor-tool")) == {"id": "conclusion/CTO-2009-C6"}


async def test_the_keyboard_is_enough(open_page: Opener) -> None:
    page = await open_page("/graphql")
    link = page.get_by_role("link", name=EXAMPLE.title)
    await link.focus()
    await page.keyboard.press("Enter")
    assert (await answer(page))["data"]


async def test_what_somebody_wrote_stays_in_a_tab_of_its_own(open_page: Opener) -> None:
    page = await open_page("/graphql")
    await page.locator(".graphiql-query-editor .CodeMirror").click()
    await page.keyboard.press("Control+A")
    await page.keyboard.insert_text("query Mine { dataset { version } }")
    await expect(page.locator(".graphiql-query-editor")).to_contain_text("Mine")
    await page.wait_for_timeout(300)  # GraphiQL keeps what is written a moment after the last key
    await page.get_by_role("link", name=EXAMPLE.title).click()
    await answer(page)
    await page.get_by_role("tab").first.click()
    assert "query Mine" in await written(page, ".graphiql-query-editor")


async def test_the_documentation_and_the_explorer_open(open_page: Opener) -> None:
    page = await open_page("/graphql")
    await page.get_by_label("Show Documentation Explorer").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("Query")
    await page.get_by_label("Show GraphiQL Explorer").click()
    await expect(page.locator(".graphiql-explorer-root")).to_contain_text("conclusions")


async def test_the_dialogs_open(open_page: Opener) -> None:
    page = await open_page("/graphql")
    for label in ("Open settings dialog", "Open short keys dialog"):
        await page.get_by_label(label).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        await page.keyboard.press("Escape")


async def test_without_javascript_the_examples_can_be_read(open_page: Opener) -> None:
    page = await open_page(f"/graphql?operation={EXAMPLE.name}", java_script_enabled=False)
    await expect(page.locator("details[open] summary")).to_have_text(EXAMPLE.title)
    await expect(page.locator("details[open]")).to_contain_text("query")
