"""How a command fails: one clear sentence, or the list of what is wrong in the data, and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the failures that a user can do something about into words; others keep their traceback."""
    from graph.errors import DataProblems, StoreError
    from ontology.errors import ModelError
    from res68.settings import SettingsError

    try:
        yield
    except SettingsError as error:
        fail(str(error), MISUSED)
    except DataProblems as error:
        found = in_words(len(error.problems) + error.more, "problem")
        fail(f"{error}\nThe datasets have {found}; nothing was loaded.")
    except ModelError as error:
        fail(f"{error}\nThe declarations in ontology/ have {in_words(len(error.faults), 'problem')}.")
    except (StoreError, Failure) as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


class Failure(Exception):
    """A command cannot be carried out; the message says why, and what would do."""


def fail(message: str, code: int = FAILED) -> None:
    """Say it on stderr and end with the code."""
    print(message, file=sys.stderr)
    raise typer.Exit(code) from None


def in_words(number: int, what: str) -> str:
    """A number of things: no warnings, 1 warning, 2,000 warnings."""
    return f"{number:,} {what}{'' if number == 1 else 's'}" if number else f"no {what}s"
