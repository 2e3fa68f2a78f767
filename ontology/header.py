"""What the ontology says of itself: title, version, dates, licence, and who publishes it."""

from ontology.namespaces import R68
from ontology.turtle import Block, Iri, Text

ONTOLOGY = R68.removesuffix("#")
PROJECT = R68.removesuffix("/ontology#")
SHAPES = f"{PROJECT}/shapes#"
VERSION = "0.1.0"
CREATED = "2026-11-28"
MODIFIED = "2026-11-28"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
TITLE = "Res68 ontology"
DESCRIPTION = (
    "Kinds, properties and links for what executives of the ICT industry concluded under WTSA Resolution 68 "
    "and for what the groups of ITU-T did about it, with the evidence for each step."
)


def header() -> list[Block]:
    """The ontology and its publisher."""
    ontology = Block(
        Iri(ONTOLOGY),
        {
            "rdf:type": "owl:Ontology",
            "dcterms:title": Text(TITLE, "en"),
            "rdfs:label": Text(TITLE, "en"),
            "dcterms:description": Text(DESCRIPTION, "en"),
            "dcterms:creator": Iri(PROJECT),
            "dcterms:publisher": Iri(PROJECT),
            "dcterms:license": Iri(LICENCE),
            "dcterms:created": Text(CREATED, datatype="xsd:date"),
            "dcterms:modified": Text(MODIFIED, datatype="xsd:date"),
            "dcterms:bibliographicCitation": Text(
                f"{TITLE}, version {VERSION}, {MODIFIED}, {ONTOLOGY}", "en"
            ),
            "owl:versionIRI": Iri(f"{ONTOLOGY}/{VERSION}"),
            "owl:versionInfo": Text(VERSION),
            "vann:preferredNamespacePrefix": Text("r68"),
            "vann:preferredNamespaceUri": Text(R68),
            "rdfs:seeAlso": [Iri(SHAPES.removesuffix("#")), Iri(f"{PROJECT}/context.jsonld")],
        },
    )
    publisher = Block(Iri(PROJECT), {"rdf:type": "foaf:Agent", "foaf:name": Text("Res68")})
    return [ontology, publisher]
