"""The views behind /dataset and /.well-known/void: the description in the form that is asked for."""

from starlette.requests import Request
from starlette.responses import Response

from graph.dataset_read import LICENCE
from ontology.header import PROJECT
from res68.catalogue.counts import counts
from res68.catalogue.description import Facts, description
from res68.catalogue.page import dataset_page
from res68.media import HTML, JSON_LD, N_TRIPLES, RDF_XML, TURTLE, accepted, best
from res68.pages.reader import reader_of
from res68.problems import not_acceptable, refused
from res68.representation import represented
from res68.running import Running, running
from res68.sparql.mirror import NotReady
from res68.sparql.pool import NoWorker, QueryTimeout, WorkerLost
from res68.sparql.service import Busy
from res68.turtle import rewritten

# By the ending of the address; who takes anything gets the last.
FORMS = {"html": HTML, "jsonld": JSON_LD, "rdf": RDF_XML, "nt": N_TRIPLES, "ttl": TURTLE}
UNREACHED = (NotReady, NoWorker, Busy, QueryTimeout, WorkerLost)
PATH = "/dataset"


async def dataset(request: Request) -> Response:
    """The description of the dataset."""
    here = running(request)
    ending = request.path_params.get("ending")
    if ending is not None and ending not in FORMS:
        return refused(request.headers, 404, f"The dataset is described as {', '.join(FORMS)}.", "NOT_FOUND")
    media_type = FORMS[ending] if ending else best(accepted(request.headers), tuple(FORMS.values()))
    if media_type is None:
        return not_acceptable(request, {form: f"{PATH}.{name}" for name, form in FORMS.items()})
    try:
        async with here.sparql.mirror.held() as copy:
            found = await counts(here.sparql, copy)
    except UNREACHED as error:
        return refused(request.headers, 503, str(error), "STORE_UNAVAILABLE")
    facts = await _facts(here, copy.version)
    if media_type == HTML:
        others = {name: form for name, form in FORMS.items() if form != HTML}
        return dataset_page(facts, found, others, reader_of(request))
    text = copy.known.get(facts)
    if not isinstance(text, str):
        copy.known[facts] = text = description(facts, found)
    return _sent(request, rewritten(text, media_type), media_type)


def _sent(request: Request, body: bytes, media_type: str) -> Response:
    others = [(name, form) for name, form in FORMS.items() if form != media_type]
    links = ", ".join(f'<{PATH}.{name}>; rel="alternate"; type="{form}"' for name, form in others)
    return represented(request, body, media_type, headers={"link": links})


async def _facts(here: Running, version: str) -> Facts:
    """What is said of the dataset beside its counts; when it was loaded only if the copy is of that load."""
    state = await here.store.dataset()
    loaded = state.loaded_at if state is not None and state.version == version else None
    chosen = here.settings
    return Facts(
        chosen.base,
        version,
        loaded.isoformat() if loaded else None,
        chosen.licence_iri or LICENCE,
        chosen.publisher,
        chosen.publisher_iri or PROJECT,
    )
