"""SPARQL 1.1, read-only: a copy of the dataset as triples, and the processes that answer queries over it."""
