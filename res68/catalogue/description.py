"""The description of the dataset: what it is, its parts, its downloads and services."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.formats import FORMATS, Format
from ontology.header import ONTOLOGY, PROJECT
from ontology.linksets import LINKSETS
from ontology.namespaces import namespaces
from ontology.turtle import Block, Iri, Object, Statements, Text, document
from res68.catalogue.counts import Counts

TITLE = "Res68"
DESCRIPTION = (
    "What executives of the ICT industry concluded under WTSA Resolution 68, what the groups of ITU-T did "
    "about it, and the evidence for each step."
)
OPENING = "The dataset of Res68, with counts of what it holds now."
IANA = "https://www.iana.org/assignments/media-types"
EXAMPLES = ("Conclusion", "Action", "Meeting", "Recommendation", "Source")
PROTOCOLS = {
    "sparql": ("SPARQL endpoint", "http://www.w3.org/TR/sparql11-protocol/", "/sparql"),
    "graphql": ("GraphQL endpoint", "https://spec.graphql.org/", "/graphql"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of the dataset beside its counts; `loaded` is a time in ISO 8601, if it is known."""

    base: str
    version: str
    loaded: str | None
    licence: str
    publisher: str
    publisher_iri: str

    @property
    def dataset(self) -> str:
        """The dataset's own address."""
        return f"{self.base}/dataset"


def description(facts: Facts, counts: Counts) -> str:
    """All of it as Turtle."""
    blocks = [
        *_catalogue(facts),
        Block(Iri(facts.dataset), {**_dataset(facts), **_numbers(facts, counts)}, "The dataset"),
        *_parts(facts, counts),
        *_linksets(facts, counts),
        *_distributions(facts),
        *_services(facts),
    ]
    return document(OPENING, blocks)


def part(facts: Facts, name: str) -> Iri:
    """The address of something that belongs to the dataset."""
    return Iri(f"{facts.dataset}#{name}")


def short(iri: str) -> str:
    """An IRI with a prefix of ours, as a part of a name; as it is where there is none."""
    for prefix, namespace in namespaces().items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _named(kind: str, iri: str) -> str:
    """The name of a partition: property-dcterms.source."""
    return f"{kind}-{short(iri).replace(':', '.', 1)}"


def _catalogue(facts: Facts) -> Iterator[Block]:
    services: list[Object] = [part(facts, name) for name in PROTOCOLS]
    yield Block(
        part(facts, "catalogue"),
        {
            "rdf:type": "dcat:Catalog",
            "dcterms:title": Text(f"What {TITLE} publishes", "en"),
            "dcterms:publisher": Iri(facts.publisher_iri),
            "dcterms:license": Iri(facts.licence),
            "dcat:dataset": Iri(facts.dataset),
            "dcat:service": services,
        },
        "The catalogue",
    )
    publisher: Statements = {"rdf:type": "foaf:Agent", "foaf:name": Text(facts.publisher)}
    yield Block(Iri(facts.publisher_iri), publisher)


def _dataset(facts: Facts) -> Statements:
    at = Text(facts.loaded, datatype="xsd:dateTime") if facts.loaded else None
    dumps: list[Object] = [Iri(f"{facts.base}/export/{name}") for name, _, _ in _files()]
    return {
        "rdf:type": ["dcat:Dataset", "void:Dataset"],
        "dcterms:title": Text(TITLE, "en"),
        "dcterms:description": Text(DESCRIPTION, "en"),
        "dcterms:license": Iri(facts.licence),
        "dcterms:publisher": Iri(facts.publisher_iri),
        **({"dcterms:modified": at} if at else {}),
        "dcat:version": Text(facts.version),
        "dcterms:conformsTo": [Iri(ONTOLOGY), Iri(f"{PROJECT}/shapes")],
        "dcat:landingPage": Iri(f"{facts.base}/"),
        "dcat:distribution": [part(facts, name) for name, _, _ in _files()],
        "void:dataDump": dumps,
        "void:sparqlEndpoint": Iri(f"{facts.base}/sparql"),
        "rdfs:seeAlso": Iri(f"{facts.base}/changes"),
        "void:uriSpace": Text(f"{facts.base}/id/"),
    }


def _numbers(facts: Facts, counts: Counts) -> Statements:
    named = [*(one.iri for one in counts.classes), *(one.iri for one in counts.properties)]
    used = {space for space in namespaces().values() if any(iri.startswith(space) for iri in named)}
    examples = {short(one.iri): one.example for one in counts.classes}
    return {
        "void:exampleResource": [
            Iri(examples[f"r68:{name}"]) for name in EXAMPLES if f"r68:{name}" in examples
        ],
        "void:vocabulary": [Iri(iri) for iri in sorted(used)],
        "void:triples": counts.triples,
        "void:entities": counts.entities,
        "void:distinctSubjects": counts.subjects,
        "void:distinctObjects": counts.objects,
        "void:classes": len(counts.classes),
        "void:properties": len(counts.properties),
        "void:classPartition": [part(facts, _named("class", one.iri)) for one in counts.classes],
        "void:propertyPartition": [part(facts, _named("property", one.iri)) for one in counts.properties],
        "void:subset": [part(facts, one.key) for one in LINKSETS],
    }


def _parts(facts: Facts, counts: Counts) -> Iterator[Block]:
    heading: str | None = "The things of each class"
    for one in counts.classes:
        yield Block(
            part(facts, _named("class", one.iri)),
            {"rdf:type": "void:Dataset", "void:class": Iri(one.iri), "void:entities": one.entities},
            heading,
        )
        heading = None
    heading = "The triples of each property"
    for each in counts.properties:
        statements: Statements = {
            "rdf:type": "void:Dataset",
            "void:property": Iri(each.iri),
            "void:triples": each.triples,
            "void:distinctSubjects": each.subjects,
            "void:distinctObjects": each.objects,
        }
        yield Block(part(facts, _named("property", each.iri)), statements, heading)
        heading = None


def _linksets(facts: Facts, counts: Counts) -> Iterator[Block]:
    heading: str | None = "The links to other datasets"
    for one in LINKSETS:
        statements: Statements = {
            "rdf:type": "void:Linkset",
            "dcterms:description": Text(one.description, "en"),
            "void:target": [Iri(facts.dataset), Iri(one.target)],
            "void:subjectsTarget": Iri(facts.dataset),
            "void:objectsTarget": Iri(one.target),
            "void:linkPredicate": one.predicate,
            "void:triples": counts.links[one.key],
        }
        yield Block(part(facts, one.key), statements, heading)
        yield Block(Iri(one.target), {"rdf:type": "void:Dataset", "dcterms:title": Text(one.name, "en")})
        heading = None


def _files() -> Iterator[tuple[str, Format, bool]]:
    """The downloads of the whole: name, format, and whether it is compressed."""
    for one in FORMATS.values():
        yield f"all.{one.name}.gz", one, True
        yield f"all.{one.name}", one, False


def _distributions(facts: Facts) -> Iterator[Block]:
    heading: str | None = "The downloads"
    for name, one, compressed in _files():
        statements: Statements = {
            "rdf:type": "dcat:Distribution",
            "dcterms:title": Text(f"All as {one.title}{', compressed' if compressed else ''}", "en"),
            "dcat:downloadURL": Iri(f"{facts.base}/export/{name}"),
            "dcat:accessURL": Iri(f"{facts.base}/export/{name}"),
            "dcat:mediaType": Iri(f"{IANA}/{one.media_type}"),
            "dcterms:license": Iri(facts.licence),
        }
        if compressed:
            statements["dcat:compressFormat"] = Iri(f"{IANA}/application/gzip")
        yield Block(part(facts, name), statements, heading)
        heading = None


def _services(facts: Facts) -> Iterator[Block]:
    heading: str | None = "The services"
    for key, (title, protocol, path) in PROTOCOLS.items():
        statements: Statements = {
            "rdf:type": "dcat:DataService",
            "dcterms:title": Text(title, "en"),
            "dcterms:conformsTo": Iri(protocol),
            "dcat:endpointURL": Iri(f"{facts.base}{path}"),
            "dcat:endpointDescription": Iri(f"{facts.base}{path}"),
            "dcat:servesDataset": Iri(facts.dataset),
            "dcterms:license": Iri(facts.licence),
        }
        yield Block(part(facts, key), statements, heading)
        heading = None
