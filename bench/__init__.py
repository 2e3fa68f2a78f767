"""The benchmark: the same questions to both engines, on the real data and on many times as much."""
