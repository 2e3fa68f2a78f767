"""All records of a dataset together: what they name exists, and the claims of both ends become links."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import TypeVar

from graph.claims import Claim
from graph.content import Link
from graph.problems import Place, Problems
from graph.reader import Reference, clipped
from graph.records import CheckedRecord, before
from ontology.identity import link_id
from ontology.model import Model

Given = TypeVar("Given")

SUGGESTED_UP_TO = 5_000  # the nearest of more ids takes too long to find
STRONGEST_FIRST = ("stated", "inferred", None)


class Union:
    """The union of checked records, by id, with the links between them and the places that claim these."""

    def __init__(self, records: Sequence[CheckedRecord], model: Model, problems: Problems) -> None:
        self.model = model
        self.problems = problems
        self.records: dict[str, CheckedRecord] = {}
        self.links: dict[str, Link] = {}
        self.places: dict[str, Place] = {}
        for record in records:
            self.add(record)
        for record in self.records.values():
            for reference in record.references:
                self.check_reference(reference)
            for claim in record.claims:
                self.claim(claim)

    def add(self, record: CheckedRecord) -> None:
        """Take in a record, whose id must be new."""
        there = self.records.setdefault(record.thing.id, record)
        if there is not record:
            message = f"the id is given to another record at {there.place}"
            self.problems.add(record.place, "id", message, "Merge the two, or rename one.")

    def check_reference(self, reference: Reference) -> None:
        """The thing that a record names exists and is of a kind that can be named there."""
        found = self.records.get(reference.id)
        if found is None:
            message = f"there is no record {reference.id}"
            self.problems.add(reference.place, reference.field, message, self.suggestion(reference.id))
        elif not any(found.thing.kind in self.model.kinds[kind].concrete for kind in reference.kinds):
            message = f"{reference.id} is no {' or '.join(reference.kinds)}"
            self.problems.add(reference.place, reference.field, message, "Name a thing of that kind.")

    def suggestion(self, missing: str) -> str:
        """What to do about an id that no record has."""
        key = missing.partition("/")[0]
        same = [name for name in self.records if name.startswith(f"{key}/")]
        close = get_close_matches(missing, same, 1, 0.8) if len(same) <= SUGGESTED_UP_TO else []
        return f"Did you mean {close[0]}?" if close else "Add the record, or correct the id."

    def claim(self, claim: Claim) -> None:
        """Make a link of a claim, or add the claim to the link that another one made."""
        if claim.start not in self.records or claim.end not in self.records:
            return
        if claim.start == claim.end:
            self.wrong(claim, "", "the thing is linked to itself", "Name another thing.")
            return
        if before(claim.values.get("end"), claim.values.get("start")):
            message = f"end {claim.values['end']} lies before start {claim.values['start']}"
            self.wrong(claim, "end", message, "Correct one of the two.")
        link = link_of(claim)
        there = self.links.get(link.id)
        self.places.setdefault(link.id, claim.place)
        self.links[link.id] = link if there is None else self.merged(there, link, claim)

    def merged(self, there: Link, link: Link, claim: Claim) -> Link:
        """One link of two that are the same: the sources united, and nothing in which they differ."""
        strong, weak = sorted((there, link), key=lambda one: STRONGEST_FIRST.index(one.strength))
        if strong.strength == weak.strength:
            note = self.agreed(claim, "note", there.note, link.note)
        else:
            note = strong.note
        for name in there.values.keys() & link.values.keys():
            self.agreed(claim, name, there.values[name], link.values[name])
        return Link(
            link.id,
            link.type,
            link.start,
            link.end,
            strong.strength,
            tuple(sorted({*there.sources, *link.sources})),
            note,
            self.agreed(claim, "date", there.date, link.date),
            self.agreed(claim, "priorWork", there.prior_work, link.prior_work),
            {**link.values, **there.values},
        )

    def agreed(self, claim: Claim, name: str, there: Given | None, here: Given | None) -> Given | None:
        """The value that both claims of a link have, or the one that has any."""
        if there is not None and here is not None and there != here:
            first = self.places[link_of(claim).id]
            message = f"the link is given twice: {name} is {here!r} here and {there!r} at {first}"
            self.wrong(claim, name, message, "Give the link once, or the same in both places.")
        return there if there is not None else here

    def wrong(self, claim: Claim, name: str, message: str, remedy: str) -> None:
        """Take note of a violation in a link."""
        field = f"{claim.field.name}.{name}" if name else claim.field.name
        self.problems.add(claim.place, field, clipped(message), remedy)


def link_of(claim: Claim) -> Link:
    """The link that a claim makes by itself."""
    kind = claim.field.type
    qualifiers = tuple(str(claim.values.get(name, "")) for name in kind.qualifiers)
    name = link_id(claim.start, kind.name, claim.end, qualifiers)
    return Link(
        name,
        kind.name,
        claim.start,
        claim.end,
        claim.strength,
        claim.sources,
        claim.note,
        claim.date,
        claim.prior_work,
        claim.values,
    )
