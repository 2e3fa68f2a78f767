"""The embedded engine keeps to its directory, to this machine and to its owner."""

import json
import os
import socket
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from graph.embedded import EmbeddedEngine
from graph.errors import StoreHeld, StoreUnavailable
from graph.holding import Holding
from graph.statement import Statement
from graph.store import Store

ROOT = Path(__file__).parents[2]


def python(text: str, *arguments: object, directory: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program in a process of its own that can import the project."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text), *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=directory or ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


START = """
    import asyncio, sys
    from pathlib import Path
    from graph.embedded import EmbeddedEngine
    from graph.errors import StoreError
    async def main():
        engine = EmbeddedEngine(Path(sys.argv[1]), heap="256m")
        try:
            await engine.start()
        except StoreError as error:
            sys.exit(f"{type(error).__name__}: {error}")
        print(engine.database)
        END
    asyncio.run(main())
"""


def test_it_says_nothing_and_leaves_nothing_outside_its_directory(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    done = python(START.replace("END", "await engine.stop()"), tmp_path / "store", directory=here)
    assert (done.stdout, done.stderr, done.returncode) == ("res68\n", "", 0)
    assert list(here.iterdir()) == []
    assert {path.name for path in (tmp_path / "store").iterdir()} == {"held", "address.json", "engine", "log"}


@pytest.mark.parametrize(("end", "status"), [("pass", 0), ("sys.exit(3)", 3), ("raise ZeroDivisionError", 1)])
def test_a_process_that_does_not_stop_it_ends_all_the_same(tmp_path: Path, end: str, status: int) -> None:
    assert python(START.replace("END", end), tmp_path / "store").returncode == status


async def test_the_password_is_for_the_owner_and_stays(tmp_path: Path) -> None:
    engine, file = EmbeddedEngine(tmp_path / "store"), tmp_path / "store" / "address.json"
    await engine.start()
    first = json.loads(file.read_text(encoding="utf-8"))
    await engine.stop()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
    await engine.start()
    assert json.loads(file.read_text(encoding="utf-8"))["password"] == first["password"]
    await engine.stop()


async def test_a_lost_password_is_replaced_and_the_data_stay(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "store")
    await engine.start()
    await Store(engine).rows(Statement("CREATE (:Kept {id: 'x'})"), write=True)
    await engine.stop()
    (tmp_path / "store" / "address.json").write_text("{", encoding="utf-8")
    await engine.start()
    assert await Store(engine).rows(Statement("MATCH (k:Kept) RETURN k.id")) == [("x",)]
    await engine.stop()


async def test_nothing_but_bolt_listens_and_only_on_this_machine(tmp_path: Path) -> None:
    program = """
        import psutil
        own = [one for one in psutil.Process().net_connections() if one.status == "LISTEN"]
        print([one.laddr.ip for one in own])
        await engine.stop()
    """
    done = python(
        START.replace("        END", textwrap.indent(textwrap.dedent(program), "        ")), tmp_path / "s"
    )
    assert done.stdout.splitlines()[1] in ("['127.0.0.1']", "['::ffff:127.0.0.1']"), done.stderr


async def test_a_directory_held_by_another_process_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    holding = Holding(tmp_path / "store")
    await holding.take()
    done = python(START.replace("END", "pass"), tmp_path / "store")
    assert done.returncode == 1
    assert done.stderr == (
        f"StoreHeld: Another process has the data directory {tmp_path / 'store'} open: "
        "stop it, or name another directory in RES68_DATA_DIR.\n"
    )
    holding.release()
    holding.release()


async def test_a_directory_is_let_go_when_its_process_is_killed(tmp_path: Path) -> None:
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert python(START.replace("END", kill), tmp_path / "store").returncode < 0
    engine = EmbeddedEngine(tmp_path / "store")
    await engine.start()
    await engine.stop()


async def test_one_process_does_not_open_a_directory_twice(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "store")
    await engine.start()
    with pytest.raises(StoreHeld):
        await EmbeddedEngine(tmp_path / "store").start()
    await engine.stop()


async def test_a_directory_that_cannot_be_one_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(
        StoreUnavailable, match=r"file/store cannot be used \(Not a directory\): make it readable"
    ):
        await EmbeddedEngine(tmp_path / "file" / "store").start()


async def test_a_database_that_is_broken_is_told_in_one_sentence(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "store")
    await engine.start()
    await engine.stop()
    configuration = tmp_path / "store" / "engine" / "databases" / "res68" / "configuration.json"
    configuration.write_text("garbage", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="could not be opened"):
        await engine.start()


def test_the_port_is_free_again_when_it_has_stopped(tmp_path: Path) -> None:
    done = python(
        START.replace("END", "print(engine.driver._pool.address[1]); await engine.stop()"), tmp_path / "s"
    )
    port = int(done.stdout.splitlines()[1])
    with socket.socket() as taken:
        # Connections that were closed may linger; a listener would still be in the way.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
