"""What the tests have from npm: one set of packages, installed once into build/node as the lock says."""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.house.layout import ROOT

HERE = Path(__file__).parent
INSTALLED = ROOT / "build" / "node"
SECONDS = 300

# Runs a script with its arguments, and gives what it prints.
Run = Callable[..., bytes]


class NodeNotToBeHad(Exception):
    """Node or npm is missing; the message is one line that says so."""


def run(*command: str | Path, directory: Path | None = None) -> bytes:
    """What a program prints; the test fails with its errors when it fails."""
    done = subprocess.run(command, cwd=directory, capture_output=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def script(path: Path, *arguments: str | Path) -> bytes:
    """What a script of ours prints, which finds the packages."""
    install()
    copied = INSTALLED / path.name  # a script finds packages beside itself or above, and nowhere else
    if not copied.is_file() or copied.read_bytes() != path.read_bytes():
        shutil.copy(path, copied)
    return run("node", copied, *arguments)


def install() -> None:
    """Install the packages, unless those of this lock are there; several runs take turns."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NodeNotToBeHad("Node and npm are not installed")
    lock = (HERE / "package-lock.json").read_bytes()
    wanted = hashlib.sha256(lock).hexdigest()
    INSTALLED.parent.mkdir(exist_ok=True)
    with open(INSTALLED.with_suffix(".lock"), "w", encoding="utf-8") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stamp = INSTALLED / "stamp"
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
            return
        shutil.rmtree(INSTALLED, ignore_errors=True)
        INSTALLED.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, INSTALLED)
        run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", directory=INSTALLED)
        stamp.write_text(wanted, encoding="utf-8")
