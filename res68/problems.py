"""What cannot be answered, in the form that was asked for: problem details (RFC 9457) to programs, a page to
people, or text. GraphQL has a form of its own (res68/refusals.py); both take statuses from schema/errors.py.
"""

from collections.abc import Mapping
from http import HTTPStatus

import orjson
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import StoreError
from res68.media import HTML, JSON, PLAIN, PROBLEM, accepted, best
from res68.pages.reader import Reader, preferred, reader_of
from res68.pages.templates import ENGLISH, page
from res68.refusals import Refused
from resolvers.errors import OperationError
from schema.errors import outcome_of, recorded

FORMS = (HTML, PLAIN, PROBLEM, JSON)
KINDS = (HTTPException, Refused, StoreError, OperationError)  # what `failed` turns into an answer
SECONDS_TO_WAIT = "5"


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    media_type: str = PROBLEM,
    headers: Mapping[str, str] | None = None,
    reader: Reader = ENGLISH,
    **extra: object,
) -> Response:
    """A problem: `detail` says what was wrong and what would do, `extra` are members of its own."""
    if media_type == HTML:
        heading = title if reader.language == "en" else reader.words[_heading(status)]
        response: Response = page("missing.html", status, reader, title=heading, message=detail)
    elif media_type == PLAIN:
        response = Response(f"{title}: {detail}\n", status, media_type=PLAIN)
    else:
        said = {"type": "about:blank", "title": title, "status": status, "detail": detail, **extra}
        response = Response(orjson.dumps(said), status, media_type=PROBLEM)
    waiting = {"retry-after": SECONDS_TO_WAIT} if status == 503 else {}
    vary = "Accept, Accept-Language" if media_type == HTML else "Accept"
    response.headers.update({**waiting, **(headers or {}), "cache-control": "no-store", "vary": vary})
    return response


def refused(
    headers: Headers,
    status: int,
    detail: str,
    code: str = "BAD_USER_INPUT",
    reader: Reader | None = None,
    **extra: object,
) -> Response:
    """A problem under the usual title of its status, in the form that the headers of a request ask for; to
    people in the language of the reader, else in that of the headers."""
    form, title = form_of(headers), title_of(status)
    whom = reader or Reader(preferred(headers.get("accept-language")))
    return problem(status, title, detail, media_type=form, headers=None, reader=whom, code=code, **extra)


def not_acceptable(request: Request, forms: Mapping[str, str]) -> Response:
    """That a thing comes in none of the media types that are accepted, and under which address it comes
    in which other."""
    asked = accepted(request.headers) or ""
    detail = f"Accept: {asked[:200]} asks for no media type that there is here: accept {', '.join(forms)}."
    response = refused(
        request.headers, 406, detail, alternates=[{"type": form, "href": at} for form, at in forms.items()]
    )
    response.headers["link"] = ", ".join(
        f'<{at}>; rel="alternate"; type="{form}"' for form, at in forms.items()
    )
    return response


def failed(request: Request, error: Exception) -> Response:
    """What went wrong below a view, or on the way to one."""
    match error:
        case Refused():
            response = refused(request.headers, error.status, error.message, error.code, reader_of(request))
            response.headers.update(error.headers)
        case HTTPException():
            allowed = ", ".join(sorted((error.headers or {}).get("Allow", "").split(", ")))
            detail = _of_the_router(request, error.status_code, error.detail, allowed)
            response = refused(request.headers, error.status_code, detail, reader=reader_of(request))
            response.headers.update({"allow": allowed} if allowed else {})
        case _:
            outcome = outcome_of(error)
            more = {}
            if outcome.words is not None:
                more["incident"] = recorded("request failed", error, outcome)
            detail = outcome.words or str(error)
            response = refused(
                request.headers, outcome.status, _sentence(detail), outcome.code, reader_of(request), **more
            )
    return response


def _heading(status: int) -> str:
    """The name of the words that stand above a page for people."""
    return {404: "not_found", 410: "removed"}.get(status, "refused" if status < 500 else "trouble")


def form_of(headers: Headers) -> str:
    """The form in which a problem answers a request; problem details where it asks for none of ours."""
    found = best(accepted(headers), FORMS)
    return PROBLEM if found is None or found == JSON else found


def title_of(status: int) -> str:
    """The name of a status as a title."""
    return HTTPStatus(status).phrase.capitalize()


def _of_the_router(request: Request, status: int, said: str, allowed: str) -> str:
    """What the router has no answer to, in a sentence."""
    known = {
        404: f"There is nothing at {request.url.path[:200]}: / says what is here.",
        405: f"{request.method[:20]} is not possible here: use {allowed}.",
    }
    return known.get(status) or _sentence(said)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
