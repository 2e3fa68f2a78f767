"""The command import: what it writes, what it says, and that it writes all or nothing."""

from pathlib import Path

import pytest

from graph.dataset import read
from ontology.model import reference
from tests.http.commands import Place, place
from tests.http.relaton_small import relaton
from tests.http.test_commands import sentence


@pytest.fixture
def here(tmp_path: Path) -> Place:
    """A place with a small dataset, and a folder of Relaton's records beside it."""
    records = tmp_path / "relaton"
    records.mkdir()
    (records / "first.yaml").write_text(relaton("Y.9001 (10/2003)", "2003-10-07"))
    (records / "second.yaml").write_text(
        relaton("Y.9001 (06/2019)", "2019-06-22", others=["Y.9001 (10/2003)"])
    )
    (records / "third.yaml").write_text("title: []\n")
    return place(tmp_path)


def test_what_is_imported_is_loaded_beside_what_is_there(here: Place, tmp_path: Path) -> None:
    made = tmp_path / "made"
    done = here.run("import", "relaton", str(tmp_path / "relaton"), "--output", str(made))
    assert done.returncode == 0, done
    assert (
        done.stderr
        == f"{tmp_path}/relaton/third.yaml cannot be read: it has no docidentifier of the type ITU\n"
    )
    assert done.stdout.splitlines() == [
        "2 records read, 1 record that cannot be read",
        f"Written to {made}: 1 recommendation, 2 recommendation-edition, 1 source, 1 study-group",
        "1 edition that took the place of another; 0 more left out, where both are there already",
        "no things there already, left as they are; "
        "left out: 0 values that the source has otherwise, 0 that only it has",
    ]
    both = read([here.datasets, made], reference())
    assert "organization/example" in both.things
    loaded = here.run("load", str(here.datasets), str(made))
    assert loaded.stdout.endswith(f"Dataset version {both.version}\n")


def test_a_second_import_has_nothing_new_and_the_first_is_not_written_over(
    here: Place, tmp_path: Path
) -> None:
    made, again = tmp_path / "made", tmp_path / "again"
    command = ("import", "relaton", str(tmp_path / "relaton"), "--beside", str(here.datasets))
    assert here.run(*command, "-o", str(made)).returncode == 0
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    refused = here.run(*command, "-o", str(made))
    assert "is there and not empty" in sentence(refused)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before
    second = here.run(*command, "--beside", str(made), "-o", str(again))
    assert "Nothing new, and so nothing written" in second.stdout
    assert not again.exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("missing.tar.xz", "is not there: name a file, a folder or a tar"),
        ("relaton/third.yaml", "There is no record that can be read"),
        ("broken.tar", "cannot be imported: it is neither a folder nor YAML nor a whole tar"),
    ],
)
def test_what_cannot_be_imported_is_named_and_leaves_nothing(
    here: Place, tmp_path: Path, source: str, said: str
) -> None:
    (tmp_path / "broken.tar").write_bytes(b"no tar")
    before = sorted(path.name for path in tmp_path.iterdir())
    done = here.run("import", "relaton", str(tmp_path / source), "-o", str(tmp_path / "made"))
    assert said in sentence(done)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_an_address_that_is_none_is_named(here: Place, tmp_path: Path) -> None:
    done = here.run(
        "import", "relaton", str(tmp_path / "relaton"), "-o", str(tmp_path / "made"), "--url", "a page"
    )
    assert "--url: 'a page' is no address" in sentence(done)
