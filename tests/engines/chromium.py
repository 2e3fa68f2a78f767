"""The system's Chromium: where it is, and how tests start it so that it can reach this machine only."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Every name but this machine's own leads nowhere: a page that asks for something outside fails to get it.
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


class ChromiumNotToBeHad(Exception):
    """No Chromium was found; the message is one line that says what to do."""


def chromium_path() -> str:
    """The program named by RES68_CHROMIUM, else the first of the usual names on the path."""
    if named := os.environ.get("RES68_CHROMIUM"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise ChromiumNotToBeHad("no Chromium was found: install it, or name it in RES68_CHROMIUM")
