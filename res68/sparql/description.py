"""The description of the service in the SPARQL 1.1 vocabulary for that, in every syntax of RDF."""

from ontology.header import ONTOLOGY
from res68.media import JSON_LD, N_TRIPLES, RDF_XML, TURTLE
from res68.turtle import rewritten

SYNTAXES = (JSON_LD, RDF_XML, N_TRIPLES, TURTLE)
FORMATS = (
    "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV "
    "Turtle N-Triples RDF_XML JSON-LD"
).split()


def description(base: str, syntax: str) -> bytes:
    """What the service can do, and on which graphs."""
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{one}>" for one in FORMATS)
    text = f"""\
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix dcterms: <http://purl.org/dc/terms/> .

<{base}/sparql#service> a sd:Service ;
    dcterms:title "Res68 SPARQL"@en ;
    sd:endpoint <{base}/sparql> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {formats} ;
    sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
    sd:defaultDataset <{base}/sparql#dataset> .

<{base}/sparql#dataset> a sd:Dataset ;
    sd:defaultGraph <{base}/sparql#default> ;
    sd:namedGraph <{base}/sparql#named>, <{base}/sparql#ontology> .

<{base}/sparql#default> a sd:Graph ;
    dcterms:description "All triples of the dataset."@en ;
    dcterms:isPartOf <{base}/dataset> .

<{base}/sparql#named> a sd:NamedGraph ;
    sd:name <{base}/dataset> ;
    sd:graph <{base}/sparql#default> .

<{base}/sparql#ontology> a sd:NamedGraph ;
    sd:name <{ONTOLOGY}> .

<{base}/dataset> a void:Dataset ;
    void:sparqlEndpoint <{base}/sparql> .
"""
    return rewritten(text, syntax)
