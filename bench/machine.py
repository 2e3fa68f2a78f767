"""The machine and the versions that figures depend on; nothing that tells whose machine it is."""

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.engines.neo4j_for_tests import NEO4J_5

PACKAGES = ("arcadedb-embedded", "neo4j", "graphql-core", "uvicorn")
SYSTEM = ("/usr", "/usr/local")


def machine(*, own_neo4j: bool = True) -> dict[str, str]:
    """What the run runs on."""
    memory = round(psutil.virtual_memory().total / 2**30)
    facts = {
        "processor": f"{processor()}, {os.cpu_count()} cores, {memory} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": python(),
        "Neo4j": NEO4J_5.version if own_neo4j else "a server of its own",
    }
    return facts | {package: version(package) for package in PACKAGES}


def python() -> str:
    """The version of Python, and whether it is the one that a distribution or an image brings, which is
    optimised by a profile; one that was made from its source need not be."""
    own = sys.base_prefix in SYSTEM
    return f"{platform.python_version()} ({'of the system' if own else 'built by itself'})"


def processor() -> str:
    """The model of the processor, as far as the system says it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()
