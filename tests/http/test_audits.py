"""GraphQL over HTTP as its own audit suite sees it: every audit green."""

import asyncio
import shutil
from pathlib import Path

import httpx
import orjson
import pytest

AUDITS = Path(__file__).parent / "audits"
SECONDS = 180


async def run(*command: str, directory: Path) -> bytes:
    """What a program prints; the test fails with its errors when it fails."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=directory, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    output, errors = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 0, errors.decode()
    return output


@pytest.mark.slow
async def test_every_audit_is_green(client: httpx.AsyncClient, tmp_path: Path) -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("the audits of GraphQL over HTTP need Node and npm")
    directory = Path(shutil.copytree(AUDITS, tmp_path / "audits"))
    await run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", directory=directory)
    output = await run("node", "audits.mjs", f"{client.base_url}/graphql", directory=directory)
    results = orjson.loads(output)
    assert len(results) >= 61
    assert [result for result in results if result["status"] != "ok"] == []
