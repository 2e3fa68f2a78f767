"""The page of one link: its two ends, what it says, and the sources that it rests on."""

from starlette.responses import Response

from res68.pages.asking import link_question
from res68.pages.footnotes import Footnotes, named
from res68.pages.labels import kinds_by_enum, name_label
from res68.pages.mistake import Claim, mistake
from res68.pages.reader import Reader
from res68.pages.reading import read
from res68.pages.templates import page
from res68.pages.ties import Tying
from res68.running import Running


async def link_page(here: Running, identity: str, reader: Reader, report: str | None) -> Response | None:
    """The page, or None where there is no such link."""
    reading = await read(here, link_question(here.model), id=identity, language=reader.code)
    found = reading.data["record"]
    if found is None:
        return None
    link_type, notes = here.model.link_types[found["type"]], Footnotes()
    evidence = Tying(here.model, reader, notes).evidence(found, link_type)
    kinds = kinds_by_enum(here.model, reader)
    label = name_label(link_type, reader)
    claim = Claim(
        link_type.name,
        label,
        f"{found['from']['id']} → {found['to']['id']}",
        tuple(one.url or one.id for one in evidence.sources),
    )
    return page(
        "link.html",
        200,
        reader,
        identity=identity,
        label=label,
        description=link_type.description,
        iri=found["iri"],
        found=found,
        ends=[
            (end, found[end]["id"], named(found[end]), kinds[found[end]["kind"]]) for end in ("from", "to")
        ],
        evidence=evidence,
        sources=list(notes.cited.values()),
        mistake=mistake(reader, here.settings.contact, identity, reading.dataset.version, [claim], report),
        dataset=reading.dataset,
    )
