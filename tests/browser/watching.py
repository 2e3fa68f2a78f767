"""Pages that are watched: what they ask for outside this machine, and what they complain about."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Page


@dataclass(frozen=True, slots=True)
class Watched:
    """What a page asked for outside this machine, and what it complained about."""

    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Keep what this page does."""
        page.on("request", lambda request: self.asked(request.url))
        page.on("console", lambda said: self.said(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def asked(self, url: str) -> None:
        """Note a request that leaves this machine."""
        if urlsplit(url).scheme != "data" and urlsplit(url).hostname != "127.0.0.1":
            self.outside.append(url)

    def said(self, kind: str, text: str) -> None:
        """Note an error or a warning, such as a violation of the content security policy."""
        if kind in ("error", "warning"):
            self.complaints.append(text)


Opener = Callable[..., Coroutine[object, object, Page]]
