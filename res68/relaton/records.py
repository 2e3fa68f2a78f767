"""Entries of Relaton as records of ours, beside those that there are: these win, and none comes twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ontology.identity import source_id
from res68.relaton.entry import Entry
from res68.relaton.known import Known, Record, group_of
from res68.relaton.lineages import Placed, replacements

SOURCE = "https://github.com/relaton/relaton-data-itu"


@dataclass(slots=True)
class Counts:
    """What did not become a record of its own: entries that came twice, things that are there already, the
    values that these have otherwise or not at all, groups that we do not know, replacements between things
    there."""

    twice: int = 0
    there: int = 0
    differing: int = 0
    lacking: int = 0
    groups: Counter[str] = field(default_factory=Counter)
    replacements: int = 0


class Importing:
    """Makes the records of some entries; `url` is the address at which they were read."""

    def __init__(self, entries: Sequence[Entry], known: Known, url: str = SOURCE) -> None:
        self.known = known
        self.counts = Counts()
        self.url = url
        self.source = source_id(url)
        self.claims: dict[str, str] = {}
        by_text: dict[str, Entry] = {}
        for entry in entries:
            by_text.setdefault(entry.designation.printed, entry)
        self.counts.twice = len(entries) - len(by_text)
        ordered = sorted(by_text.values(), key=lambda entry: (entry.date, entry.designation.printed))
        self.placed = [*placed([one for one in ordered if one.designation.of_recommendation], known)]
        self.others = [one for one in ordered if not one.designation.of_recommendation]

    def records(self) -> list[Record]:
        """All records that are not there already, by id."""
        made = {str(one["id"]): one for one in self.made()}
        new = {name: record for name, record in made.items() if name not in self.known}
        for name, record in made.items():
            if name not in new:
                self.counts.there += 1
                differing, lacking = self.known.compared(record)
                self.counts.differing += differing
                self.counts.lacking += lacking
        self.link(new)
        return [new[name] for name in sorted(new)]

    def made(self) -> Iterator[Record]:
        """The records without what took the place of what."""
        if self.source not in self.known:
            yield {"id": self.source, "url": self.url, "title": "Bibliographic records of ITU texts",
                   "publisher": "Relaton project", "weight": "secondary"}  # fmt: skip
        groups: dict[str, Record] = {}
        texts: dict[str, list[Placed]] = defaultdict(list)
        for one in self.placed:
            texts[one.recommendation].append(one)
            yield self.edition(one)
        for name, editions in texts.items():
            group = self.group(editions)
            if group is not None and group["id"] not in self.known:
                groups[str(group["id"])] = {**group, "sources": [self.source]}
            yield self.recommendation(name, editions, group, texts)
        yield from groups.values()
        deliverables: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.others:
            deliverables[entry.designation.deliverable].append(entry)
        for name, found in deliverables.items():
            yield self.deliverable(name, found)

    def edition(self, one: Placed) -> Record:
        """The record of an edition."""
        link = {"to": one.recommendation, "strength": "stated", "sources": [self.source]}
        number = {"number": one.entry.designation.printed, "status": one.entry.status}
        return given({"id": one.id, **document(one.entry), **number, "recommendation": link}, self.source)

    def recommendation(
        self, name: str, editions: Sequence[Placed], group: Record | None, texts: Mapping[str, object]
    ) -> Record:
        """The record of a Recommendation: what the newest of its editions says, by date."""
        whole = [one.entry for one in editions if one.entry.designation.whole]
        newest = (whole or [one.entry for one in editions])[-1]
        number = name.partition("/")[2]
        other = sorted({n for one in editions for n in one.entry.designation.numbers} - {number})
        printed = {one.entry.designation.number for one in editions}
        mentions = [f"recommendation/{one}" for one in other]
        record: Record = {
            "id": name,
            "title": newest.title,
            "number": number,
            "series": number[0],
            "status": newest.status if whole else None,
            "firstApproved": whole[0].date if whole else None,
            "aliases": [*sorted(one for one in printed if "/" in one), *other],
            "responsible": group["id"] if group else None,
            "mentions": [one for one in mentions if one not in texts and self.claim(one, name)],
        }
        return given(record, self.source)

    def claim(self, mention: str, name: str) -> bool:
        """Whether nothing else has this other id."""
        return mention not in self.known and self.claims.setdefault(mention, name) == name

    def group(self, editions: Sequence[Placed]) -> Record | None:
        """The group of the newest edition that names one."""
        named = next((one.entry.committee for one in reversed(editions) if one.entry.committee), None)
        found = group_of(named) if named else None
        if named and found is None:
            self.counts.groups[named] += 1
        return found

    def deliverable(self, name: str, entries: Sequence[Entry]) -> Record:
        """The record of what is no Recommendation: what the newest of its editions says, by date."""
        whole = [one for one in entries if one.designation.replaces] or entries
        newest, kind = whole[-1], "supplement" if entries[0].designation.supplement else "other"
        note = f"{len(whole)} editions in the source, from {whole[0].date} on; here the latest."
        own = {"documentType": kind, "number": newest.designation.printed}
        return given(
            {"id": name, **document(newest), **own, "note": note if len(whole) > 1 else None}, self.source
        )

    def link(self, new: Mapping[str, Record]) -> None:
        """Say which edition took the place of which, at the one that is new."""
        for one in replacements(self.placed):
            link: Record = {"strength": "inferred", "sources": [self.source], "note": one.note}
            if one.later in new:
                new[one.later]["revises"] = {"to": one.earlier, **link}
            elif one.earlier in new:
                new[one.earlier]["revisedBy"] = {"to": one.later, **link}
            else:
                self.counts.replacements += 1


def placed(entries: Sequence[Entry], known: Known) -> Iterator[Placed]:
    """The entries with their ids: two that differ only in what they change say which year that is of."""
    names = [(entry, known.id(entry.designation.recommendation)) for entry in entries]
    ids = Counter(entry.designation.edition_of(name) for entry, name in names)
    for entry, name in names:
        short = entry.designation.edition_of(name)
        yield Placed(entry, name, entry.designation.edition_of(name, base=ids[short] > 1))


def document(entry: Entry) -> Record:
    """The fields of every document."""
    return {
        "title": entry.title,
        "date": entry.date,
        "url": entry.url,
        "language": list(entry.languages),
        "aliases": list(entry.aliases),
    }


def given(record: Record, source: str) -> Record:
    """A record without what is not known, and with its source."""
    return {name: value for name, value in record.items() if value not in (None, [], {})} | {
        "sources": [source]
    }
