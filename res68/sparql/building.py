"""The process that makes a copy: N-Triples on its standard input become a store in a directory."""

import sys

from pyoxigraph import NamedNode, RdfFormat, Store


def main() -> None:
    """Load what comes into one graph, or N-Quads into the graphs that they name."""
    directory, graph = sys.argv[1], sys.argv[2]
    store = Store(directory)
    source = sys.stdin.buffer
    if graph:
        store.bulk_load(source, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
    else:
        store.bulk_load(source, RdfFormat.N_QUADS)
    store.flush()


if __name__ == "__main__":
    main()
