"""The page of the dataset: what it is, how much it holds, and where to get it."""

from collections.abc import Mapping

from starlette.responses import Response

from graph.formats import FORMATS
from ontology.linksets import LINKSETS
from res68.catalogue.counts import Counts
from res68.catalogue.description import DESCRIPTION, Facts, short
from res68.pages.reader import Reader
from res68.pages.templates import page


def dataset_page(facts: Facts, found: Counts, forms: Mapping[str, str], reader: Reader) -> Response:
    """The page, with the same numbers as the description in RDF; `forms` are the others by their endings."""
    return page(
        "dataset.html",
        200,
        reader,
        facts=facts,
        counts=found,
        about=DESCRIPTION,
        formats=list(FORMATS.values()),
        forms=forms,
        linksets=[((one.name, one.predicate), (found.links[one.key],)) for one in LINKSETS],
        classes=[((short(one.iri),), (one.entities,)) for one in found.classes],
        properties=[
            ((short(one.iri),), (one.triples, one.subjects, one.objects)) for one in found.properties
        ],
    )
