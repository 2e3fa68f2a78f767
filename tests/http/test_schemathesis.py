"""Schemathesis asks every field of Query with arguments of its own making, and finds no failure of ours."""

import asyncio
import re
import sys
from pathlib import Path

import httpx
import pytest

PROGRAM = Path(sys.executable).with_name("schemathesis")
SECONDS = 900
OPTIONS = ("--checks", "not_a_server_error", "--phases", "fuzzing", "--max-examples", "3", "--no-color")


@pytest.mark.slow
async def test_no_generated_operation_fails(client: httpx.AsyncClient, tmp_path: Path) -> None:
    address = f"{client.base_url}/graphql"
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "run", address, *OPTIONS,
        cwd=tmp_path, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    said = output.decode()
    assert process.returncode == 0, said[-5_000:]
    tested = re.search(r"Tested: (\d+)", said)
    assert tested
    assert int(tested[1]) > 80
