"""Objects that last are set aside from the garbage collector of Python while something long goes on.

The embedded engine lives in a Java machine inside the process, and each collection there asks for a whole one
here: with millions of objects that will not go away anyway, a load spends most of its time in them.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def settled() -> Iterator[None]:
    """Leave what there is now out of all collections for as long as the block lasts."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
