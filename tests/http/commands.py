"""The commands as a user runs them: a process with a data directory and a small dataset of its own."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from tests.house.layout import ROOT

SECONDS = 120
RECORDS = """\
- id: organization/example
  name: {en: Example Telecom}
  organizationType: company
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command runs: what its environment says beside the usual."""

    data_dir: Path
    datasets: Path

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of a command, without settings of the one who runs the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RES68_")}
        own = {"RES68_DATA_DIR": str(self.data_dir), "RES68_DATASETS": str(self.datasets), "RES68_PORT": "0"}
        return {**kept, **own, **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "res68", *arguments],
            cwd=ROOT,
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    @contextmanager
    def serving(self, **more: str) -> Iterator["Serving"]:
        """The command serve, from its start; killed at the end if it still runs."""
        with TemporaryFile("w+") as log:  # a pipe that nobody reads would hold the service up once it is full
            process = subprocess.Popen(
                [sys.executable, "-m", "res68", "serve"],
                cwd=ROOT,
                env=self.environment(**more),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            try:
                yield Serving(process, log)
            finally:
                process.kill()
                process.communicate()


@dataclass(frozen=True, slots=True)
class Serving:
    """A service in a process of its own."""

    process: subprocess.Popen[str]
    log: IO[str]

    def address(self) -> str:
        """Where it serves, once it says that it is ready."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, f"{line!r} {self.process.communicate()} {self.said()}"
        return found[0]

    def end(self, by: signal.Signals) -> tuple[int, str]:
        """End it by a signal: its exit code, and what it said on stderr."""
        self.process.send_signal(by)
        self.process.communicate(timeout=SECONDS)
        return self.process.returncode, self.said()

    def said(self) -> str:
        """What it said on stderr until now."""
        self.log.seek(0)
        return self.log.read()

    def after(self, seconds: float) -> "Serving":
        """The same a moment later."""
        time.sleep(seconds)
        return self


def place(directory: Path, files: Mapping[str, str] | None = None) -> Place:
    """A place with a dataset of these files, else with one small record."""
    datasets = directory / "dataset"
    datasets.mkdir()
    for name, text in (files or {"organizations.yaml": RECORDS}).items():
        (datasets / name).write_text(text, encoding="utf-8")
    return Place(directory / "res68", datasets)
