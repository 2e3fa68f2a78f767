"""The links that a record claims at its link fields, with their evidence."""

from __future__ import annotations  # Value is an alias that only a checker can take apart

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.files import Given
from graph.problems import Place
from graph.reader import SOURCES, RecordReader, Reference, nearest
from ontology.model import LinkField, Property
from ontology.values import VALUE_TYPES, Value

STRENGTHS = ("stated", "inferred")
EVIDENCE = ("to", "strength", "sources", "note", "date", "unverified", "priorWork")
NOTE = Property("note", VALUE_TYPES["text"], "What the link rests on.", ())
DATE = Property("date", VALUE_TYPES["date"], "When the link came about.", ())
PRIOR_WORK = Property("priorWork", VALUE_TYPES["boolean"], "Whether the act came before what it answers.", ())


@dataclass(frozen=True, slots=True)
class Claim:
    """A link as one record claims it, at the field of one of its ends."""

    place: Place
    field: LinkField
    record: str
    other: str
    strength: str | None
    sources: tuple[str, ...]
    note: str | None
    date: str | None
    prior_work: bool | None
    values: Mapping[str, Value]

    @property
    def start(self) -> str:
        """The id at which the link starts."""
        return self.record if self.field.outgoing else self.other

    @property
    def end(self) -> str:
        """The id to which the link leads."""
        return self.other if self.field.outgoing else self.record


def claims(reader: RecordReader, sources: tuple[str, ...], unverified: tuple[str, ...]) -> Iterator[Claim]:
    """The claims of a record; `sources` are its own, and state what is claimed by a plain id."""
    for field in reader.kind.links.values():
        given = reader.raw.fields.get(field.name)
        if given is None:
            continue
        items = given.value if isinstance(given.value, list) else [given.value]
        if not items:
            reader.wrong(field.name, "the list is empty", "Leave it out where nothing is known.")
        for number, item in enumerate(items):
            claim = _ClaimReader(reader, field, given.line_of(number)).read(item, sources, unverified)
            if claim is not None:
                yield claim


class _ClaimReader:
    """Reads one claim."""

    def __init__(self, reader: RecordReader, field: LinkField, line: int) -> None:
        self.reader = reader
        self.field = field
        self.line = line

    def read(self, item: object, sources: tuple[str, ...], unverified: tuple[str, ...]) -> Claim | None:
        """The claim, if it names its other end."""
        from_memory = self.field.name in unverified
        if isinstance(item, dict):
            self.check_keys(item)
            other = self.other(item.get("to"))
        else:
            other = self.other(item)
            if other and self.field.type.trace and not from_memory:
                shape = f"Write {{to: {other}, strength: stated, sources: [...]}}."
                self.wrong("a link that a trace follows needs its own evidence", shape)
            item = {}
        if other is None:
            return None
        strength = self.strength(item, from_memory)
        own = self.sources(item, sources) if strength else ()
        note, date, prior_work = (self.value(item, prop) for prop in (NOTE, DATE, PRIOR_WORK))
        self.check_evidence(item, strength, note)
        return Claim(
            self.reader.at(self.line),
            self.field,
            self.reader.id,
            other,
            strength,
            own,
            note if isinstance(note, str) else None,
            date if isinstance(date, str) else None,
            prior_work if isinstance(prior_work, bool) else None,
            self.values(item),
        )

    def wrong(self, message: str, remedy: str, key: str = "") -> None:
        """Take note of a violation in the link."""
        field = f"{self.field.name}.{key}" if key else self.field.name
        self.reader.wrong(field, message, remedy, self.line)

    def check_keys(self, item: Mapping[str, object]) -> None:
        """Only what links of the type can have."""
        known = (*EVIDENCE, *self.field.type.properties)
        for key in item:
            if key not in known:
                message = f"a link of the type {self.field.type.name} has no {key!r}"
                self.wrong(message, nearest(key, known), key)

    def other(self, value: object) -> str | None:
        """The id at the other end, if things of its kind can stand there."""
        found = self.reader.ids([(value, self.line)], self.field.name)
        if not found:
            return None
        model, kind = self.reader.model, self.reader.model.kind_of(found[0])
        allowed = tuple(name for end in self.field.ends for name in model.kinds[end].concrete)
        if kind is None or kind.name not in allowed:
            what = f"of the kind {kind.name}" if kind else "of a kind that does not exist"
            self.wrong(f"{found[0]} is {what}", f"{self.field.name} leads to {', '.join(self.field.ends)}.")
            return None
        self.reader.references.append(
            Reference(self.reader.at(self.line), self.field.name, found[0], self.field.ends)
        )
        return found[0]

    def strength(self, item: Mapping[str, object], from_memory: bool) -> str | None:
        """The strength; None where the link rests on memory alone."""
        memory, given = item.get("unverified", from_memory or None), item.get("strength")
        if memory not in (None, False, True) or item.get("unverified") is False:
            self.wrong(f"unverified is {memory!r}", "Write unverified: true, or leave it out.", "unverified")
        if memory and given is not None and "unverified" in item:
            message = "a link that rests on memory alone has no strength"
            self.wrong(message, "Leave out strength, or unverified.", "strength")
        if given is not None and given not in STRENGTHS:
            self.wrong(f"{given!r} is no strength", f"Use one of {', '.join(STRENGTHS)}.", "strength")
        if given in STRENGTHS:
            return str(given)
        return None if memory else "stated"

    def sources(self, item: Mapping[str, object], own: tuple[str, ...]) -> tuple[str, ...]:
        """The sources of the link: its own, else those of the record."""
        given = item.get("sources")
        if given is None:
            return tuple(sorted(own))
        if not isinstance(given, list):
            self.wrong(f"{given!r} is no list of sources", "Write a list of ids.", "sources")
            return ()
        items = [(source, self.line) for source in given]
        return tuple(sorted(self.reader.ids(items, self.field.name, SOURCES)))

    def check_evidence(self, item: Mapping[str, object], strength: str | None, note: object) -> None:
        """A trace link names its evidence, and an inferred one says what the inference rests on."""
        if strength == "inferred" and note is None:
            self.wrong("an inferred link needs a note", "Say what the inference rests on.", "note")
        if not self.field.type.trace or strength is None or not item:
            return
        if "strength" not in item:
            remedy = "Write strength: stated or inferred, or unverified: true."
            self.wrong("a link that a trace follows needs a strength", remedy, "strength")
        if not item.get("sources"):
            self.wrong("a link that a trace follows needs sources", "Name those that it rests on.", "sources")

    def value(self, item: Mapping[str, object], prop: Property) -> Value | None:
        """A value of the link."""
        if prop.name not in item:
            return None
        return self.reader.value(prop, Given(item[prop.name], self.line), f"{self.field.name}.{prop.name}")

    def values(self, item: Mapping[str, object]) -> dict[str, Value]:
        """The link's own properties in the order of their declaration."""
        read = {name: self.value(item, prop) for name, prop in self.field.type.properties.items()}
        return {name: value for name, value in read.items() if value is not None}
