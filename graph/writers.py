"""Writers of rows, compiled from the model: one function for each kind and syntax, without a look at the
model while it runs. What they write is what graph.triples says, only faster."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count
from typing import Any, TypeAlias

from graph.rows import Columns, Row, stored
from graph.syntaxes import Syntax, quoted
from graph.triples import DATATYPES, asides, of_link
from ontology.evidence import LABEL, MENTIONS, OF_LINKS, RECORDED, SOURCES, UNVERIFIED, Form, Written
from ontology.languages import LANGUAGES
from ontology.mapping import LINK, LinkMapping, concept

Writer: TypeAlias = Callable[[Row], str]
INDENT = "    "


@cache
def writer(columns: Columns, syntax: Syntax, base: str) -> Writer:
    """The function that writes the rows of a kind in a syntax, with all their links."""
    return Compiler(columns, syntax, base).function()


class Compiler:
    """Writes the source of a writer.

    In it `s` is the subject's text, `o` takes its lines, `e` the blocks that come after them: links,
    and what belongs to the thing.
    """

    def __init__(self, columns: Columns, syntax: Syntax, base: str) -> None:
        self.columns = columns
        self.syntax = syntax
        self.base = base
        self.names = count()

    def function(self) -> Writer:
        """The compiled function."""
        scope: dict[str, Any] = {
            "B": f"{self.base}/id/",
            "q": quoted,
            "D": {size: self.syntax.name_of(term) for size, term in DATATYPES.items()},
            "asides": self.asides,
            **{f"T{number}": one.link for number, one in enumerate(self.columns.kind.linksets)},
            "link_asides": self.link_asides,
        }
        exec("\n".join(self.source()), scope)
        made: Writer = scope["write"]
        return made

    def source(self) -> Iterator[str]:
        """The lines of the module that defines `write`."""
        for link in self.columns.kind.links:
            yield from self.link_source(link)
        yield "LINKS = {"
        yield from (f"{INDENT}{link.type.name!r}: link_{link.type.name}," for link in self.columns.kind.links)
        yield "}"
        yield "def write(row):"
        yield from (INDENT + line for line in self.body())

    def body(self) -> Iterator[str]:
        """The lines of the function."""
        variables = {name: f"c{number}" for number, name in enumerate(self.columns.names)}
        yield f"({', '.join(variables.values())}, links) = row"
        yield f"s = {self.quoted_here(variables['id'])}"
        yield f"o = [f'''{self.opening()}''']"
        yield "a = o.append"
        yield "e = []"
        yield "links.sort()"
        yield from self.top_concept()
        yield from self.value(RECORDED, variables["recordedAt"])
        for language in LANGUAGES:
            yield from self.text(LABEL, variables[f"label_{language}"], language)
        for one in (SOURCES, UNVERIFIED, MENTIONS):
            yield from self.value(one, variables[one.name])
        for prop in self.columns.properties:
            yield from self.property(prop, variables)
        for number, linkset in enumerate(self.columns.kind.linksets):
            yield f"u = T{number}({variables[linkset.field]})"
            yield f"if u is not None: a(f'''{self.line(linkset.predicate, '<{u}>')}''')"
        lists = [variables[one.name] for one in self.columns.properties if one.ordered]
        several = "".join(f" or ({name} and len({name}) > 1)" for name in lists)
        yield f"if {variables['disputed']} or {variables['fieldSources']}{several}:"
        yield f"{INDENT}asides(row, a, e)"
        yield "for l in links:"
        yield f"{INDENT}LINKS[l[1]](l, s, a, e)"
        yield f"a({self.syntax.end!r})"
        yield "o += e"
        yield "return ''.join(o)"

    def link_source(self, link: LinkMapping) -> Iterator[str]:
        """The function that writes the links of one type."""
        names = self.columns.link_names
        variables = {name: f"c{number}" for number, name in enumerate(names)}
        yield f"def link_{link.type.name}(l, s, a, e):"
        lines = [
            f"({', '.join(variables.values())},) = l",
            f"t = {self.quoted_here(variables['to'])}",
            f"a(f'''{''.join(self.line(term, '{t}') for term in link.terms)}''')",
            f"z, s = s, {self.quoted_here(variables['id'])}",
            f"o = [f'''{self.link_opening(link)}''']",
            "a = o.append",
        ]
        yield from (INDENT + line for line in lines)
        for one in OF_LINKS[3:]:
            yield from (INDENT + line for line in self.value(one, variables[one.name]))
        for prop in link.properties:
            yield from (INDENT + line for line in self.property(prop, variables))
        if any(prop.ordered for prop in link.properties):
            yield f"{INDENT}link_asides({link.type.name!r}, l, a, e)"
        yield f"{INDENT}a({self.syntax.end!r})"
        yield f"{INDENT}e += o"

    def opening(self) -> str:
        """The classes of the thing, and the scheme that it is a concept of."""
        kind = self.columns.kind
        found = [self.line("rdf:type", self.syntax.name_of(name)) for name in kind.types]
        if kind.scheme:
            found.append(self.line("skos:inScheme", self.syntax.name_of(kind.scheme)))
        return escaped(self.syntax.begin.format(subject="{s}")) + "".join(found)

    def link_opening(self, link: LinkMapping) -> str:
        """What every link of a type says."""
        return "".join(
            (
                escaped(self.syntax.begin.format(subject="{s}")),
                self.line("rdf:type", self.syntax.name_of(LINK)),
                self.line("rdf:subject", "{z}"),
                self.line("rdf:predicate", self.syntax.name_of(link.terms[0])),
                self.line("rdf:object", "{t}"),
            )
        )

    def top_concept(self) -> Iterator[str]:
        """A concept without a broader one is a top concept of its scheme."""
        kind = self.columns.kind
        if kind.scheme:
            if kind.broader:
                yield f"if not any(l[1] in {kind.broader!r} for l in links):"
            line = self.line("skos:topConceptOf", self.syntax.name_of(kind.scheme))
            yield f"{INDENT if kind.broader else ''}a(f'''{line}''')"

    def property(self, prop: Written, variables: dict[str, str]) -> Iterator[str]:
        """The lines of a declared property."""
        if prop.form is Form.LANGUAGE:
            for name, language in zip(stored(prop), LANGUAGES, strict=True):
                yield from self.text(prop, variables[name], language)
        else:
            yield from self.value(prop, variables[prop.name])

    def text(self, prop: Written, variable: str, language: str) -> Iterator[str]:
        """The lines of a text in one language."""
        lines = "".join(self.line(term, f"{{q({variable})}}@{language}") for term in prop.terms)
        yield f"if {variable} is not None: a(f'''{lines}''')"

    def value(self, prop: Written, variable: str) -> Iterator[str]:
        """The lines of a value, or of each of a list of values."""
        item = f"v{next(self.names)}" if prop.many else variable
        lines = "".join(self.line(term, self.object(prop, item)) for term in prop.terms)
        if prop.many:
            yield f"if {variable}:"
            yield f"{INDENT}for {item} in {variable}: a(f'''{lines}''')"
        else:
            yield f"if {variable} is not None: a(f'''{lines}''')"

    def object(self, prop: Written, variable: str) -> str:
        """A value as a piece of an f-string."""
        name_of = self.syntax.name_of
        match prop.form:
            case Form.DATE:
                return f'"{{{variable}}}"^^{{D[len({variable})]}}'
            case Form.INSTANT:
                return f'"{{{variable}}}"^^{name_of("xsd:dateTime")}'
            case Form.INTEGER:
                return f'"{{{variable}}}"^^{name_of("xsd:integer")}'
            case Form.BOOLEAN:
                return f"\"{{'true' if {variable} else 'false'}}\"^^{name_of('xsd:boolean')}"
            case Form.ADDRESS:
                return f"<{{{variable}}}>"
            case Form.CONCEPT:
                # a concept's key is put where a stand-in for it stands
                return name_of(concept(str(prop.vocabulary), "KEY")).replace("KEY", f"{{{variable}}}")
            case Form.THING:
                return self.here(variable)
            case _:
                return f"{{q({variable})}}"

    def here(self, variable: str) -> str:
        """Something of the dataset as a piece of an f-string."""
        return f"<{{{variable}}}>" if self.syntax.short else f"<{{B}}{{{variable}}}>"

    def quoted_here(self, variable: str) -> str:
        """The same as a whole f-string."""
        return f"f'{self.here(variable)}'"

    def line(self, term: str, value: str) -> str:
        """A line as a piece of an f-string."""
        return escaped(
            self.syntax.line.format(subject="{s}", predicate=self.syntax.predicate(term), object=value)
        )

    def asides(self, row: Row, add: Callable[[str], None], after: list[str]) -> None:
        """What belongs to a thing and is rare: written triple by triple."""
        values = dict(zip(self.columns.names, row, strict=False))
        self.place(str(row[0]), asides(self.columns, values), add, after)

    def link_asides(
        self, link_type: str, link: Sequence[Any], add: Callable[[str], None], after: list[str]
    ) -> None:
        """The order of the values of a link."""
        found = next(one for one in self.columns.kind.links if one.type.name == link_type)
        values = dict(zip(self.columns.link_names, link, strict=True))
        here = str(link[0])
        triples = [one for one in of_link(found, values, "") if "#" in one[0] or one[1] == "r68:order"]
        self.place(here, iter(triples), add, after)

    def place(self, here: str, triples: Iterator[Any], add: Callable[[str], None], after: list[str]) -> None:
        """Put what is said of the subject among its lines, and all else after them."""
        subject = self.syntax.here(self.base, here)
        others = []
        for triple in triples:
            if triple[0] == here:
                value = self.syntax.object(self.base, triple[2])
                predicate = self.syntax.predicate(triple[1])
                add(self.syntax.line.format(subject=subject, predicate=predicate, object=value))
            else:
                others.append(triple)
        after.append(self.syntax.text(self.base, others))


def escaped(text: str) -> str:
    """A text with line ends and tabs as they stand in a source."""
    return text.replace("\n", "\\n").replace("\t", "\\t")
