"""The tables of the pages say what the code says: errors, limits, failures, reasons, numbers."""

import ast

import pytest

from graph.changes import CREATE_NODES
from graph.folding import KEPT
from graph.journal import CHANGES_A_NODE
from graph.load import LARGEST
from res68.running import YOUNG
from res68.settings import variables
from resolvers.limits import Limits
from resolvers.operation import PREFIXES, TEXT_TOGETHER
from schema.errors import CODES, TABLE
from tests.docs.pages import page
from tests.docs.sentences import sentences
from tests.house.layout import ROOT

IN_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight")


def test_the_table_of_errors_is_that_of_the_code() -> None:
    told = {
        row[0].strip("`"): int(row[1]) for row in page("docs/api.md").rows("Code", "HTTP status", "Meaning")
    }
    assert tuple(told) == CODES
    assert told == {outcome.code: outcome.status for _, outcome in TABLE}


def test_the_table_of_limits_is_that_of_the_code() -> None:
    told = {row[2].strip("`"): row[1] for row in page("docs/api.md").rows("Limit", "Default", "Setting")}
    limits = Limits()
    real = {
        name: f"{getattr(limits, field.removeprefix('limit_')):,.0f}"
        for name, field in variables().items()
        if field.startswith("limit_")
    }
    assert told == real


def test_every_sentence_of_a_failing_command_is_explained() -> None:
    told = [row[0] for row in page("docs/operating.md").rows("It says", "What to do")]
    assert sorted(one for one in sentences() if not any(one.startswith(row) for row in told)) == []


def test_every_sentence_that_is_explained_can_be_said() -> None:
    told = [row[0] for row in page("docs/operating.md").rows("It says", "What to do")]
    said = sentences()
    assert [row for row in told if not any(one.startswith(row) for one in said)] == []


def test_every_reason_of_not_being_ready_is_explained() -> None:
    tree = ast.parse((ROOT / "res68" / "health.py").read_text(encoding="utf-8"))
    (state,) = (node for node in ast.walk(tree) if getattr(node, "name", "") == "_state")
    returned = (node.value for node in ast.walk(state) if isinstance(node, ast.Return))
    reasons = {
        value.elts[0].value
        for value in returned
        if isinstance(value, ast.Tuple) and isinstance(value.elts[0], ast.Constant) and value.elts[0].value
    }
    head = ("Reason that `ready` gives", "What it means", "What to do")
    assert {row[0].strip("`") for row in page("docs/operating.md").rows(*head)} == reasons


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("0003-stored-sort-keys", f"{KEPT} characters"),
        ("0004-load-the-difference", f"{LARGEST:,} changes"),
        ("0013-journal-in-the-store", f"{CHANGES_A_NODE} changes"),
        ("0014-one-statement-an-operation", f"up to {IN_WORDS[len(PREFIXES)]} root fields"),
        ("0014-one-statement-an-operation", f"{TEXT_TOGETHER:,} characters"),
        ("0021-answers-are-compiled", f"every {YOUNG:,} instead"),
    ],
)
def test_a_number_in_a_decision_is_that_of_the_code(name: str, said: str) -> None:
    assert said in " ".join(page(f"docs/decisions/{name}.md").text.split())


def test_nodes_are_created_and_never_merged() -> None:
    """What decision 0004 says."""
    assert "CREATE (" in CREATE_NODES
    assert [
        path.name for path in (ROOT / "graph").glob("*.py") if "MERGE (" in path.read_text(encoding="utf-8")
    ] == []
