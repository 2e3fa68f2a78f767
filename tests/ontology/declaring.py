"""A folder of declarations made for one test: our own, with files added or changed."""

import shutil
from pathlib import Path

from ontology.model import ONTOLOGY, Model

FOLDERS = ("kinds", "links", "vocabularies")


def copied(folder: Path) -> Path:
    """A copy of our declarations."""
    for name in FOLDERS:
        shutil.copytree(ONTOLOGY / name, folder / name)
    return folder


def added(folder: Path, **files: str) -> Model:
    """Our model with these kinds added: one file a kind, in a folder of their own."""
    (folder / "kinds").mkdir(parents=True)
    for name, text in files.items():
        (folder / "kinds" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Model.load(ONTOLOGY, folder)
