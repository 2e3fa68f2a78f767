"""A worker: a process that has the copy open to read, and answers one query after the other.

It speaks with the service over its standard input and output: a line of JSON in, a line of JSON out and as
many bytes as that line says. It has no way of its own to end a query that takes too long: it is ended.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from res68.sparql.tables import LAYOUTS, Answer, Bounds, table

BREATH = 2  # seconds of computing beyond the limit, after which the system ends a worker nobody ends
MAX_DETAIL = 2_000


def main() -> None:
    """Answer until the input ends."""
    directory, memory = sys.argv[1], int(sys.argv[2])
    limit("RLIMIT_CORE", 0)
    limit("RLIMIT_AS", memory)
    store = Store.read_only(directory)
    send(sys.stdout.buffer, {"outcome": "ready", "length": 0}, b"")
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        limit("RLIMIT_CPU", seconds_used() + int(asked["seconds"]) + BREATH, soft=True)
        head, body = answer(store, asked)
        send(sys.stdout.buffer, {**head, "length": len(body), "peak": peak()}, body)


def send(out: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    """Write one answer."""
    out.write(json.dumps(head).encode() + b"\n" + body)
    out.flush()


def answer(store: Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """What a query gives: how it went, and the body of the answer."""
    try:
        found = store.query(
            asked["query"],
            base_iri=asked["base"],
            default_graph=[NamedNode(one) for one in asked["default"]],
            named_graphs=[NamedNode(one) for one in asked["named"]],
        )
        match found:
            case QuerySolutions():
                family = "table"
            case QueryBoolean():
                family = "boolean"
            case _:
                family = "graph"
        if asked[family] is None:
            return {"outcome": "unacceptable", "family": family}, b""
        made = written(found, asked[family], asked)
    except SyntaxError as error:
        return {"outcome": "malformed", "detail": str(error)[:MAX_DETAIL]}, b""
    except MemoryError:
        return {"outcome": "too costly"}, b""
    except (RuntimeError, ValueError) as error:
        return {"outcome": "failed", "detail": str(error)[:MAX_DETAIL]}, b""
    except OSError as error:
        return {"outcome": "broken", "detail": str(error)[:MAX_DETAIL]}, b""
    head = {"outcome": "answered", "family": family, "type": asked[family]}
    return {**head, "rows": made.rows, "cut": made.cut}, made.body


def written(found: Any, media_type: str, asked: dict[str, Any]) -> Answer:
    """An answer in a media type, within the limits."""
    if isinstance(found, QuerySolutions):
        bounds = Bounds(asked["rows"], asked["bytes"], asked["link"])
        return table(found.variables, found, LAYOUTS[media_type], bounds)
    if isinstance(found, QueryBoolean):
        results = QueryResultsFormat.from_media_type(media_type)
        return Answer(found.serialize(format=results) or b"", 1, cut=False)
    syntax = RdfFormat.from_media_type(media_type)
    assert syntax is not None
    return graph(found, syntax, asked)


def graph(triples: Iterable[Triple], syntax: RdfFormat, asked: dict[str, Any]) -> Answer:
    """The first triples, each once, at most so many and so many bytes as they have in N-Triples."""
    seen, size, cut = set[Triple](), 0, False

    def kept() -> Iterator[Triple]:
        nonlocal size, cut
        for triple in triples:
            if triple in seen:
                continue
            size += len(str(triple).encode("utf-8", "replace")) + 3
            cut = len(seen) >= asked["rows"] or size > asked["bytes"]
            if cut:
                return
            seen.add(triple)
            yield triple

    body = serialize(kept(), format=syntax, prefixes=asked["prefixes"]) or b""
    return Answer(body, len(seen), cut)


if sys.platform == "win32":

    def limit(name: str, value: int, *, soft: bool = False) -> None:
        """No limit of this kind can be set here."""

    def seconds_used() -> int:
        """What nobody asks for here."""
        return 0

    def peak() -> int:
        """Not known here."""
        return 0

else:
    import resource

    def limit(name: str, value: int, *, soft: bool = False) -> None:
        """Let the system hold this process to a limit; a soft one can be raised later."""
        kind = getattr(resource, name)
        resource.setrlimit(kind, (value, resource.getrlimit(kind)[1] if soft else value))

    def seconds_used() -> int:
        """The seconds that this process has computed, rounded up."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        return int(used.ru_utime + used.ru_stime) + 1

    def peak() -> int:
        """The most memory that this process has had, in bytes, as far as the system tells it apart from that
        of the process that started this one."""
        try:
            with open("/proc/self/status", encoding="ascii") as status:
                return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
        except (OSError, StopIteration):
            return 0


if __name__ == "__main__":
    main()
