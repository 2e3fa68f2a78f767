"""What a program should know of an address without reading what is there: typed links (RFC 8288), as FAIR
Signposting has them, for a Link header and for a link set (RFC 9264)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.dataset_read import LICENCE
from graph.description import Known
from ontology.namespaces import resolve
from res68.forms import FORMS, RDF
from res68.media import HTML, JSON

LINKSET_JSON = "application/linkset+json"
LINKSET_TEXT = "application/linkset"
PAGE_ABOUT_SOMETHING = "https://schema.org/AboutPage"


@dataclass(frozen=True, slots=True)
class Signpost:
    """A link from an address: its relation, where it leads, and the media type of what is there."""

    rel: str
    target: str
    type: str | None = None

    def __str__(self) -> str:
        """As a value of a Link header."""
        return f'<{self.target}>; rel="{self.rel}"' + (f'; type="{self.type}"' if self.type else "")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where something of the dataset and the documents about it are, under a base."""

    base: str
    id: str

    @property
    def thing(self) -> str:
        """The thing or link itself: what to cite."""
        return f"{self.base}/id/{self.id}"

    @property
    def document(self) -> str:
        """The document about it, in the form that is asked for."""
        return f"{self.base}/doc/{self.id}"

    @property
    def linkset(self) -> str:
        """All signposts of it and of its documents."""
        return f"{self.base}/linkset/{self.id}"

    @property
    def forms(self) -> Mapping[str, str]:
        """The document in each form, by media type."""
        return {media_type: f"{self.document}.{ending}" for ending, media_type in FORMS.items()}


def of_thing(at: Addresses, known: Known) -> Iterator[Signpost]:
    """The signposts of a thing, which answers by leading to its document."""
    yield Signpost("cite-as", at.thing)
    yield from _described_by(at)
    yield from (Signpost("type", resolve(one)) for one in known.types)
    yield from _around(at)


def of_document(at: Addresses, known: Known, media_type: str) -> Iterator[Signpost]:
    """The signposts of a document in a form: of a page what Signposting wants of a landing page, of the
    others what it wants of metadata."""
    yield Signpost("cite-as", at.thing)
    yield Signpost("canonical", at.document)
    if media_type == HTML:
        yield from _described_by(at)
        yield Signpost("type", PAGE_ABOUT_SOMETHING)
    else:
        yield Signpost("describes", at.thing)
    yield from (Signpost("type", resolve(one)) for one in known.types)
    yield from (Signpost("alternate", to, form) for form, to in at.forms.items() if form != media_type)
    yield from _around(at)


def header(signposts: Iterable[Signpost]) -> str:
    """Signposts as a Link header."""
    return ", ".join(map(str, signposts))


def linkset_json(contexts: Mapping[str, Sequence[Signpost]]) -> dict[str, object]:
    """The signposts of several addresses as application/linkset+json."""
    return {"linkset": [{"anchor": anchor, **_by_relation(found)} for anchor, found in contexts.items()]}


def linkset_text(contexts: Mapping[str, Sequence[Signpost]]) -> str:
    """The signposts of several addresses as application/linkset."""
    lines = (f'{one}; anchor="{anchor}"' for anchor, found in contexts.items() for one in found)
    return ",\n".join(lines) + "\n"


def _by_relation(signposts: Iterable[Signpost]) -> dict[str, object]:
    found: dict[str, list[dict[str, str]]] = {}
    for one in signposts:
        target = {"href": one.target} | ({"type": one.type} if one.type else {})
        found.setdefault(one.rel, []).append(target)
    return dict(found)


def _described_by(at: Addresses) -> Iterator[Signpost]:
    yield from (Signpost("describedby", at.forms[form], form) for form in (*RDF, JSON))


def _around(at: Addresses) -> Iterator[Signpost]:
    yield Signpost("license", LICENCE)
    yield Signpost("collection", f"{at.base}/dataset")
    yield from (Signpost("linkset", at.linkset, form) for form in (LINKSET_JSON, LINKSET_TEXT))
