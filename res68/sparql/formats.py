"""In which media types an answer comes, and which of them a client gets."""

from collections.abc import Mapping
from dataclasses import dataclass

from res68.media import HTML, JSON, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, best

SPARQL_JSON = "application/sparql-results+json"
SPARQL_XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
XML = "application/xml"

# Each with what it is sent as. The last one is for clients that do not mind.
TABLES = {
    TSV: TSV,
    CSV: CSV,
    XML: SPARQL_XML,
    SPARQL_XML: SPARQL_XML,
    JSON: SPARQL_JSON,
    SPARQL_JSON: SPARQL_JSON,
}
GRAPHS = {
    JSON: JSON_LD,
    JSON_LD: JSON_LD,
    XML: RDF_XML,
    RDF_XML: RDF_XML,
    N_TRIPLES: N_TRIPLES,
    TURTLE: TURTLE,
}
FAMILIES: Mapping[str, Mapping[str, str]] = {"table": TABLES, "boolean": TABLES, "graph": GRAPHS}
# The short names that `format=` in an address knows, for links to one form of an answer.
SHORT = {
    "json": (SPARQL_JSON, JSON_LD),
    "xml": (SPARQL_XML, RDF_XML),
    "csv": (CSV, None),
    "tsv": (TSV, None),
    "ttl": (None, TURTLE),
    "nt": (None, N_TRIPLES),
    "jsonld": (None, JSON_LD),
    "rdf": (None, RDF_XML),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The media type in which the client gets a table, a yes or no, or a graph; None where it takes none.

    `page`: it is a person's browser, and gets a page.
    """

    table: str | None
    boolean: str | None
    graph: str | None
    page: bool = False


def wanted(accept: str | None, short: str | None = None) -> Wanted:
    """What a client wants, by its Accept header or by a short name."""
    if short is not None:
        table, graph = SHORT[short]
        return Wanted(table, table, graph)
    if best(accept, (HTML, *TABLES, *GRAPHS)) == HTML:
        return Wanted(SPARQL_JSON, SPARQL_JSON, TURTLE, page=True)
    found = {family: _chosen(accept, offered) for family, offered in FAMILIES.items()}
    return Wanted(found["table"], found["boolean"], found["graph"])


def _chosen(accept: str | None, offered: Mapping[str, str]) -> str | None:
    found = best(accept, tuple(offered))
    return None if found is None else offered[found]
