"""Link sets (RFC 9264): all signposts of a thing and of the documents about it, at /linkset/{id}."""

import orjson
from starlette.requests import Request
from starlette.responses import Response

from res68.forms import FORMS
from res68.identity import absent, asked_id, there
from res68.media import accepted, best
from res68.problems import not_acceptable
from res68.representation import represented
from res68.running import running
from res68.signposts import (
    LINKSET_JSON,
    LINKSET_TEXT,
    Addresses,
    linkset_json,
    linkset_text,
    of_document,
    of_thing,
)


async def linkset(request: Request) -> Response:
    """The link set, as JSON or as text."""
    here = running(request)
    identity = asked_id(request)
    found = await there(here, identity)
    if found is None:
        return await absent(request, here, identity)
    at = Addresses(here.settings.base, found.id)
    media_type = best(accepted(request.headers), (LINKSET_TEXT, LINKSET_JSON))
    if media_type is None:
        return not_acceptable(request, dict.fromkeys((LINKSET_JSON, LINKSET_TEXT), at.linkset))
    contexts = {at.thing: list(of_thing(at, found))}
    contexts |= {at.forms[form]: list(of_document(at, found, form)) for form in FORMS.values()}
    text = media_type == LINKSET_TEXT
    body = linkset_text(contexts).encode() if text else orjson.dumps(linkset_json(contexts))
    return represented(request, body, media_type)
