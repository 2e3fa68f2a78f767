"""What is not there: a page for people, an error for programs."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from res68.media import HTML, JSON, best
from res68.pages.templates import page
from res68.refusals import error_response


def not_found(media_type: str, identity: str) -> Response:
    """No thing has this id."""
    message = (
        f"Nothing here has the id {identity}: an id is a kind and a key, such as conclusion/CTO-2009-C6."
    )
    return _said(404, "Not found", message, media_type)


def gone(media_type: str, identity: str) -> Response:
    """A thing had this id until it was removed from the dataset."""
    message = f"{identity} was here and has been removed from the dataset."
    return _said(410, "Removed", message, media_type)


def missing(request: Request, error: Exception) -> Response:
    """What the router has no answer to."""
    assert isinstance(error, HTTPException)
    media_type = best(request.headers.get("accept"), (HTML, JSON)) or JSON
    if error.status_code == 404:
        return _said(404, "Not found", "There is no such page here.", media_type)
    response = _said(error.status_code, error.detail, f"{error.detail}.", media_type)
    response.headers.update(error.headers or {})
    return response


def _said(status: int, title: str, message: str, media_type: str) -> Response:
    if media_type == HTML:
        return page("missing.html", status, title=title, message=message)
    return error_response(status, message, {"code": "BAD_USER_INPUT"})
