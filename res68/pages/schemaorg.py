"""What a page is about in the words of schema.org, for the search engines that read no other vocabulary."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.model import Kind, Property
from res68.pages.footnotes import Cited

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
PREFIX = "schema:"
# The type of a kind that declares none of schema.org: its own or that of the nearest kind above it.
TYPES = {
    "Body": "Organization",
    "Country": "Country",
    "Document": "CreativeWork",
    "Event": "Event",
    "Region": "Place",
    "Source": "CreativeWork",
    "Topic": "DefinedTerm",
}
# What the terms of other vocabularies are called there, for all things and for those of one type.
NAMES = {
    "dcterms:description": "description",
    "skos:definition": "description",
    "skos:altLabel": "alternateName",
    "foaf:page": "sameAs",
}
OF_A_WORK = {
    "dcterms:date": "datePublished",
    "dcterms:issued": "datePublished",
    "dc:publisher": "publisher",
}


def about(
    kind: Kind, found: Mapping[str, Any], version: str, sources: tuple[Cited, ...], *, persons: bool
) -> dict[str, object]:
    """The thing as JSON-LD."""
    type_name = type_of(kind)
    said = {
        name: value
        for declared in kind.properties.values()
        if persons or not declared.personal
        for name, value in _said(declared, found, type_name)
    }
    works = [{"@type": "CreativeWork", "name": one.label.text, "url": one.url} for one in sources if one.url]
    dataset = {"@type": "Dataset", "name": "Res68", "version": version, "license": LICENCE}
    return {
        "@context": "https://schema.org",
        "@type": type_name,
        "@id": found["iri"],
        "identifier": found["id"],
        "name": found["label"],
        **said,
        **({"citation" if type_name == "CreativeWork" else "subjectOf": works} if works else {}),
        "mainEntityOfPage": {"@type": "WebPage", "@id": found["iri"], "isPartOf": dataset},
    }


def type_of(kind: Kind) -> str:
    """The type in schema.org: the one that the kind declares, else that of the nearest kind above."""
    declared = [term.removeprefix(PREFIX) for term in kind.rdf if term.startswith(PREFIX)]
    nearest = [TYPES[name] for name in reversed(kind.labels) if name in TYPES]
    return [*declared, *nearest, "Thing"][0]


def _said(declared: Property, found: Mapping[str, Any], type_name: str) -> Iterator[tuple[str, object]]:
    """What a property says there, if anything."""
    value = found[f"{declared.name}_en"] if declared.type == "translated" else found[declared.name]
    known = NAMES | (OF_A_WORK if type_name == "CreativeWork" else {})
    for term in declared.rdf:
        name = term.removeprefix(PREFIX) if term.startswith(PREFIX) else known.get(term)
        if name and value not in (None, []):
            yield name, value
