"""Which things a link field of a thing leads to, in a dataset that is not yet in a store."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from graph.content import Dataset, Link, Thing
from ontology.model import LinkField, Model


class Neighbours:
    """The links of a dataset behind some link fields, by their ends."""

    def __init__(self, dataset: Dataset, model: Model, fields: Iterable[LinkField]) -> None:
        self.things = dataset.things
        self.allowed = {kind: frozenset(declared.concrete) for kind, declared in model.kinds.items()}
        self._around: dict[tuple[str, str, bool], list[Link]] = defaultdict(list)
        ways = {(field.type.name, field.outgoing) for field in fields}
        types = {name for name, _ in ways}
        for name in sorted(name for name, link in dataset.links.items() if link.type in types):
            link = dataset.links[name]
            for end, outgoing in ((link.start, True), (link.end, False)):
                if (link.type, outgoing) in ways:
                    self._around[end, link.type, outgoing].append(link)

    def links(self, thing: str, field: LinkField) -> Iterator[Link]:
        """The links behind a field, by id."""
        for link in self._around.get((thing, field.type.name, field.outgoing), ()):
            if self.fits(self.things[link.end if field.outgoing else link.start], field):
                yield link

    def of(self, thing: str, field: LinkField) -> Iterator[Thing]:
        """The things that a field leads to."""
        for link in self.links(thing, field):
            yield self.things[link.end if field.outgoing else link.start]

    def fits(self, thing: Thing, field: LinkField) -> bool:
        """Whether the field can lead to a thing."""
        return any(thing.kind in self.allowed[end] for end in field.ends)
