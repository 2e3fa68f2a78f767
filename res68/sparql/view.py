"""The SPARQL 1.1 protocol: the view behind /sparql, which is a page to a browser."""

from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from res68.media import accepted, best
from res68.pages.reader import reader_of
from res68.problems import not_acceptable, refused
from res68.refusals import Refused
from res68.running import Running, running
from res68.sparql.description import SYNTAXES, description
from res68.sparql.faults import SAID, Fault, fault_in, fault_of
from res68.sparql.formats import FAMILIES, Wanted, wanted
from res68.sparql.mirror import Copy
from res68.sparql.page import ROWS_ON_A_PAGE, answer_page, empty_page, fault_page
from res68.sparql.pool import Reply
from res68.sparql.reading import Reading, read_query
from res68.sparql.request import READ_ONLY, Asked, asked
from res68.sparql.service import Limits, Question
from res68.tags import is_known, strong_tag

METHODS = ("GET", "HEAD", "POST")
NO_SERVICE = "SERVICE is refused: this endpoint asks no other. Ask both and join what they answer."


async def sparql(request: Request) -> Response:
    """Answer one request, whatever is wrong with it."""
    try:
        return await _response(request)
    except ClientDisconnect:
        return Response(status_code=400)


async def _response(request: Request) -> Response:
    here, form, query = running(request), wanted(accepted(request.headers)), ""
    try:
        _check_method(request)
        given = await asked(request, here.settings.limit_body, here.settings.limit_body_seconds)
        if given is None:
            return await _bare(request, here, form)
        query = given.query
        form = form if given.format is None else wanted(None, given.format)
        return await _answered(request, here, given, form)
    except SAID as error:
        fault = fault_of(error, here.settings.sparql_memory)
    return _faulty(request, here, form, query, fault)


def _check_method(request: Request) -> None:
    if request.method not in METHODS:
        use = {"allow": ", ".join(METHODS)}
        raise Refused(405, f"{request.method[:20]} is not possible here: use GET or POST.", headers=use)


async def _bare(request: Request, here: Running, form: Wanted) -> Response:
    """A GET without a query: the page to a person, to a program the description of the service."""
    await here.sparql.mirror.prepare()  # a query is likely to follow
    if form.page:
        return empty_page(here, reader_of(request))
    syntax = best(accepted(request.headers), SYNTAXES)
    if syntax is None:
        return not_acceptable(request, dict.fromkeys(SYNTAXES, request.url.path))
    tag = strong_tag((here.settings.base, here.model.version, syntax))
    headers = {"vary": "Accept", "cache-control": "no-cache", "etag": tag}
    if is_known(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    return Response(description(here.settings.base, syntax), 200, headers, syntax)


async def _answered(request: Request, here: Running, given: Asked, form: Wanted) -> Response:
    reading = _checked(here, given)
    named = given if given.names_graphs else reading
    question = here.sparql.question(given.query, named.default, named.named)
    limits = Limits.of(here.settings)
    if form.page:
        limits = Limits(limits.seconds, min(limits.rows, ROWS_ON_A_PAGE), limits.size)
    async with here.sparql.mirror.held() as copy:
        headers = _headers(request, here, copy, question, form, reading)
        if is_known(request.headers.get("if-none-match"), headers.get("etag", "").removeprefix("W/")):
            return Response(status_code=304, headers=headers)
        reply = await here.sparql.ask(copy, question, form, limits)
    fault = fault_in(reply, here.settings.sparql_memory)
    if fault is not None:
        return _faulty(request, here, form, given.query, fault)
    if reply.head["outcome"] == "unacceptable":
        return not_acceptable(request, dict.fromkeys(FAMILIES[reply.head["family"]], request.url.path))
    if form.page:
        return answer_page(here, reader_of(request), given.query, reply)
    return _sent(here, reply, headers)


def _checked(here: Running, given: Asked) -> Reading:
    """What the text of the query says, if it may be asked at all."""
    longest = here.settings.sparql_length
    if len(given.query) > longest:
        raise Refused(
            413,
            f"The query has {len(given.query):,} characters: {longest:,} are allowed.",
            "QUERY_TOO_LARGE",
        )
    reading = read_query(given.query, here.sparql.base)
    if reading.update:
        raise Refused(403, f"{reading.update} is an update. {READ_ONLY}")
    if reading.service:
        raise Refused(403, NO_SERVICE)
    return reading


def _headers(
    request: Request, here: Running, copy: Copy, question: Question, form: Wanted, reading: Reading
) -> dict[str, str]:
    """The tag is a weak one: rows without an order may come in another. What changes from one time to the
    next, such as NOW(), has none."""
    if request.method == "POST" or reading.changing or form.page:
        return {"vary": "Accept", "cache-control": "no-store"}
    asked = (question.query, question.default, question.named, form.table, form.graph)
    limits = (here.settings.sparql_rows, here.settings.sparql_bytes)
    tag = strong_tag((copy.version, here.model.version, here.settings.base, *asked, *limits))
    return {"vary": "Accept", "cache-control": "no-cache", "etag": f"W/{tag}"}


def _sent(here: Running, reply: Reply, headers: dict[str, str]) -> Response:
    media_type = reply.head["type"]
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    if reply.head["cut"]:
        link = f'<{here.sparql.base}#limits>; rel="help"'
        headers = {**headers, "x-rows-cut": str(reply.head["rows"]), "link": link}
    return Response(reply.body, 200, headers, f"{media_type}{charset}")


def _faulty(request: Request, here: Running, form: Wanted, query: str, fault: Fault) -> Response:
    if form.page:
        response = fault_page(here, reader_of(request), query, fault)
    else:
        more: dict[str, Any] = dict(fault.more)
        response = refused(request.headers, fault.status, fault.detail, fault.code, **more)
    response.headers.update(fault.headers)
    return response
