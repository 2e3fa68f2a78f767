"""What cannot be answered: the status, and problem details, a page or a text as the client asks."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from graph.embedded import EmbeddedEngine
from graph.errors import StoreError, StoreTimeout, StoreUnavailable
from graph.store import Store
from res68.media import HTML, JSON, PLAIN, PROBLEM, TURTLE
from res68.problems import failed, problem
from res68.refusals import Refused
from res68.running import Running
from resolvers.errors import BadUserInput, OperationError
from tests.http.service import client_of

MISSING = "/id/conclusion/CTO-2009-C99"
THING = "conclusion/CTO-2009-C6"
DATA = (f"/id/{THING}", f"/doc/{THING}", f"/linkset/{THING}", "/ontology", "/shapes", "/context.jsonld")
ADDRESSES = ("/", MISSING, "/id/no such kind/x", "/nothing", "/health/live", "/static/nothing.js", "/graphql")
# What may stand in a header: no line ends and no other control signs but the tab.
IN_A_HEADER = st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f") | st.just("\t")


def request(accept: str | None = None) -> Request:
    headers = [] if accept is None else [(b"accept", accept.encode())]
    return Request({"type": "http", "method": "GET", "path": "/x", "headers": headers, "query_string": b""})


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, PROBLEM),
        ("*/*", PROBLEM),
        (JSON, PROBLEM),
        (PROBLEM, PROBLEM),
        (TURTLE, PROBLEM),
        ("nonsense", PROBLEM),
        ("application/*", PROBLEM),
        ("text/html, */*;q=0.5", HTML),
        (PLAIN, PLAIN),
        (f"{HTML};q=0.5, {PLAIN};q=0.6", PLAIN),
    ],
)
async def test_a_problem_comes_in_the_form_that_is_asked_for(
    client: httpx.AsyncClient, accept: str | None, form: str
) -> None:
    headers = {} if accept is None else {"accept": accept}
    asked = client.build_request("GET", "/nothing", headers=headers)
    if accept is None:
        del asked.headers["accept"]
    response = await client.send(asked)
    assert response.status_code == 404
    assert response.headers["content-type"].split(";")[0] == form
    assert response.headers["vary"] == ("Accept, Accept-Language" if form == HTML else "Accept")
    assert "There is nothing at /nothing" in response.text


async def test_a_problem_says_what_was_wrong_and_what_to_do(client: httpx.AsyncClient) -> None:
    said = (await client.get(MISSING)).json()
    assert said == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "Nothing here has the id conclusion/CTO-2009-C99: an id is a kind and a key, such as "
        "conclusion/CTO-2009-C6.",
        "code": "BAD_USER_INPUT",
    }


async def test_what_is_not_accepted_is_answered_with_the_alternatives(client: httpx.AsyncClient) -> None:
    response = await client.get("/doc/conclusion/CTO-2009-C6", headers={"accept": "image/png"})
    said = response.json()
    assert (response.status_code, said["status"]) == (406, 406)
    assert "image/png" in said["detail"]
    (address,) = (one["href"] for one in said["alternates"] if one["type"] == JSON)
    assert address.endswith("/doc/conclusion/CTO-2009-C6.json")
    assert f'<{address}>; rel="alternate"; type="{JSON}"' in response.headers["link"]


@pytest.mark.parametrize("address", ["/", MISSING, "/health/live"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
async def test_a_wrong_method_is_told_the_right_ones(
    client: httpx.AsyncClient, address: str, method: str
) -> None:
    response = await client.request(method, address)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert response.json()["detail"] == f"{method} is not possible here: use GET, HEAD."


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_head_is_a_get_without_its_body(client: httpx.AsyncClient, address: str) -> None:
    whole, head = await client.get(address), await client.head(address)
    assert (head.status_code, head.content) == (whole.status_code, b"")
    apart = ("x-request-id", "date")
    assert {name: value for name, value in head.headers.items() if name not in apart} == {
        name: value for name, value in whole.headers.items() if name not in apart
    }


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused(415, "No."), 415, "BAD_USER_INPUT"),
        (Refused(413, "No.", "QUERY_TOO_LARGE"), 413, "QUERY_TOO_LARGE"),
        (BadUserInput("no"), 400, "BAD_USER_INPUT"),
        (StoreUnavailable("no"), 503, "STORE_UNAVAILABLE"),
        (StoreTimeout("no"), 504, "TIMEOUT"),
        (StoreError("no"), 503, "STORE_UNAVAILABLE"),
    ],
)
def test_an_error_has_the_status_and_the_code_of_the_table(error: Exception, status: int, code: str) -> None:
    response = failed(request(), error)
    assert response.status_code == status
    assert f'"code":"{code}"'.encode() in response.body
    assert (b'"incident":' in response.body) == isinstance(error, StoreError)
    assert (response.headers.get("retry-after") is not None) == (status == 503)


def test_a_failure_of_the_store_is_masked(caplog: pytest.LogCaptureFixture) -> None:
    response = failed(request(HTML), StoreError("the password is x"))
    assert b"password" not in response.body
    assert b"try again" in response.body


def test_every_error_of_an_operation_is_answered() -> None:
    for kind in OperationError.__subclasses__():
        assert failed(request(), kind("no")).status_code < 500


def test_a_problem_can_say_more() -> None:
    response = problem(400, "Bad query", "It has no end.", line=3)
    assert b'"line":3' in response.body
    assert response.media_type == PROBLEM


async def test_a_record_that_the_store_cannot_read_now_is_said_to_be_unavailable(
    here: Running, tmp_path: Path
) -> None:
    async with client_of(replace(here, store=Store(EmbeddedEngine(tmp_path)))) as client:
        response = await client.get(MISSING)
    assert response.status_code == 503
    assert response.json()["code"] == "STORE_UNAVAILABLE"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    header=st.text(alphabet='*/;,="q01.\\ atxhml') | st.text(alphabet=IN_A_HEADER),
    address=st.sampled_from((*ADDRESSES, *DATA)),
)
async def test_no_accept_header_whatever_makes_us_fail(
    client: httpx.AsyncClient, header: str, address: str
) -> None:
    response = await client.get(address, headers={b"accept": header.strip().encode("latin-1")})
    assert response.status_code < 500
