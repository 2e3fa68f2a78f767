"""The page of a thing or link: what it shows, in which language, and where it leads."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from ontology.languages import LANGUAGES
from res68.running import Running
from res68.settings import SettingsError, read_settings
from tests.http.marks import Marks
from tests.http.service import client_with

HTML = {"accept": "text/html"}
CONCLUSION = "/id/conclusion/CTO-2009-C6"
GROUP = "/id/study-group/SG13"


async def opened(client: httpx.AsyncClient, path: str, **headers: str) -> Marks:
    """A page, as a browser gets it."""
    response = await client.get(path, headers={**HTML, **headers}, follow_redirects=True)
    assert response.status_code == 200, response.text
    return Marks(response.text)


async def test_a_page_shows_properties_with_what_is_not_verified(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION)
    facts = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert facts["Number"] == "C6"
    assert facts["Nature"] == "Call from memory, not verified"
    assert facts["Date"] == "6 October 2009"
    assert "stated by a source" in facts["Meeting"]


async def test_a_value_on_which_sources_disagree_shows_what_the_others_give(
    here: Running, client: httpx.AsyncClient
) -> None:
    disputed = "meetings(filter: {disputed: {isNull: false}}, first: 1)"
    query = f"{{ {disputed} {{ nodes {{ id disputed {{ value sources }} }} }} }}"
    asked = await client.post("/graphql", json={"query": query})
    (meeting,) = asked.json()["data"]["meetings"]["nodes"]
    page = await opened(client, f"/id/{meeting['id']}")
    said = " ".join(page.texts("div", _class="doubt"))
    assert "Other sources give:" in said
    assert all(one["value"] is None or one["value"] in said for one in meeting["disputed"])


async def test_every_number_of_a_source_leads_to_that_source(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION)
    cited = {one.attributes["href"] for one in page.of("a", _class="cite")}
    listed = {f"#{one.attributes['id']}" for one in page.of("li") if "id" in one.attributes}
    assert cited
    assert cited <= listed


async def test_links_are_grouped_by_field_in_both_directions(client: httpx.AsyncClient) -> None:
    page = await opened(client, GROUP)
    heads = page.texts("h3")
    assert any(head.startswith("Succeeds ") for head in heads)
    assert any(head.startswith("Conclusions addressed to it ") for head in heads)


async def test_a_long_group_leads_on_page_by_page_to_its_end(client: httpx.AsyncClient) -> None:
    asked = await client.post(
        "/graphql",
        json={"query": '{ studyGroup(id: "study-group/SG13") { recommendations { totalCount } } }'},
    )
    total = asked.json()["data"]["studyGroup"]["recommendations"]["totalCount"]
    path, found, pages = f"{GROUP}?links=recommendations", [], 0
    while path:
        page = await opened(client, path)
        ties = [
            one for one in page.of("a") if one.attributes.get("href", "").startswith("/id/recommendation/")
        ]
        found += [one.attributes["href"] for one in ties]
        path, pages = next((one.attributes["href"] for one in page.of("a", rel="next")), ""), pages + 1
    assert (len(found), len(set(found))) == (total, total)
    assert pages > 1
    back = await opened(client, page.of("a", rel="prev")[0].attributes["href"])
    assert back.of("a", rel="next")


async def test_the_trace_is_drawn_and_said_again_in_a_table(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION)
    assert {one.attributes["aria-labelledby"] for one in page.of("svg", role="img")} == {
        f"trace_{way}-{width}-title" for way in ("up", "down") for width in ("wide", "narrow")
    }
    drawn = [one.text for one in page.of("text", _class="words")]
    assert any("inferred" in one for one in drawn)
    assert any("FG-Smart" in cell for cell in page.texts("td"))


async def test_a_page_leads_to_its_query_and_to_its_forms(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION)
    links = {one.attributes.get("href", "") for one in page.of("a")}
    assert {f"/doc/conclusion/CTO-2009-C6.{ending}" for ending in ("ttl", "nt", "jsonld", "rdf")} <= links
    assert "/graphql?thing=conclusion/CTO-2009-C6" in links


@pytest.mark.parametrize("identity", ["conclusion/CTO-2009-C6", "study-group/SG13", "source/itu.int/x"])
async def test_the_query_that_a_page_leads_to_is_a_right_one(
    client: httpx.AsyncClient, identity: str
) -> None:
    page = await opened(client, f"/graphql?thing={identity}")
    (block,) = page.of("script", type="application/json")
    asked = json.loads(block.text)["asked"]
    answer = await client.post(
        "/graphql", json={"query": asked["query"], "variables": json.loads(asked["variables"])}
    )
    assert "errors" not in answer.json()


async def test_a_mistake_can_be_reported_with_field_value_and_source(here: Running) -> None:
    async with client_with(here, contact="mistakes@example.org") as client:
        page = await opened(client, f"{CONCLUSION}?report=text")
    (text,) = page.texts("textarea")
    assert "id: conclusion/CTO-2009-C6" in text
    assert "Field: text Value: Study groups of ITU-T were invited" in text
    assert "Source: http" in text
    (mail,) = [one.attributes["href"] for one in page.of("a") if "mailto:" in one.attributes.get("href", "")]
    assert mail.startswith("mailto:mistakes@example.org?")
    assert " ".join(parse_qs(urlsplit(mail).query)["body"][0].split()) == text


async def test_without_an_address_the_report_is_a_text_alone(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION)
    assert page.of("textarea")
    assert [one for one in page.of("a") if "mailto:" in one.attributes.get("href", "")] == []


@pytest.mark.parametrize("value", ["nobody", "a b@c", "a@b?bcc=c@d <x>"])
def test_a_contact_that_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="RES68_CONTACT"):
        read_settings({"RES68_CONTACT": value})


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_page_is_written_in_the_language_that_is_asked_for(
    client: httpx.AsyncClient, language: str
) -> None:
    page = await opened(client, f"{CONCLUSION}?lang={language}", **{"accept-language": "de, fr;q=0.9"})
    (root,) = page.of("html")
    assert root.attributes == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    onward = [one.attributes["href"] for one in page.of("a") if "hreflang" not in one.attributes]
    ours = [address for address in onward if address.startswith(("/id/", "/list"))]
    assert ours
    assert all(f"lang={language}" in address for address in ours)


async def test_properties_and_links_are_called_by_their_names_in_each_language(
    client: httpx.AsyncClient,
) -> None:
    page = await opened(client, f"{CONCLUSION}?lang=fr")
    assert page.texts("dt")[:3] == ["Numéro", "Texte", "Nature"]
    assert "Adressée à 1" in page.texts("h3")
    assert "Réunion" in page.texts("dt")


async def test_a_browser_is_answered_in_its_own_language(client: httpx.AsyncClient) -> None:
    page = await opened(client, CONCLUSION, **{"accept-language": "fr-CH, en;q=0.5"})
    assert page.of("html")[0].attributes["lang"] == "fr"
    assert "6 octobre 2009" in page.texts("dd")


async def test_what_falls_back_to_another_language_is_marked(client: httpx.AsyncClient) -> None:
    page = await opened(client, f"{CONCLUSION}?lang=ar")
    (head,) = page.of("h1")
    assert head.text.split()[-1] == "en"
    assert [one.attributes["lang"] for one in page.of("bdi") if "smart grids" in one.text]
    english = await opened(client, CONCLUSION)
    assert english.of("small", _class="mark") == []


async def test_a_label_in_two_scripts_keeps_its_order_where_one_reads_from_the_right(
    client: httpx.AsyncClient,
) -> None:
    page = await opened(client, "/id/study-group/SG13?lang=ar")
    (head,) = page.of("h1")
    assert [one.text for one in page.of("bdi") if one.text == head.text.strip()]


async def test_a_page_says_what_it_is_about_in_the_words_of_search_engines(client: httpx.AsyncClient) -> None:
    page = await opened(client, "/id/meeting/CTO-2009")
    (block,) = page.of("script", type="application/ld+json")
    said = json.loads(block.text)
    assert (said["@context"], said["@type"]) == ("https://schema.org", "Event")
    assert said["@id"].endswith("/id/meeting/CTO-2009")
    assert said["startDate"] == "2009-10-06"
    assert said["mainEntityOfPage"]["isPartOf"]["version"]


async def test_a_page_with_figures_says_from_when_they_are(here: Running, client: httpx.AsyncClient) -> None:
    state = await here.store.ready()
    assert state is not None
    for path in (
        "/",
        "/list",
        "/list/meetings",
        "/search?q=smart",
        CONCLUSION,
        f"{GROUP}?links=recommendations",
    ):
        (foot,) = (await opened(client, path)).texts("footer")
        assert f"dataset version {state.version}" in foot, path
        assert "Data as of" in foot


async def test_a_link_has_a_page_with_its_two_ends(client: httpx.AsyncClient) -> None:
    record = (
        await client.get(CONCLUSION, headers={"accept": "application/json"}, follow_redirects=True)
    ).json()
    link = next(one for one in record["links"] if one["type"] == "ABOUT")
    page = await opened(client, f"/id/{link['id']}")
    assert page.texts("h1") == ["About"]
    links = {one.attributes.get("href") for one in page.of("a")}
    assert {CONCLUSION, f"/id/{link['to']}"} <= links


async def test_no_person_is_on_any_page_when_the_settings_say_so(here: Running) -> None:
    personal = [
        (kind, one) for kind in here.model.concrete for one in kind.properties.values() if one.personal
    ]
    assert personal
    async with client_with(here) as shown, client_with(here, show_persons=False) as hidden:
        for kind, declared in personal:
            query = f"{{ {kind.plural}(first: 200) {{ nodes {{ id {declared.name} }} }} }}"
            nodes = (await shown.post("/graphql", json={"query": query})).json()["data"][kind.plural]["nodes"]
            named = next((node for node in nodes if node[declared.name]), None)
            if named is not None:
                name = named[declared.name]
                name = name[0] if isinstance(name, list) else name
                assert name in "".join((await opened(shown, f"/id/{named['id']}")).texts("dd"))
                assert name not in "".join((await opened(hidden, f"/id/{named['id']}")).texts("html"))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{GROUP}?links=nothing", "'nothing' is no list of a thing of this kind"),
        (f"{GROUP}?links=sector", "'sector' is no list of a thing of this kind"),
        (f"{GROUP}?links=recommendations&after=broken", "is no cursor"),
        (f"{GROUP}?links=recommendations&before=WzFd", "is no cursor"),
    ],
)
async def test_what_a_page_cannot_show_is_said(client: httpx.AsyncClient, path: str, words: str) -> None:
    response = await client.get(path, headers=HTML, follow_redirects=True)
    assert response.status_code == 400
    assert words in " ".join(Marks(response.text).texts("p"))


async def test_a_page_that_is_missing_is_missing_in_the_readers_language(client: httpx.AsyncClient) -> None:
    response = await client.get("/id/conclusion/CTO-2009-C99?lang=ru", headers=HTML)
    page = Marks(response.text)
    assert (response.status_code, page.texts("h1")) == (404, ["Не найдено"])
    assert [one.attributes["lang"] for one in page.of("p") if "CTO-2009-C99" in one.text] == ["en"]
