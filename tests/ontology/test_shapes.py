"""The shapes are right SHACL, accept what is right, and refuse what is broken, constraint by constraint."""

from collections.abc import Iterator
from functools import cache

from pyshacl import validate
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH

from ontology.mapping import mapping_of
from ontology.model import reference
from ontology.publishing import published
from tests.ontology.described import Described

MAPPING = mapping_of(reference())
NAMES = "class closed datatype hasValue in languageIn maxCount minCount nodeKind or pattern uniqueLang xone"
COMPONENTS = {name: getattr(SH, f"{name[0].upper()}{name[1:]}ConstraintComponent") for name in NAMES.split()}
OTHERS = frozenset("targetClass targetObjectsOf property path name description inversePath".split())


@cache
def shapes() -> Graph:
    """The published shapes."""
    return Graph().parse(published("shapes.ttl"), format="turtle")


def results(data: Graph) -> Graph:
    """What the shapes say of some data."""
    _, found, _ = validate(data, shacl_graph=shapes(), inference="none", advanced=False)
    assert isinstance(found, Graph)
    return found


def constraints() -> Iterator[tuple[URIRef, URIRef]]:
    """Every named shape with every component that it has."""
    for shape in {*shapes().subjects(RDF.type, SH.NodeShape), *shapes().subjects(RDF.type, SH.PropertyShape)}:
        assert isinstance(shape, URIRef)
        for name, component in COMPONENTS.items():
            if (shape, SH[name], None) in shapes():
                yield shape, component


def test_the_shapes_are_valid_by_the_shapes_of_shacl() -> None:
    conforms, _, text = validate(
        Graph(), shacl_graph=shapes(), meta_shacl=True, inference="none", advanced=False
    )
    assert conforms, text


def test_right_descriptions_of_every_kind_and_link_conform() -> None:
    described = Described(MAPPING)
    described.right()
    conforms, _, text = validate(described.graph, shacl_graph=shapes(), inference="none", advanced=False)
    assert conforms, text


def test_every_constraint_refuses_what_is_broken() -> None:
    described = Described(MAPPING)
    described.broken()
    found = results(described.graph)
    refused = {
        (found.value(result, SH.sourceShape), found.value(result, SH.sourceConstraintComponent))
        for result in found.subjects(RDF.type, SH.ValidationResult)
    }
    never = sorted(
        f"{shape} {component}" for shape, component in constraints() if (shape, component) not in refused
    )
    assert never == []


def test_no_other_constraints_are_used() -> None:
    used = {str(p).removeprefix(str(SH)) for p in shapes().predicates() if str(p).startswith(str(SH))}
    assert used <= COMPONENTS.keys() | OTHERS
