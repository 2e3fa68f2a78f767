"""What only the whole of a dataset can show: cardinalities, cycles, values and names that must be unique."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from graph.content import Link
from graph.union import Union
from ontology.model import Kind, LinkField


def check_whole(union: Union) -> None:
    """All rules; what breaks one goes to the problems of the union."""
    check_mentions(union)
    check_unique(union)
    check_cardinalities(union)
    check_cycles(union)


def check_mentions(union: Union) -> None:
    """An id leads to one thing only, whether it is its own or another under which it is mentioned."""
    mentioned: dict[str, str] = {}
    for name, record in union.records.items():
        for other in record.thing.mentions:
            first = name if other in union.records else mentioned.setdefault(other, name)
            place = union.records[other].place if other in union.records else union.records[first].place
            if other in union.records or first != name:
                message = f"{other} is the id or a mention of another record at {place}"
                union.problems.add(record.at("mentions"), "mentions", message, "Leave it out at one of them.")


def check_unique(union: Union) -> None:
    """No two things of a kind share the value of a unique property."""
    seen: dict[tuple[str, str, object], str] = {}
    for name, record in union.records.items():
        for prop in union.model.kinds[record.thing.kind].properties.values():
            value = record.thing.values.get(prop.name)
            if not prop.unique or not isinstance(value, str | int):
                continue
            first = seen.setdefault((record.thing.kind, prop.name, value), name)
            if first != name:
                message = f"{first} at {union.records[first].place} has the value {value!r} too"
                union.problems.add(record.at(prop.name), prop.name, message, "Merge the two, or correct one.")


def check_cardinalities(union: Union) -> None:
    """Every thing has as many links as its kind asks for, at both ends."""
    around: dict[tuple[str, str, bool], list[Link]] = defaultdict(list)
    for link in union.links.values():
        around[link.start, link.type, True].append(link)
        around[link.end, link.type, False].append(link)
    for name, record in union.records.items():
        for field, allowed in _bounded(union, union.model.kinds[record.thing.kind]):
            here = around.get((name, field.type.name, field.outgoing), [])
            found = [link for link in here if _other_kind(union, link, field) in allowed]
            if len(found) < field.min or (field.max is not None and len(found) > field.max):
                _miscounted(union, name, field, found)


def _bounded(union: Union, kind: Kind) -> Iterator[tuple[LinkField, frozenset[str]]]:
    """The link fields with a bound, and the kinds that count."""
    for field in kind.links.values():
        if field.min or field.max is not None:
            yield field, frozenset(one for end in field.ends for one in union.model.kinds[end].concrete)


def _other_kind(union: Union, link: Link, field: LinkField) -> str:
    return union.records[link.end if field.outgoing else link.start].thing.kind


def _miscounted(union: Union, name: str, field: LinkField, found: list[Link]) -> None:
    record = union.records[name]
    if not found:
        message, remedy = f"{record.thing.kind} needs {field.name}", f"Give it: {field.description}"
    else:
        most = "exactly one" if (field.min, field.max) == (1, 1) else f"{field.min} to {field.max or 'many'}"
        others = [
            f"{link.end if field.outgoing else link.start} at {union.places[link.id]}" for link in found
        ]
        message = f"{len(found)} links where {most} may be: {', '.join(others[:3])}"
        remedy = "Remove those that are wrong."
    union.problems.add(record.at(field.name), field.name, message, remedy)


def check_cycles(union: Union) -> None:
    """Links of a type that is acyclic lead nowhere back to where they start."""
    for name, link_type in union.model.link_types.items():
        if link_type.acyclic:
            onward: dict[str, list[Link]] = defaultdict(list)
            for link in union.links.values():
                if link.type == name:
                    onward[link.start].append(link)
            for cycle in cycles(onward):
                path = " -> ".join([cycle[0].start, *(link.end for link in cycle)][:9])
                place = union.places[cycle[-1].id]
                union.problems.add(place, name, f"a cycle: {path}", "Remove one of these links.")


def cycles(onward: Mapping[str, list[Link]]) -> Iterator[list[Link]]:
    """One cycle for each link that closes one, found in one walk without recursion."""
    done: set[str] = set()
    for origin in onward:
        path: list[Link] = []
        places = {origin: 0}
        waiting = [iter(onward[origin] if origin not in done else ())]
        while waiting:
            link = next(waiting[-1], None)
            if link is None:
                waiting.pop()
                here = path.pop().end if path else origin
                places.pop(here, None)
                done.add(here)
            elif link.end in places:
                yield [*path[places[link.end] :], link]
            elif link.end not in done:
                path.append(link)
                places[link.end] = len(path)
                waiting.append(iter(onward.get(link.end, ())))
