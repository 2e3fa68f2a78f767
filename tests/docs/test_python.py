"""The programs of the pages run as they stand."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import pages
from tests.graph.small import SMALL
from tests.house.layout import ROOT
from tests.http.commands import SECONDS, Place, place

PROGRAMS = [(one.name, text) for one in pages() for text in one.of("python")]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place with a small dataset in its store."""
    found = place(tmp_path_factory.mktemp("python"), {"small.yaml": SMALL})
    assert found.run("load").returncode == 0
    return found


@pytest.mark.parametrize(("name", "text"), PROGRAMS)
def test_a_program_runs(loaded: Place, tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / "program.py"
    file.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(file)],
        cwd=ROOT,
        env=loaded.environment(PYTHONPATH=str(ROOT)),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), name
    assert done.stdout


def test_the_pages_have_a_program() -> None:
    assert PROGRAMS
