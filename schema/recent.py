"""What was used last: a cache that is bounded in number and in weight, and that counts its hits."""

from collections import OrderedDict
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The values that were used last: at most `size` of them, which weigh at most `weight` together.

    `hits`, `misses` and `evictions` count since it was made; emptying it is no eviction.
    """

    def __init__(self, size: int, weight: int | None = None) -> None:
        self._size = size
        self._most = weight
        self._weight = 0
        self._kept: OrderedDict[K, tuple[V, int]] = OrderedDict()
        self.hits = 0
        self.misses = 0
        self.evictions = 0

    def get(self, key: K) -> V | None:
        """The value, which counts as used now."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: K, value: V, weight: int = 1) -> None:
        """Keep a value; those that were not used longest make room."""
        self._drop(key)
        self._kept[key] = value, weight
        self._weight += weight
        while len(self._kept) > self._size or (self._most is not None and self._weight > self._most):
            self._drop(next(iter(self._kept)))
            self.evictions += 1

    def clear(self) -> None:
        """Forget all values."""
        self._kept.clear()
        self._weight = 0

    def _drop(self, key: K) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._weight -= found[1]

    def __len__(self) -> int:
        return len(self._kept)
