"""Tables of solutions as JSON, XML, CSV or TSV, up to a number of rows and bytes. Runs in a worker.

pyoxigraph writes whole answers only, and an answer that has to end early needs its head written last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from json import dumps
from re import compile as pattern
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, Triple, Variable

Term = NamedNode | BlankNode | Literal | Triple
STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
NOT_IN_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TO_QUOTE = pattern('[",\r\n]')


@dataclass(frozen=True, slots=True)
class Answer:
    """A body, how many rows or triples are in it, and whether there would have been more."""

    body: bytes
    rows: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """How a syntax writes a table: its head (given a link to say that rows are missing), a row, its end."""

    head: Callable[[Sequence[str], str | None], str]
    row: Callable[[Sequence[str], QuerySolution], str]
    between: str
    end: str


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much an answer may hold, and the link to what is said about that."""

    rows: int
    size: int
    link: str


def table(
    variables: Sequence[Variable], solutions: Iterable[QuerySolution], layout: Layout, bounds: Bounds
) -> Answer:
    """The first solutions, at most so many rows and about so many bytes."""
    names = [variable.value for variable in variables]
    remaining = iter(solutions)
    written, size, cut = list[bytes](), 0, False
    for solution in islice(remaining, bounds.rows):
        line = layout.row(names, solution).encode("utf-8", "replace")
        size += len(line) + len(layout.between)
        if cut := size > bounds.size:
            break
        written.append(line)
    cut = cut or next(remaining, None) is not None
    head = layout.head(names, bounds.link if cut else None).encode()
    body = layout.between.encode().join(written)
    return Answer(head + body + layout.end.encode(), len(written), cut)


def _bound(names: Sequence[str], solution: QuerySolution) -> Iterator[tuple[str, Term]]:
    for position, name in enumerate(names):
        if (term := solution[position]) is not None:
            yield name, term


def _json_head(names: Sequence[str], link: str | None) -> str:
    head: dict[str, object] = {"vars": list(names)}
    if link:
        head["link"] = [link]
    return f'{{"head":{dumps(head)},"results":{{"bindings":[\n'


def _json_row(names: Sequence[str], solution: QuerySolution) -> str:
    found = {name: _json(term) for name, term in _bound(names, solution)}
    return dumps(found, ensure_ascii=False, separators=(",", ":"))


def _json(term: Term) -> dict[str, object]:
    match term:
        case NamedNode():
            return {"type": "uri", "value": term.value}
        case BlankNode():
            return {"type": "bnode", "value": term.value}
        case Literal():
            found: dict[str, object] = {"type": "literal", "value": term.value}
            if term.language:
                found["xml:lang"] = term.language
            elif term.datatype != STRING:
                found["datatype"] = term.datatype.value
            return found
    parts = ("subject", "predicate", "object")
    return {"type": "triple", "value": {part: _json(getattr(term, part)) for part in parts}}


def _xml_head(names: Sequence[str], link: str | None) -> str:
    declared = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    more = f"<link href={quoteattr(link)}/>" if link else ""
    return (
        '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'
        f"<head>{declared}{more}</head><results>\n"
    )


def _xml_row(names: Sequence[str], solution: QuerySolution) -> str:
    bound = "".join(
        f"<binding name={quoteattr(name)}>{_xml(term)}</binding>" for name, term in _bound(names, solution)
    )
    return f"<result>{bound}</result>"


def _xml(term: Term) -> str:
    match term:
        case NamedNode():
            return f"<uri>{_text(term.value)}</uri>"
        case BlankNode():
            return f"<bnode>{_text(term.value)}</bnode>"
        case Literal():
            kind = ""
            if term.language:
                kind = f" xml:lang={quoteattr(term.language)}"
            elif term.datatype != STRING:
                kind = f" datatype={quoteattr(term.datatype.value)}"
            return f"<literal{kind}>{_text(term.value)}</literal>"
    parts = ("subject", "predicate", "object")
    return f"<triple>{''.join(f'<{part}>{_xml(getattr(term, part))}</{part}>' for part in parts)}</triple>"


def _text(value: str) -> str:
    """As XML can hold it, with line ends that survive a parser."""
    return escape(NOT_IN_XML.sub("\ufffd", value), {"\r": "&#13;"})


def _csv_row(names: Sequence[str], solution: QuerySolution) -> str:
    return ",".join(_csv(solution[position]) for position in range(len(names))) + "\r\n"


def _csv(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case BlankNode() | Triple():
            value = str(term)
        case _:
            value = term.value
    return '"' + value.replace('"', '""') + '"' if TO_QUOTE.search(value) else value


def _tsv_row(names: Sequence[str], solution: QuerySolution) -> str:
    terms = (solution[position] for position in range(len(names)))
    return "\t".join("" if term is None else str(term) for term in terms) + "\n"


LAYOUTS = {
    "application/sparql-results+json": Layout(_json_head, _json_row, ",\n", "\n]}}\n"),
    "application/sparql-results+xml": Layout(_xml_head, _xml_row, "\n", "\n</results></sparql>\n"),
    "text/csv": Layout(lambda names, _: ",".join(names) + "\r\n", _csv_row, "", ""),
    "text/tab-separated-values": Layout(
        lambda names, _: "\t".join(f"?{name}" for name in names) + "\n", _tsv_row, "", ""
    ),
}
