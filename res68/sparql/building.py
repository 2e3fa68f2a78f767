"""The process that makes a copy: N-Triples on its standard input become a store in a directory."""

import sys

from pyoxigraph import NamedNode, RdfFormat, Store


def main() -> None:
    """Load what comes into one graph, or N-Quads into the graphs that they name; beside it files of Turtle,
    each followed by its graph."""
    directory, graph, *beside = sys.argv[1:]
    store = Store(directory)
    source = sys.stdin.buffer
    if graph:
        store.bulk_load(source, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
    else:
        store.bulk_load(source, RdfFormat.N_QUADS)
    for path, name in zip(beside[::2], beside[1::2], strict=True):
        store.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=NamedNode(name))
    store.flush()


if __name__ == "__main__":
    main()
