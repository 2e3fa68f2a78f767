"""The page of the dataset: what it is, how much it holds, and where to get it."""

from starlette.responses import Response

from graph.formats import FORMATS
from ontology.linksets import LINKSETS
from res68.catalogue.counts import Counts
from res68.catalogue.description import DESCRIPTION, Facts, short
from res68.pages.templates import page


def dataset_page(facts: Facts, found: Counts) -> Response:
    """The page, with the same numbers as the description in RDF."""
    return page(
        "dataset.html",
        facts=facts,
        counts=found,
        about=DESCRIPTION,
        formats=list(FORMATS.values()),
        forms=("ttl", "nt", "jsonld", "rdf"),
        classes=[(short(one.iri), one) for one in found.classes],
        properties=[(short(one.iri), one) for one in found.properties],
        linksets=[(one, found.links[one.key]) for one in LINKSETS],
    )
