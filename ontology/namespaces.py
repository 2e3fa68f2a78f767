"""The one door to RDF names: which prefixes exist, and whether a vocabulary has a term."""

import re
from functools import cache
from pathlib import Path

from rdflib import DC, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, TIME, VANN, VOID, XSD
from rdflib.namespace import DefinedNamespace

MEMBER = re.compile(r"_[1-9][0-9]*")  # rdf:_1, rdf:_2 ...
R68 = "https://w3id.org/res68/ontology#"
CLOSED: dict[str, type[DefinedNamespace]] = {
    "dc": DC,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SDO,
    "sh": SH,
    "skos": SKOS,
    "time": TIME,
    "vann": VANN,
    "void": VOID,
    "xsd": XSD,
}
# rdflib has no closed list of these: the terms that we use stand in terms/<prefix>.txt, one a line.
LISTED = {
    "as": "https://www.w3.org/ns/activitystreams#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "eli-dl": "http://data.europa.eu/eli/eli-draft-legislation-ontology#",
    "ldes": "https://w3id.org/ldes#",
    "oslc_cm": "http://open-services.net/ns/cm#",
    "oslc_rm": "http://open-services.net/ns/rm#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "tree": "https://w3id.org/tree#",
}


@cache
def namespaces() -> dict[str, str]:
    """All prefixes with what they stand for."""
    closed = {prefix: str(vocabulary) for prefix, vocabulary in CLOSED.items()}
    return dict(sorted({"r68": R68, **closed, **LISTED}.items()))


@cache
def listed_terms(prefix: str) -> frozenset[str]:
    """The local names that terms/<prefix>.txt lists."""
    path = Path(__file__).parent / "terms" / f"{prefix}.txt"
    return frozenset(line for line in path.read_text(encoding="utf-8").split() if line)


@cache
def resolve(term: str) -> str:
    """The IRI of a term written as prefix:name.

    Raises a ValueError where the prefix is not declared or its vocabulary has no such term.
    """
    prefix, colon, name = term.partition(":")
    if not colon or not name:
        raise ValueError(f"{term!r} is no RDF term: write prefix:name")
    if prefix == "r68":
        return R68 + name
    if prefix == "rdf" and MEMBER.fullmatch(name):
        return str(RDF) + name
    if prefix in CLOSED:
        if name not in CLOSED[prefix]:
            raise ValueError(f"the vocabulary {prefix} has no term {name!r}")
        return str(CLOSED[prefix]) + name
    if prefix in LISTED:
        if name not in listed_terms(prefix):
            raise ValueError(
                f"the vocabulary {prefix} has no term {name!r} (terms/{prefix}.txt lists those it has)"
            )
        return LISTED[prefix] + name
    known = ", ".join(sorted(("r68", *CLOSED, *LISTED)))
    raise ValueError(f"unknown prefix {prefix!r}: use one of {known}")
