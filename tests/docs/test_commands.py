"""Every command of the pages exists and takes what the page gives it; the first one is run."""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

import pytest
import typer.main

from res68.commands import app
from res68.failures import FAILED, INTERRUPTED, MISUSED
from res68.settings import OF_THE_TESTS, read_settings, variables
from tests.docs.pages import Page, page, pages
from tests.house.containers import compose
from tests.house.layout import ROOT

TARGETS = set(re.findall(r"^([a-z.-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
PROGRAM = "python -m res68"
SERVICE = f"{read_settings({}).address}/"
SECONDS = 240  # after which a service that is not ready never will be
ASSIGNMENT = re.compile(r"[A-Z0-9_]+=.*")
OURS = re.compile(rf"(?:make|{re.escape(PROGRAM)}|docker compose) \S.*")
LINES = [
    (one.name, line)
    for one in pages()
    for block in one.of("sh")
    for line in block.splitlines()
    if line and not line.startswith("#")
]
INLINE = [(one.name, code) for one in pages() for code in one.codes if OURS.fullmatch(code)]


def words_of(line: str) -> list[str]:
    """The words of a command without what is set before it and where its output goes."""
    words = shlex.split(line.partition(" > ")[0])
    while words and ASSIGNMENT.fullmatch(words[0]):
        words.pop(0)
    return words


def check_make(words: list[str]) -> None:
    """Only targets that there are, beside variables."""
    asked = [word for word in words if not ASSIGNMENT.fullmatch(word)]
    assert asked
    assert set(asked) <= TARGETS


def check_program(words: list[str]) -> None:
    """A command with arguments and options that it takes; it is not run."""
    command = typer.main.get_command(app)
    known = command.commands  # type: ignore[attr-defined] # several commands make a group
    assert words[0] in known
    known[words[0]].make_context(words[0], [*words[1:]])


def check_compose(words: list[str]) -> None:
    """A service, where one is named, is one of the file."""
    assert words[0] in {"up", "logs", "down", "ps"}
    assert {word for word in words[1:] if not word.startswith("-")} <= compose()["services"].keys()


def check_pyshacl(words: list[str]) -> None:
    """Run on nothing, which the shapes find nothing wrong with."""
    empty = ["/dev/null" if word.endswith(".nt") else word for word in words]
    command = [sys.executable, "-m", "pyshacl", *empty, "--data-file-format", "nt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (done.returncode, "Conforms: True" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize(("name", "line"), [*LINES, *INLINE])
def test_a_command_exists(name: str, line: str) -> None:
    match words_of(line):
        case ["make", *rest]:
            check_make(rest)
        case ["python", "-m", "res68", *rest]:
            check_program(rest)
        case ["docker", "compose", *rest]:
            check_compose(rest)
        case [".venv/bin/pyshacl", *rest]:
            check_pyshacl(rest)
        case ["curl", *_, address]:
            assert address.startswith(SERVICE)  # tests/http does what the command does
        case ["export", *rest]:
            assert {word.partition("=")[0] for word in rest} <= variables().keys()
        case _:
            pytest.fail(f"{name} has a command that no test knows: {line}")


@pytest.mark.parametrize("one", pages(), ids=lambda one: str(one.name))
def test_every_setting_that_is_named_exists(one: Page) -> None:
    named = set(re.findall(r"\bRES68_[A-Z0-9_]*[A-Z0-9]", one.text))
    assert named <= {*variables(), *OF_THE_TESTS}


def test_every_command_of_make_is_told() -> None:
    told = {
        word
        for row in page("CONTRIBUTING.md").rows("Command", "When")
        for word in row[0].strip("`").split()[1:]
    }
    assert told == TARGETS - {"help", ".venv"}


def test_every_command_is_told_to_the_operator() -> None:
    rows = page("docs/operating.md").rows("Command", "What it does")
    told = {code.split()[0] for row in rows for code in re.findall(r"`([^`]+)`", row[0])}
    assert told == typer.main.get_command(app).commands.keys()  # type: ignore[attr-defined] # as above


def test_the_exit_codes_are_those_of_the_code() -> None:
    told = [int(row[0]) for row in page("docs/operating.md").rows("Exit code", "Meaning")]
    assert told == [0, FAILED, MISUSED, INTERRUPTED]


def test_the_readme_has_the_two_commands() -> None:
    assert page("README.md").of("sh") == ["make serve\nmake test\n"]


def up_to_date() -> bool:
    """Whether make would use the environment that is there, and not make another."""
    asked = subprocess.run(["make", "--question", ".venv/.stamp"], cwd=ROOT, capture_output=True, check=False)
    return asked.returncode == 0


@pytest.mark.skipif(os.name != "posix" or shutil.which("make") is None, reason="make is not installed")
def test_make_serve_serves_until_ctrl_c(tmp_path: Path) -> None:
    if not up_to_date():
        pytest.skip("the environment is older than the lock: make serve would make it anew")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("RES68_", "MAKE", "MFLAGS"))
    }
    process = subprocess.Popen(
        ["make", "serve"],
        cwd=ROOT,
        env={**kept, "RES68_PORT": "0", "RES68_DATA_DIR": str(tmp_path / "res68")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # so that all of them can be given Ctrl-C, as a terminal does
    )
    watchdog = threading.Timer(SECONDS, os.killpg, (process.pid, signal.SIGKILL))
    watchdog.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert address, f"{line!r} {process.communicate()}"
        with urllib.request.urlopen(f"{address[0]}/health/ready") as answer:
            assert answer.status == 200
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert "Traceback" not in errors
    finally:
        watchdog.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def test_make_test_runs_what_the_page_says() -> None:
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ntest: ")[2].partition("\n\n")[0]
    assert all(
        tool in recipe for tool in ("ruff format --check", "ruff check", "mypy", "lint-imports", "pytest")
    )
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
