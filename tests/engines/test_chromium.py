"""The browser that the tests drive is the system's own, and it reaches nothing but this machine."""

import pytest
from playwright.async_api import Browser, Error

pytestmark = pytest.mark.browser


async def test_a_page_is_shown_and_read(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<h1>弥合标准化差距</h1>")
    assert await page.inner_text("h1") == "弥合标准化差距"
    await page.close()


async def test_no_name_but_this_machine_is_found(browser: Browser) -> None:
    page = await browser.new_page()
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        await page.goto("http://example.org/")
    await page.close()
