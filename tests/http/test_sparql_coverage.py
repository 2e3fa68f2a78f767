"""Every number of the GraphQL field `coverage`, computed a second time in SPARQL from the published triples.

Nothing is shared with the Cypher of the service: what counts is written here anew, over link nodes.
"""

from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from res68.running import Running

FIGURES = ("total", "stated", "statedOrInferred", "meetingWide")
PREFIXES = """
PREFIX r68: <https://w3id.org/res68/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
Rows = dict[str | None, tuple[int, ...]]


def verified(start: str, predicate: str, end: str, name: str) -> str:
    """A link that does not rest on memory alone; `name` keeps its variable apart from others."""
    return f"""?{name} rdf:subject {start} ; rdf:predicate r68:{predicate} ; rdf:object {end} .
      FILTER NOT EXISTS {{ ?{name} r68:unverified true }}"""


def ties(start: str, bodies: str = "") -> str:
    """What started led to, by the links that count: to acts that count, and if only acts of some bodies do,
    to one of these."""
    return f"""{{ SELECT DISTINCT ({start} AS ?from) ?sure ?act {{
      ?tie rdf:predicate r68:ledTo ; rdf:subject {start} ; rdf:object ?act ; r68:strength ?sure .
      FILTER NOT EXISTS {{ ?tie r68:priorWork true }}
      ?act a r68:Action ; dcterms:type ?sort .
      GRAPH <https://w3id.org/res68/ontology> {{ ?sort r68:covers true }}
      {bodies and acted(bodies)} }} }}"""


def acted(bodies: str) -> str:
    """That one of these bodies did the act; what a study group did in one study period is the group's."""
    return f"""{verified("?act", "takenBy", "?one", "taken")}
      OPTIONAL {{ ?one a r68:StudyGroupTerm ; r68:partOf ?its . ?its a r68:StudyGroup }}
      FILTER(?one IN ({bodies}) || (BOUND(?its) && ?its IN ({bodies})))"""


def judged(scope: str = "", bodies: str = "") -> str:
    """The conclusions of a scope, each with whether it is covered; with bodies, those that they covered."""
    own, wide = ties("?x", bodies).replace("?from", "?c"), ties("?m0", bodies).replace("?from", "?m")
    return f"""{{ SELECT ?c (MAX(COALESCE(?sure = r68:strength-stated, false)) AS ?stated)
        (MAX(BOUND(?sure)) AS ?either) (!MAX(BOUND(?sure)) && MAX(BOUND(?further)) AS ?wide) {{
      {{ SELECT DISTINCT ?c {{ ?c a r68:Conclusion . {scope} }} }}
      {own if bodies else f"OPTIONAL {{ {own} }}"}
      OPTIONAL {{ SELECT DISTINCT ?c (true AS ?further) {{ ?m r68:reached ?c . {wide} }} }}
    }} GROUP BY ?c }}"""


SUMS = (
    "(COUNT(*) AS ?total) (SUM(IF(?stated, 1, 0)) AS ?s) (SUM(IF(?either, 1, 0)) AS ?e) "
    "(SUM(IF(?wide, 1, 0)) AS ?w)"
)
GROUPS = {
    "MEETING": verified("?g", "reached", "?c", "l1") + " ?g a r68:Meeting .",
    "SERIES": verified("?m", "reached", "?c", "l1")
    + verified("?m", "partOf", "?g", "l2")
    + " ?g a r68:MeetingSeries .",
    "STUDY_PERIOD": verified("?m", "reached", "?c", "l1")
    + verified("?m", "during", "?g", "l2")
    + " ?g a r68:StudyPeriod .",
    "TOPIC": verified("?c", "about", "?t", "l1") + " ?t r68:broader* ?g . ?g a r68:Topic .",
}


async def solutions(client: httpx.AsyncClient, query: str) -> list[dict[str, str]]:
    answer = await client.post("/sparql", data={"query": PREFIXES + query})
    assert answer.status_code == 200, answer.text
    assert "x-rows-cut" not in answer.headers
    return [
        {name: term["value"] for name, term in row.items()} for row in answer.json()["results"]["bindings"]
    ]


async def coverage(client: httpx.AsyncClient, fields: str, of: Mapping[str, Any] | None = None) -> Any:
    query = f"query($of: CoverageScope) {{ coverage(of: $of) {{ {fields} }} }}"
    answer = await client.post("/graphql", json={"query": query, "variables": {"of": of}})
    assert "errors" not in answer.json(), answer.text
    return answer.json()["data"]["coverage"]


def numbers(row: Mapping[str, str]) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in ("total", "s", "e", "w"))


SCOPES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "", ""),
    (
        {"meetings": ["meeting/CTO-2009", "meeting/CXO-2019"]},
        verified("?m", "reached", "?c", "l1")
        + " FILTER(?m IN (<id/meeting/CTO-2009>, <id/meeting/CXO-2019>))",
        "",
    ),
    (
        {"series": ["meeting-series/cto"]},
        GROUPS["SERIES"].replace("?g", "<id/meeting-series/cto>"),
        "",
    ),
    (
        {"studyPeriods": ["study-period/2013-2016"]},
        GROUPS["STUDY_PERIOD"].replace("?g", "<id/study-period/2013-2016>"),
        "",
    ),
    ({"nature": ["CALL"]}, "?c dcterms:type r68:conclusion-nature-call .", ""),
    (
        {"addressedTo": ["sector/ITU-T"]},
        verified("?c", "addressedTo", "<id/sector/ITU-T>", "l1"),
        "",
    ),
    (
        {"from": "2014", "to": "2017"},
        "?c dcterms:date ?d . FILTER(STR(?d) >= '2014' && STR(?d) < '2018')",
        "",
    ),
    ({"studyGroups": ["study-group/SG13"]}, "", "<id/study-group/SG13>"),
    (
        {"studyGroups": ["study-group/SG17", "advisory-group/TSAG"], "nature": ["CALL"]},
        "?c dcterms:type r68:conclusion-nature-call .",
        "<id/study-group/SG17>, <id/advisory-group/TSAG>",
    ),
    (
        {"topics": ["topic/security"]},
        GROUPS["TOPIC"].replace("?g", "<id/topic/security>"),
        "",
    ),
]


@pytest.mark.parametrize(
    ("of", "scope", "bodies"), SCOPES, ids=[",".join(of) or "all" for of, _, _ in SCOPES]
)
async def test_the_figures_of_a_scope(
    client: httpx.AsyncClient, of: dict[str, Any], scope: str, bodies: str
) -> None:
    found = await coverage(client, " ".join(FIGURES), of)
    rows = await solutions(client, f"SELECT {SUMS} {{ {judged(scope, bodies)} }}")
    assert [tuple(found[name] for name in FIGURES)] == [numbers(row) for row in rows]
    assert found["total"] > 0


async def test_no_step_to_a_wider_topic_rests_on_memory(client: httpx.AsyncClient) -> None:
    """A path cannot look at its links: without such steps it need not."""
    assert await solutions(client, "SELECT ?l { ?l rdf:predicate r68:broader ; r68:unverified true }") == []


@pytest.mark.parametrize("by", GROUPS)
async def test_the_figures_of_every_group(here: Running, client: httpx.AsyncClient, by: str) -> None:
    query = f"""SELECT ?g {SUMS} {{
      {{ SELECT DISTINCT ?c ?g ?stated ?either ?wide {{ {judged()} OPTIONAL {{ {GROUPS[by]} }} }} }}
    }} GROUP BY ?g"""
    expected = {name_of(here, row): numbers(row) for row in await solutions(client, query)}
    assert await rows_of(client, by) == expected
    assert len(expected) > 1


async def test_the_figures_of_every_body(here: Running, client: httpx.AsyncClient) -> None:
    body = f"""{ties("?c").replace("?from", "?by")}
      {verified("?act", "takenBy", "?body", "taken")}
      OPTIONAL {{ ?body a r68:StudyGroupTerm ; r68:partOf ?its . ?its a r68:StudyGroup }}
      BIND(COALESCE(?its, ?body) AS ?g)"""
    own = f"""SELECT ?g (COUNT(*) AS ?total) (SUM(?stated) AS ?s) (COUNT(*) AS ?e) (0 AS ?w) {{
      {{ SELECT ?by ?g (MAX(IF(?sure = r68:strength-stated, 1, 0)) AS ?stated) {{
        ?by a r68:Conclusion . {body} }} GROUP BY ?by ?g }}
    }} GROUP BY ?g"""
    nobody = f"SELECT {SUMS} {{ {judged()} MINUS {{ SELECT (?by AS ?c) {{ {body} }} }} }}"
    expected: Rows = {name_of(here, row): numbers(row) for row in await solutions(client, own)}
    expected[None] = numbers((await solutions(client, nobody))[0])
    assert await rows_of(client, "STUDY_GROUP") == expected


@pytest.mark.parametrize(
    ("argument", "strengths"),
    [
        ("", "r68:strength-stated r68:strength-inferred"),
        ("(strength: [STATED])", "r68:strength-stated"),
        ("(strength: [INFERRED])", "r68:strength-inferred"),
    ],
)
async def test_the_conclusions_without_cover(
    here: Running, client: httpx.AsyncClient, argument: str, strengths: str
) -> None:
    given = argument.removesuffix(")") + ", first: 200)" if argument else "(first: 200)"
    found = (await coverage(client, f"uncovered{given} {{ totalCount nodes {{ id }} }}"))["uncovered"]
    covered = f"{ties('?x').replace('?from', '?g')} VALUES ?sure {{ {strengths} }}"
    rows = await solutions(client, f"SELECT ?g {{ ?g a r68:Conclusion MINUS {{ {covered} }} }}")
    assert {node["id"] for node in found["nodes"]} == {name_of(here, row) for row in rows}
    assert found["totalCount"] == len(rows) > 0


def name_of(here: Running, row: Mapping[str, str]) -> str | None:
    """The id of the group of a row; None for the row without a group."""
    return row["g"].removeprefix(f"{here.settings.base}/id/") if "g" in row else None


async def rows_of(client: httpx.AsyncClient, by: str) -> Rows:
    fields = f"rowCount rows(first: 200) {{ group {{ id }} {' '.join(FIGURES)} }}"
    query = f"{{ coverage(by: {by}) {{ {fields} }} }}"
    found = (await client.post("/graphql", json={"query": query})).json()["data"]["coverage"]
    rows = {
        row["group"] and row["group"]["id"]: tuple(row[name] for name in FIGURES) for row in found["rows"]
    }
    assert found["rowCount"] == len(rows)
    return rows
