"""The compiled writers write what the model means, whatever the values are."""

from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.rows import Columns, Row, columns, stored
from graph.syntaxes import N_TRIPLES, TURTLE, Syntax
from graph.triples import triples
from graph.writers import writer
from ontology.evidence import Form, Written
from ontology.mapping import KindMapping, mapping_of
from ontology.model import reference

BASE = "https://res68.example"
MAPPING = mapping_of(reference())
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\r\"\\{}'")
)
IDS = st.from_regex(r"[a-z]{1,8}/[A-Za-z0-9_~-]{1,8}", fullmatch=True)
DATES = st.sampled_from(["2016", "2016-10", "2016-10-25"])
INSTANTS = st.sampled_from(["2026-11-28T04:10:44.601Z"])
KINDS = sorted(MAPPING.kinds)


def value(prop: Written) -> st.SearchStrategy[Any]:
    """A value of a property as the store has it."""
    match prop.form:
        case Form.DATE:
            return DATES
        case Form.INTEGER:
            return st.integers(-(2**31) + 1, 2**31 - 1)
        case Form.BOOLEAN:
            return st.booleans()
        case Form.ADDRESS:
            return st.sampled_from(["https://example.org/a?b=c&d=é#f"])
        case Form.CONCEPT:
            return st.sampled_from(sorted(MAPPING.vocabularies[str(prop.vocabulary)].concepts))
        case Form.THING:
            return IDS
        case _:
            return TEXTS


def values(prop: Written) -> st.SearchStrategy[Any]:
    """All values of a property, or that none is known."""
    one = value(prop)
    return st.none() | (st.lists(one, min_size=1, max_size=3) if prop.many else one)


@st.composite
def rows(draw: st.DrawFn, kind: KindMapping) -> tuple[Columns, Row]:
    """A row of a kind with some links."""
    wanted = columns(kind, persons=True)
    found: dict[str, Any] = dict.fromkeys(wanted.names)
    here = draw(IDS)
    found |= {
        "id": here,
        "recordedAt": draw(INSTANTS),
        "label_en": draw(TEXTS),
        "label_ar": draw(st.none() | TEXTS),
    }
    found |= {
        "sources": draw(st.lists(IDS, unique=True, max_size=2)),
        "unverified": draw(st.none() | st.just(["a"])),
    }
    for prop in wanted.properties:
        for name in stored(prop):
            found[name] = draw(values(prop))
    links = [draw(link(wanted, f"link/{here}/{number}")) for number in range(draw(st.integers(0, 2)))]
    return wanted, [*found.values(), links]


@st.composite
def link(draw: st.DrawFn, wanted: Columns, identifier: str) -> list[Any]:
    """A link of one of the types that a kind has."""
    found: dict[str, Any] = dict.fromkeys(wanted.link_names)
    if not wanted.kind.links:
        return []
    mapped = draw(st.sampled_from(wanted.kind.links))
    strength = draw(st.sampled_from(["stated", "inferred", None]))
    found |= {"id": identifier, "type": mapped.type.name, "to": draw(IDS), "recordedAt": draw(INSTANTS)}
    found |= {"strength": strength, "unverified": None if strength else True, "note": draw(st.none() | TEXTS)}
    found |= {"date": draw(st.none() | DATES), "priorWork": draw(st.none() | st.booleans())}
    for prop in mapped.properties:
        for name in stored(prop):
            found[name] = draw(values(prop))
    return list(found.values())


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_a_compiled_writer_says_what_the_mapping_says(kind: str, data: st.DataObject) -> None:
    wanted, row = data.draw(rows(MAPPING.kinds[kind]))
    row[-1] = [one for one in row[-1] if one]
    expected = parsed(N_TRIPLES.text(BASE, triples(wanted, row)), N_TRIPLES)
    for syntax in (N_TRIPLES, TURTLE):
        text = writer(wanted, syntax, BASE)([*row[:-1], list(row[-1])])
        found = parsed(syntax.head(BASE) + text, syntax)
        assert found == expected
        assert len(found) <= text.count(syntax.line_end)


def parsed(text: str, syntax: Syntax) -> set[pyoxigraph.Quad]:
    """The triples of a text."""
    form = pyoxigraph.RdfFormat.TURTLE if syntax.short else pyoxigraph.RdfFormat.N_TRIPLES
    return set(pyoxigraph.parse(text.encode(), format=form))
