"""Requests that somebody sends to do harm, made at random from a seed."""

from collections.abc import Callable
from random import Random
from typing import Any

from res68.gallery import gallery

Body = dict[str, Any]

STRANGE = "\u202e\u0000\ufeff\u200b\u2028\u0301\U0001f4a3\ufffd\u00ad\u212a\uff41\u0130\r\t\x1b\x7f"
FILTER = "query ($f: TopicFilter) { topics(filter: $f) { nodes { id } } }"
IDS = "query ($f: [ID!]!) { nodes(ids: $f) { id } }"
SEARCH = "query ($f: String!) { search(text: $f) { totalCount } }"
INTROSPECTED = ("fields", "type", "ofType", "interfaces", "possibleTypes", "inputFields", "args")


def request(rng: Random) -> Body:
    """One hostile request."""
    return rng.choice(SORTS)(rng)


def deep_fields(rng: Random) -> Body:
    """Fields in fields."""
    depth = rng.randint(5, 600)
    return {"query": "{ topics { nodes " + "{ broader { nodes " * depth + "{ id }" + " } }" * depth + " } }"}


def deep_values(rng: Random) -> Body:
    """Lists and input objects in each other, in the document."""
    opened, closed = rng.choice(
        [("[", "]"), ("{not: ", "}"), ("{or: [", "]}"), ("{broader: {some: {node: ", "}}}")]
    )
    depth = rng.randint(5, 900)
    return {"query": f"{{ topics(filter: {opened * depth}{{}}{closed * depth}) {{ totalCount }} }}"}


def deep_variables(rng: Random) -> Body:
    """Lists and input objects in each other, as a variable."""
    value: Any = {}
    for _ in range(rng.randint(5, 75)):  # orjson writes no more levels; it reads a thousand
        value = rng.choice([{"not": value}, {"or": [value]}, {"broader": {"some": {"node": value}}}, [value]])
    return {"query": FILTER, "variables": {"f": value}}


def cycle(rng: Random) -> Body:
    """Fragments that end where they began."""
    length = rng.randint(1, 150)
    parts = [f"fragment F{one} on Topic {{ ...F{(one + 1) % length} }}" for one in range(length)]
    return {"query": "{ topics { nodes { ...F0 } } } " + " ".join(parts)}


def fragments(rng: Random) -> Body:
    """Fragments that double at each step."""
    length, times = rng.randint(2, 100), rng.randint(2, 5)
    inner = rng.choice(["", "a: id", "broader { nodes { NEXT } }", "links { nodes { to { NEXT } } }"])
    parts = []
    for one in range(length):
        following = f"...F{one + 1} "
        parts.append(f"fragment F{one} on Thing {{ {inner.replace('NEXT', following)} {following * times} }}")
    last = f"fragment F{length} on Thing {{ id }}"
    return {"query": f"{{ things {{ nodes {{ ...F0 }} }} }} {' '.join(parts)} {last}"}


def aliases(rng: Random) -> Body:
    """One field under many names."""
    field = rng.choice(["conclusions { totalCount }", "__typename", "dataset { version }"])
    return {"query": "{ " + " ".join(f"a{one}: {field}" for one in range(rng.randint(20, 600))) + " }"}


def numbers(rng: Random) -> Body:
    """Numbers that no machine holds."""
    number = rng.choice(
        ["9" * rng.randint(10, 50_000), f"1e{'9' * rng.randint(3, 300)}", "-1", "-0", "1.5e-400"]
    )
    return {"query": f"{{ topics(first: {number}) {{ nodes {{ id }} }} }}"}


def strange(rng: Random) -> Body:
    """Characters that are not what they seem, in names, texts and between them."""
    text = "".join(rng.choice(STRANGE + "aÅ中ع") for _ in range(rng.randint(1, 200)))
    written = text.replace("\r", "").replace("\0", "")
    query = rng.choice(
        [f"{{ {text} }}", f'{{ node(id: "{written}") {{ id }} }}', f"{{{text}__typename}}", SEARCH, IDS]
    )
    return {
        "query": query,
        "variables": {"f": rng.choice([text, [text]])},
        "operationName": rng.choice([None, text]),
    }


def overlapping(rng: Random) -> Body:
    """Fields that must be compared with each other, each with each."""
    number = rng.randint(50, 900)
    field = rng.choice(
        ["id ", "broader { nodes { id } } ", "... on Topic { id } ", "... { broader { totalCount } } "]
    )
    return {"query": "{ topics { nodes { " + field * number + "} } }"}


def conflicting(rng: Random) -> Body:
    """Fragments that are spread beside each other, and each field of each in conflict with all others."""
    number = rng.randint(5, 120)
    spread = " ".join(f"...F{one}" for one in range(number))
    parts = " ".join(
        f"fragment F{one} on Topic {{ a: broader(first: {one}) {{ nodes {{ ...F{(one * 7) % number} }} }} }}"
        for one in range(number)
    )
    return {"query": f"{{ topics {{ nodes {{ {spread} }} }} }} {parts}"}


def variables(rng: Random) -> Body:
    """Very many variables."""
    number = rng.randint(50, 480)
    declared = " ".join(
        f"$v{one}: {rng.choice(['Int', 'ID', 'TopicFilter', 'Nothing'])}" for one in range(number)
    )
    return {
        "query": f"query ({declared}) {{ __typename }}",
        "variables": {f"v{one}": one for one in range(5 * number)},
    }


def long_list(rng: Random) -> Body:
    """A list of very many values."""
    values = [rng.choice(["topic/x", None, 7, "x" * 40]) for _ in range(rng.randint(100, 5_000))]
    return {
        "query": rng.choice([IDS, FILTER]),
        "variables": {"f": rng.choice([values, {"id": {"in": values}}])},
    }


def wide_filter(rng: Random) -> Body:
    """A filter of very many conditions."""
    one = rng.choice(
        [{"id": {"eq": "x"}}, {"name": {"contains": "%"}}, {"not": {}}, {"broader": {"none": {}}}]
    )
    return {"query": FILTER, "variables": {"f": {rng.choice(["or", "and"]): [one] * rng.randint(50, 4_000)}}}


def long_names(rng: Random) -> Body:
    """Names and texts of very many characters."""
    text = rng.choice(["a", "_", "x.*"]) * rng.randint(1_000, 50_000)
    query = rng.choice(
        [
            f"{{ {text} }}",
            f"query {text} {{ __typename }}",
            f'{{ node(id: "{text}") {{ id }} }}',
            f"#{text}",
            SEARCH,
        ]
    )
    return {"query": query, "variables": {"f": text}}


def operations(rng: Random) -> Body:
    """Very many operations."""
    number = rng.randint(20, 380)
    return {
        "query": " ".join(f"query Q{one} {{ __typename }}" for one in range(number)),
        "operationName": "Q7",
    }


def unknown(rng: Random) -> Body:
    """Names that are nearly right, each of which wants a suggestion."""
    near = rng.choice(["nam", "labe", "broade", "lin"])
    fields = " ".join(f"{near}{one}" for one in range(rng.randint(50, 1_500)))
    return {"query": f"{{ topics {{ nodes {{ {fields} }} }} }}"}


def directives(rng: Random) -> Body:
    """Very many directives."""
    written = rng.choice(["@include(if: true) ", "@skip(if: false) ", "@no ", "@deprecated "]) * rng.randint(
        3, 400
    )
    return {
        "query": rng.choice(["{ __typename HERE }", "query HERE { __typename }"]).replace("HERE", written)
    }


def introspection(rng: Random) -> Body:
    """The schema of the schema of the schema."""
    inner = "name"
    for _ in range(rng.randint(2, 12)):
        inner = f"{rng.choice(INTROSPECTED)} {{ name {inner} }}"
    return {"query": f"{{ __schema {{ types {{ {inner} }} }} }}"}


def broken(rng: Random) -> Body:
    """A good document with a piece torn out, doubled, or a sign put in."""
    one = rng.choice(gallery())
    start = rng.randrange(len(one.query))
    end = start + rng.randint(1, 60)
    middle = rng.choice(["", one.query[start:end] * 2, rng.choice('{}()[]$:@!"#|&') + one.query[start:end]])
    return {"query": one.query[:start] + middle + one.query[end:], "variables": one.variables}


def wrong_variables(rng: Random) -> Body:
    """A good document with variables of other types."""
    one = rng.choice(gallery())
    values: list[Any] = [None, [], {}, "", "x" * 1_000, -1, 1.5, True, [[None]], {"eq": []}, 2**63, STRANGE]
    return {"query": one.query, "variables": {name: rng.choice(values) for name in one.variables or {"x": 1}}}


def cursors(rng: Random) -> Body:
    """Cursors that nobody gave."""
    text = "".join(rng.choice('abcdWyJd=_-{}[]"\\0é') for _ in range(rng.randint(0, 300)))
    field = rng.choice(["topics(after: $c)", 'search(text: "x", after: $c)', "conclusions(before: $c)"])
    return {"query": f"query ($c: String) {{ {field} {{ totalCount }} }}", "variables": {"c": text}}


SORTS: tuple[Callable[[Random], Body], ...] = (
    deep_fields, deep_values, deep_variables, cycle, fragments, aliases, numbers, strange, overlapping,
    conflicting, variables, long_list, wide_filter, long_names, operations, unknown, directives,
    introspection, broken, wrong_variables, cursors,
)  # fmt: skip
