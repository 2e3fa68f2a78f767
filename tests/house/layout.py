"""Where the project's files are: the root, the rooms, and what git tracks."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("ontology", "graph", "resolvers", "schema", "res68")


def tracked_files() -> list[Path]:
    """The files that git tracks and that are still there; what lies about untracked is its owner's affair."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
