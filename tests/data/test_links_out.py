"""The links to other datasets that the reference dataset gives, against what its own records show."""

from ontology.linksets import LINKSETS
from tests.data.plain_trace import links, of_kind

EU, ITU = LINKSETS
RENUMBERED = 8  # published under another number than they have now: Y.2060 is Y.4000, L.1600 is Y.4900


def test_every_country_has_one_in_the_table_of_the_eu() -> None:
    found = [EU.link(country["iso3"]) for country in of_kind("country")]
    assert len(set(found) - {None}) == len(found) == 194


def test_the_page_of_a_recommendation_is_that_of_its_editions() -> None:
    """Addresses of editions were read in sources; that of the whole is what they all begin with."""
    pages = {str(one["id"]): ITU.link(one["number"]) for one in of_kind("recommendation")}
    assert None not in pages.values()
    alike, unlike = 0, 0
    for edition in of_kind("recommendation-edition"):
        (link,) = links(edition, "recommendation")
        address = str(edition.get("url", ""))
        if address.startswith("https://www.itu.int/rec/T-REC-"):
            same = address.startswith(f"{pages[str(link['to'])]}-")
            alike, unlike = alike + same, unlike + (not same)
    assert alike > 300
    assert unlike == RENUMBERED
