"""What can go wrong with the store and with the data that go into it.

* StoreError
  * StoreUnavailable: the store does not answer, or has no dataset that can be read now
  * StoreTimeout: a statement took longer than it may
  * StoreHeld: another process has the data directory open
  * ForeignDatabase: the database holds data that no load of ours put there
  * LoadInProgress: another load holds the load lock
* DataProblems: the data files cannot be loaded
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.problems import Problem


class StoreError(Exception):
    """Something about the store; the message is one sentence that can be shown to its owner."""


class StoreUnavailable(StoreError):
    """The store does not answer, or has no dataset that can be read now."""


class StoreTimeout(StoreError):
    """A statement took longer than it may."""


class StoreHeld(StoreError):
    """Another process has the data directory open."""


class ForeignDatabase(StoreError):
    """The database holds data that no load of ours put there."""


class LoadInProgress(StoreError):
    """Another load holds the load lock."""


class DataProblems(Exception):
    """The data files cannot be loaded; `problems` says what is wrong, `more` how many are not listed."""

    def __init__(self, problems: Sequence["Problem"], more: int = 0) -> None:
        self.problems = tuple(problems)
        self.more = more
        lines = [str(problem) for problem in self.problems]
        super().__init__("\n".join([*lines, f"and {more} more"] if more else lines))
