"""The shapes in SHACL: what a valid description of each kind, link and node of evidence looks like."""

from ontology.constraints import own_iri
from ontology.evidence_shapes import evidence_shapes
from ontology.header import LICENCE, MODIFIED, ONTOLOGY, PROJECT, SHAPES, VERSION
from ontology.mapping import RdfMapping, own_class
from ontology.model import Kind
from ontology.property_shapes import scheme_shapes, shared, type_shape
from ontology.turtle import Block, Iri, Statements, Text, document, parted, texts

OPENING = "The shapes of Res68. Made from the declarations in ontology/ by `make docs`: do not edit."
TITLE = "Shapes of the Res68 ontology"
DESCRIPTION = "What a whole description of a thing or a link of Res68 holds: the export, and each document."


def shapes(mapping: RdfMapping) -> str:
    """The shapes as a Turtle document."""
    model = mapping.model
    properties: dict[str, Statements] = {}
    nodes = [_kind_shape(mapping, kind, properties) for kind in model.concrete]
    abstract = [_abstract_shape(kind) for kind in model.kinds.values() if kind.abstract and kind.ancestors]
    blocks = parted(
        {
            "Kinds": nodes,
            "Abstract kinds": abstract,
            "Links and nodes of evidence": evidence_shapes(mapping),
            "Properties of kinds": (Block(name, properties[name]) for name in sorted(properties)),
        }
    )
    return document(OPENING, [_header(), *blocks], {"shapes": SHAPES})


def _header() -> Block:
    statements: Statements = {
        "rdf:type": "owl:Ontology",
        "dcterms:title": Text(TITLE, "en"),
        "dcterms:description": Text(DESCRIPTION, "en"),
        "dcterms:creator": Iri(PROJECT),
        "dcterms:license": Iri(LICENCE),
        "dcterms:modified": Text(MODIFIED, datatype="xsd:date"),
        "owl:versionInfo": Text(VERSION),
        "rdfs:seeAlso": Iri(ONTOLOGY),
    }
    return Block(Iri(SHAPES.removesuffix("#")), statements)


def _kind_shape(mapping: RdfMapping, kind: Kind, properties: dict[str, Statements]) -> Block:
    """The shape of a kind, closed; the shapes of its predicates go to `properties`."""
    own = {f"shapes:{kind.name}-rdf.type": type_shape(kind, mapping.model)}
    if scheme := mapping.kinds[kind.name].scheme:
        own |= scheme_shapes(kind, scheme)
    own |= dict(shared(kind, mapping.model))
    properties |= own
    statements: Statements = {
        "rdf:type": "sh:NodeShape",
        "rdfs:label": texts(kind.label),
        "sh:targetClass": own_class(kind),
        **own_iri(kind),
        "sh:closed": True,
        "sh:property": [*own],
    }
    return Block(f"shapes:{kind.name}", statements)


def _abstract_shape(kind: Kind) -> Block:
    """A thing of an abstract kind is of one of the kinds below it."""
    below: Statements = {"sh:or": tuple({"sh:class": f"r68:{name}"} for name in kind.concrete)}
    return Block(
        f"shapes:{kind.name}", {"rdf:type": "sh:NodeShape", "sh:targetClass": own_class(kind), **below}
    )
