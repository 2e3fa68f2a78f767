"""From a record as it is given to a thing and the links that it claims, checked against the model."""

from __future__ import annotations  # Value is an alias that only a checker can take apart

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.claims import Claim, claims
from graph.content import Dispute, Thing
from graph.files import RawRecord
from graph.problems import Place, Problems
from graph.reader import BUILT_IN, SOURCES, RecordReader, Reference, id_fault, nearest
from ontology.model import Kind, Model
from ontology.values import VALUE_TYPES, Value


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record that makes sense by itself; `lines` are those of fields that stand on a line of their own."""

    place: Place
    thing: Thing
    claims: tuple[Claim, ...]
    references: tuple[Reference, ...]
    lines: Mapping[str, int]

    def at(self, field: str) -> Place:
        """The place of a field."""
        return Place(self.place.file, self.lines.get(field, self.place.line), self.thing.id)


def check_record(raw: RawRecord, model: Model, problems: Problems) -> CheckedRecord | None:
    """The record in canonical form; None when its id says nothing."""
    kind = _kind(raw, model, problems)
    return _read(RecordReader(raw, kind, model, problems)) if kind else None


def _kind(raw: RawRecord, model: Model, problems: Problems) -> Kind | None:
    """The kind that the id names."""
    if "id" not in raw.fields:
        problems.add(raw.place(), "id", "the record has no id", "Give it one, such as meeting/CTO-2009.")
        return None
    value, place = raw.fields["id"].value, raw.place(raw.fields["id"].line)
    if message := id_fault(value):
        remedy = "Write the kind, a slash, and a key of letters, digits, '.', '_', '~' and '-'."
        problems.add(place, "id", message, remedy)
        return None
    kind = model.kind_of(str(value))
    if kind is None:
        key = str(value).partition("/")[0]
        problems.add(place, "id", f"there is no kind {key!r}", nearest(key, model.by_key))
    return kind


def _read(reader: RecordReader) -> CheckedRecord:
    """The whole record."""
    _check_fields(reader)
    values = dict(_values(reader))
    _check_period(reader, values)
    sources = _sources(reader)
    unverified = _unverified(reader)
    claimed = tuple(claims(reader, sources, unverified))
    thing = Thing(
        reader.id,
        reader.kind.name,
        values,
        sources,
        unverified,
        tuple(_disputes(reader)),
        dict(_field_sources(reader)),
        _mentions(reader),
    )
    lines = {name: given.line for name, given in reader.raw.fields.items() if given.line != reader.place.line}
    return CheckedRecord(reader.place, thing, claimed, tuple(reader.references), lines)


def _check_fields(reader: RecordReader) -> None:
    """Every field is one that records of the kind have, and what the kind requires is there."""
    kind, given = reader.kind, reader.raw.fields
    known = (*kind.properties, *kind.links, *BUILT_IN)
    for name in given:
        if name not in known:
            reader.wrong(name, f"{kind.name} has no field {name!r}", nearest(name, known))
    for name, prop in kind.properties.items():
        if prop.required and name not in given:
            reader.wrong(name, f"{kind.name} needs the field {name}", f"Give it: {prop.description}")


def _values(reader: RecordReader) -> Iterator[tuple[str, Value]]:
    """The values of the properties in the order of the declaration, in canonical form."""
    for name, prop in reader.kind.properties.items():
        given = reader.raw.fields.get(name)
        if given is None:
            continue
        if prop.derived:
            reader.wrong(name, f"{name} follows from {prop.derived}", "Leave it out.")
            continue
        value = reader.value(prop, given, name)
        if value is not None:
            yield name, value


def _check_period(reader: RecordReader, values: Mapping[str, Value]) -> None:
    """The end of the kind's period does not lie before its start."""
    if reader.kind.period is None:
        return
    first, last = reader.kind.period
    if before(values.get(last), values.get(first)):
        message = f"{last} {values[last]} lies before {first} {values[first]}"
        reader.wrong(last, message, "Correct one of the two.")


def before(end: Value | None, start: Value | None) -> bool:
    """Whether a date lies before another, whatever days the two can mean."""
    return isinstance(end, str) and isinstance(start, str) and end[: len(start)] < start[: len(end)]


def _sources(reader: RecordReader) -> tuple[str, ...]:
    items = reader.items("sources", "Write a list of ids of sources.")
    return tuple(sorted(reader.ids(items, "sources", SOURCES)))


def _mentions(reader: RecordReader) -> tuple[str, ...]:
    return tuple(sorted(reader.ids(reader.items("mentions", "Write a list of ids."), "mentions")))


def _unverified(reader: RecordReader) -> tuple[str, ...]:
    """The fields that rest on recollection, by name."""
    items = reader.items("unverified", "Write a list of field names.")
    return tuple(sorted(reader.field_names(items, "unverified")))


def _disputes(reader: RecordReader) -> Iterator[Dispute]:
    """Other values of fields with their sources."""
    for item, line in reader.items("disputed", "Write a list of {field, value, sources}."):
        dispute = _dispute(reader, item, line)
        if dispute:
            yield dispute


def _dispute(reader: RecordReader, item: object, line: int) -> Dispute | None:
    """One dispute: the value is one that the field could have."""
    needed, known = {"field", "value"}, {"field", "value", "sources"}
    if not isinstance(item, dict) or not needed <= item.keys() <= known:
        shape = "Write {field: ..., value: ..., sources: [...]}."
        reader.wrong("disputed", f"{item!r} is no dispute", shape, line)
        return None
    names = reader.field_names([(item["field"], line)], "disputed")
    sources = _listed(reader, item.get("sources", []), "disputed", line)
    value = _disputed_value(reader, names[0], item["value"], line) if names else None
    return Dispute(names[0], value, sources) if value is not None else None


def _disputed_value(reader: RecordReader, name: str, value: object, line: int) -> str | int | bool | None:
    """The other value: an id where the field is a link, else a single value of the property's type."""
    if name in reader.kind.links:
        found = reader.ids([(value, line)], "disputed", reader.kind.links[name].ends)
        return found[0] if found else None
    prop = reader.kind.properties[name]
    if prop.type == "translated":
        prop = replace(prop, value=VALUE_TYPES["text"])
    parsed = reader.parsed(prop, value, "disputed", line)
    return parsed if isinstance(parsed, str | int | bool) else None


def _field_sources(reader: RecordReader) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Which sources give which field."""
    given = reader.raw.fields.get("fieldSources")
    if given is None:
        return
    if not isinstance(given.value, dict):
        reader.wrong("fieldSources", f"{given.value!r} is no mapping", "Write {field: [sources]}.")
        return
    for name, sources in sorted(given.value.items()):
        if reader.field_names([(name, given.line)], "fieldSources"):
            yield name, _listed(reader, sources, "fieldSources", given.line)


def _listed(reader: RecordReader, sources: object, field: str, line: int) -> tuple[str, ...]:
    """A list of sources inside a field."""
    if isinstance(sources, list):
        return tuple(sorted(reader.ids([(source, line) for source in sources], field, SOURCES)))
    reader.wrong(field, f"{sources!r} is no list of sources", "Write a list of their ids.", line)
    return ()
