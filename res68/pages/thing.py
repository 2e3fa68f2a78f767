"""The page of one thing: a function of the service, an id and the reader, whichever route calls it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from ontology.identity import ID, MAX_ID, kebab
from ontology.model import Kind
from res68.pages.asking import PAGE, field_question, thing_question, traces, traces_question
from res68.pages.footnotes import Footnotes, named
from res68.pages.labels import kind_label
from res68.pages.link import link_page
from res68.pages.mistake import Claim, mistake
from res68.pages.reader import Reader
from res68.pages.reading import read, read_together
from res68.pages.schemaorg import about
from res68.pages.story import Telling
from res68.pages.templates import data_block, page
from res68.pages.ties import Group, Tying
from res68.pages.trace import shown
from res68.pages.values import Row, rows
from res68.refusals import Refused
from res68.running import Running


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a page asks for beside the thing: the claim to report as a mistake; or the links of
    one field, after or before a cursor."""

    report: str | None = None
    links: str | None = None
    after: str | None = None
    before: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """Read the query of an address."""
        return cls(*(query.get(name) or None for name in ("report", "links", "after", "before")))


async def resource_page(here: Running, identity: str, reader: Reader, asked: Asked) -> Response | None:
    """The page of what has this id; None where there is nothing. A Refused where it cannot be shown."""
    if len(identity) > MAX_ID or not ID.fullmatch(identity):
        return None
    if identity.startswith("link/"):
        return await link_page(here, identity, reader, asked.report)
    kind = here.model.kind_of(identity)
    if kind is None or kind.abstract:
        return None
    if asked.links is not None:
        return await _field_page(here, kind, identity, reader, asked)
    return await _thing_page(here, kind, identity, reader, asked.report)


async def _thing_page(
    here: Running, kind: Kind, identity: str, reader: Reader, report: str | None
) -> Response | None:
    asked = [query for query in (thing_question(here.model, kind), traces_question(kind)) if query]
    readings = await read_together(here, asked, id=identity, language=reader.code)
    reading, data = readings[0], {name: value for one in readings for name, value in one.data.items()}
    found = data["record"]
    if found is None:
        return None
    notes = Footnotes()
    of_all = notes.cite(found["sources"])
    persons = here.settings.show_persons
    widest = here.model.kinds[kind.labels[0]]
    own = rows(kind, found, reader, notes, widest=widest, persons=persons)
    groups = Tying(here.model, reader, notes).groups(kind, found)
    telling = Telling(here.model, reader, notes)
    told = [shown(telling, f"trace_{name}", found, data[name]) for name, _ in traces(kind)]
    claims = list(_claims(own, groups, [one.url or one.id for one in of_all]))
    version = reading.dataset.version
    return page(
        "thing.html",
        200,
        reader,
        identity=identity,
        kind=kind_label(kind, reader),
        list=kebab(kind.plural),
        title=named(found),
        iri=found["iri"],
        found=found,
        rows=own,
        groups=groups,
        traces=[one for one in told if one],
        of_all=of_all,
        sources=list(notes.cited.values()),
        mistake=mistake(reader, here.settings.contact, identity, version, claims, report),
        structured=data_block(about(kind, found, version, of_all, persons=persons)),
        dataset=reading.dataset,
    )


async def _field_page(
    here: Running, kind: Kind, identity: str, reader: Reader, asked: Asked
) -> Response | None:
    """A page of the links of one field."""
    field = kind.links.get(asked.links or "")
    if field is None or not field.many:
        names = ", ".join(one.name for one in kind.links.values() if one.many)
        raise Refused(400, f"links={asked.links!r} is no list of a thing of this kind: use one of {names}.")
    backward = asked.before is not None
    query = field_question(here.model, kind, field, backward)
    cursor = asked.before or asked.after
    reading = await read(here, query, id=identity, language=reader.code, size=PAGE, cursor=cursor)
    found = reading.data["record"]
    if found is None:
        return None
    notes = Footnotes()
    group = Tying(here.model, reader, notes).group(field, found[field.name])
    return page(
        "links.html",
        200,
        reader,
        identity=identity,
        kind=kind_label(kind, reader),
        title=named(found),
        group=group,
        sources=list(notes.cited.values()),
        dataset=reading.dataset,
    )


def _claims(own: Sequence[Row], groups: Sequence[Group], of_all: Sequence[str]) -> Sequence[Claim]:
    """All that the page says, for a report to choose from; what names no source rests on those of all."""
    said = [
        Claim(
            row.name, row.label, row.plain, tuple(one.url or one.id for one in row.sources) or tuple(of_all)
        )
        for row in own
    ]
    ties = [
        Claim(
            group.name,
            group.label,
            ", ".join(tie.id for tie in group.ties),
            tuple(dict.fromkeys(one.url or one.id for tie in group.ties for one in tie.evidence.sources)),
        )
        for group in groups
    ]
    return said + ties
