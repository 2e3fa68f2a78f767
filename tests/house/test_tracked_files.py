"""What is handed on says nothing about the machine it was written on, and carries no litter."""

import re

from tests.house.layout import ROOT, tracked_files

# Paths under home directories, temporary folders and work trees; a file may speak of /tmp as such.
MACHINE_PATH = re.compile(
    r"(?<![\w.:/-])/(?:root|work|home/[a-z]\w*|Users/\w+|tmp/[\w.-]*\w|private/var)(?=/|\b)[\w/]*"
)
PYTHON_WORD = re.compile(r"breakpoint\(\)|^<<<<<<< |^>>>>>>> ", re.MULTILINE)
NOT_OURS = ROOT / "res68" / "static" / "graphiql"
BIGGEST = 5_000_000


def our_texts() -> list[tuple[str, str]]:
    """Our own text files: name and content."""
    files = [
        file
        for file in tracked_files()
        if NOT_OURS not in file.parents and file.suffix not in {".png", ".ico"}
    ]
    return [
        (str(file.relative_to(ROOT)), file.read_text(encoding="utf-8", errors="replace")) for file in files
    ]


def test_no_file_names_a_path_of_one_machine() -> None:
    found = {
        name: MACHINE_PATH.findall(text)
        for name, text in our_texts()
        if name != "tests/house/test_tracked_files.py"
    }
    assert {name: paths for name, paths in found.items() if paths} == {}


def test_the_search_for_paths_finds_them() -> None:
    texts = ("see /home/ann/notes", "in /root/x", "(/tmp/abc/d)", "/work/main", "/Users/ann/x")
    assert all(MACHINE_PATH.search(text) for text in texts)
    assert not any(
        MACHINE_PATH.search(text) for text in ("http://127.0.0.1/home/", "a/work/b", "/homepage", "/workshop")
    )


def test_no_file_has_traces_of_a_merge_or_a_debugger() -> None:
    assert [
        name
        for name, text in our_texts()
        if PYTHON_WORD.search(text) and not name.endswith("test_tracked_files.py")
    ] == []


def test_no_file_is_larger_than_a_clone_should_carry() -> None:
    assert [str(file.relative_to(ROOT)) for file in tracked_files() if file.stat().st_size > BIGGEST] == []
