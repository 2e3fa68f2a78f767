"""N-Triples and Turtle: how a term, a line and a block are written in each."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from graph.triples import Address, Here, Literal, Name, Object, Triple
from ontology.namespaces import namespaces, resolve

SPECIAL = re.compile(r'["\\\x00-\x1f\x7f]')
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """A text as a quoted string of N-Triples and Turtle."""
    if SPECIAL.search(text) is None:
        return f'"{text}"'
    return f'"{SPECIAL.sub(_escaped, text)}"'


def _escaped(found: re.Match[str]) -> str:
    return ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax in which triples are written line by line, so that a line ends where a triple does.

    `begin`, `line` and `end` are for str.format, with `subject`, `predicate` and `object`. A text
    has as many triples as it has `line_end`s.
    """

    name: str
    begin: str
    line: str
    end: str
    line_end: str
    short: bool

    def name_of(self, term: str) -> str:
        """A term of a vocabulary."""
        return term if self.short else f"<{resolve(term)}>"

    def predicate(self, term: str) -> str:
        """A term as a predicate."""
        return "a" if self.short and term == "rdf:type" else self.name_of(term)

    def here(self, base: str, identifier: str) -> str:
        """Something of the dataset; Turtle has the base in its head."""
        return f"<{identifier}>" if self.short else f"<{base}/id/{identifier}>"

    def object(self, base: str, value: Object) -> str:
        """An object."""
        match value:
            case Here():
                return self.here(base, value.id)
            case Name():
                return self.name_of(value.term)
            case Address():
                return f"<{value.iri}>"
            case Literal(text, None, None):
                return quoted(text)
            case Literal(text, None, language):
                return f"{quoted(text)}@{language}"
            case Literal(text, datatype, _):
                return f"{quoted(text)}^^{self.name_of(str(datatype))}"

    def head(self, base: str) -> str:
        """What a document begins with."""
        if not self.short:
            return ""
        lines = [
            f"@base <{base}/id/> .",
            *(f"@prefix {name}: <{iri}> ." for name, iri in namespaces().items()),
        ]
        return "\n".join(lines) + "\n\n"

    def text(self, base: str, triples: Iterable[Triple]) -> str:
        """Triples one by one, those of one subject that follow each other in one block."""
        parts = []
        for subject, group in groupby(triples, key=lambda triple: triple[0]):
            here = self.here(base, subject)
            parts.append(self.begin.format(subject=here))
            parts += [
                self.line.format(
                    subject=here, predicate=self.predicate(name), object=self.object(base, value)
                )
                for _, name, value in group
            ]
            parts.append(self.end)
        return "".join(parts)

    def count(self, text: bytes) -> int:
        """How many triples a text has."""
        return text.count(self.line_end.encode())


N_TRIPLES = Syntax(
    "nt", begin="", line="{subject} {predicate} {object} .\n", end="", line_end=" .\n", short=False
)
TURTLE = Syntax(
    "ttl", begin="{subject}\n", line="\t{predicate} {object} ;\n", end="\t.\n", line_end=" ;\n", short=True
)
