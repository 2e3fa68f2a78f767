"""Every RDF term that the mapping uses as a predicate, with all the fields that say it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ontology import evidence
from ontology.evidence import Form, Written
from ontology.mapping import DISPUTE, FIELD_SOURCE, LINK, ORDER_CLASS, THING, RdfMapping, own_class
from ontology.model import Model

RESOURCES = frozenset({Form.ADDRESS, Form.CONCEPT, Form.THING, Form.NODE})


@dataclass(frozen=True, slots=True)
class Use:
    """One field that says a term.

    `owner`: the class of its subjects; `holder`: the kind or link type that has the field; `ends`: the kinds
    to which a link leads, none for other fields; `first`: whether the term identifies the field or is said
    beside the one that does.
    """

    owner: str
    holder: str
    field: str
    form: Form
    many: bool
    description: str
    first: bool
    vocabulary: str | None = None
    ends: tuple[str, ...] = ()


@cache
def uses(mapping: RdfMapping) -> Mapping[str, tuple[Use, ...]]:
    """The uses of every predicate, by term."""
    found: dict[str, list[Use]] = defaultdict(list)
    for kind in mapping.kinds.values():
        linked = [one.written for one in kind.linksets]
        _add(found, own_class(kind.kind), kind.kind.name, (*kind.properties, *linked))
    for link in mapping.link_types.values():
        for term, use in _links(mapping, link.type.name, link.terms):
            found[term].append(use)
        _add(found, LINK, link.type.name, link.properties)
    for owner, written in (
        (f"r68:{THING}", evidence.OF_THINGS),
        (LINK, evidence.OF_LINKS),
        (DISPUTE, evidence.OF_DISPUTES),
        (FIELD_SOURCE, evidence.OF_FIELD_SOURCES),
        (ORDER_CLASS, evidence.OF_ORDERS),
    ):
        _add(found, owner, owner, written)
    return {term: tuple(found[term]) for term in sorted(found)}


def forms(used: Iterable[Use]) -> frozenset[Form]:
    """All forms that the values of a term take."""
    return frozenset(use.form for use in used)


def nearest(model: Model, names: Iterable[str]) -> str | None:
    """The nearest kind that covers all of these kinds; None where that is what every thing is."""
    lines = [model.kinds[name].labels for name in names]
    shared = [one for one in lines[0] if all(one in line for line in lines)] if lines else []
    return shared[-1] if shared and shared[-1] != THING else None


def _add(found: dict[str, list[Use]], owner: str, holder: str, written: Iterable[Written]) -> None:
    for one in written:
        for place, term in enumerate(one.terms):
            use = Use(
                owner, holder, one.name, one.form, one.many, one.description, place == 0, one.vocabulary
            )
            found[term].append(use)


def _links(mapping: RdfMapping, link_type: str, terms: tuple[str, ...]) -> Iterator[tuple[str, Use]]:
    """The uses of the terms of a link type: one for each kind at which its links start."""
    for kind in mapping.model.concrete:
        for field in kind.links.values():
            if not field.outgoing or field.type.name != link_type:
                continue
            for place, term in enumerate(terms):
                use = Use(
                    own_class(kind), kind.name, field.name, Form.THING, field.many, field.type.description,
                    place == 0, ends=field.ends,
                )  # fmt: skip
                yield term, use
