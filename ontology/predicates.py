"""What a declaration must hold so that RDF can be read back: which term stands for what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ontology.checks import Keys, line_of
from ontology.declarations import DeclaredFile, DeclaredProperty
from ontology.evidence import OF_LINKS, OF_THINGS, Written

if TYPE_CHECKING:
    from ontology.building import Draft

TAKEN = ("rdf:type", "skos:inScheme", "skos:topConceptOf", "rdf:value")


def check_predicates(draft: Draft) -> None:
    """The first term of a property stands for it alone among all that its kind says; so do those of links."""
    of_things, of_links = _common(OF_THINGS), _common(OF_LINKS)
    for name, file in draft.kinds.items():
        inherited = {
            field: one for kind in line_of(draft, name)[:-1] for field, one in kind.properties.items()
        }
        _check(draft, file, inherited, file.declaration.properties, ("properties",), of_things)
        for field, link in file.declaration.links.items():
            _check(draft, file, {}, link.properties, ("links", field, "properties"), of_links)
    for file in draft.link_types.values():
        _check(draft, file, {}, file.declaration.properties, ("properties",), of_links)
    _check_link_types(draft)
    _check_sorts(draft)


def _common(written: tuple[Written, ...]) -> dict[str, str]:
    return {term: one.name for one in written for term in one.terms} | dict.fromkeys(TAKEN, "RDF itself")


def _check(
    draft: Draft,
    file: DeclaredFile,
    inherited: dict[str, DeclaredProperty],
    own: dict[str, DeclaredProperty],
    keys: Keys,
    taken: dict[str, str],
) -> None:
    """No term of these properties is the first term of another one, nor one that every record uses."""
    every = {**inherited, **own}
    for name, one in own.items():
        for term in one.rdf:
            others = (other for other in every if other != name and every[other].rdf[0] == term)
            holder = taken.get(term) or next(others, None)
            if holder is not None:
                wrong = f"{term} stands for {holder} already: give one of them a first term of its own"
                draft.faults.append(file.fault((*keys, name, "rdf"), wrong))


def _check_link_types(draft: Draft) -> None:
    """The first term of a link type is that of no other."""
    seen: dict[str, str] = {}
    for name, file, keys, terms in _link_types(draft):
        if terms and seen.setdefault(terms[0], name) != name:
            wrong = f"{terms[0]} stands for {seen[terms[0]]} already: give {name} a first term of its own"
            draft.faults.append(file.fault((*keys, "rdf"), wrong))


def _check_sorts(draft: Draft) -> None:
    """A term of ours leads to literals or to resources, never to both."""
    seen: dict[str, str] = {}
    places = [(file, keys, terms, "resources") for _, file, keys, terms in _link_types(draft)]
    for file in (*draft.kinds.values(), *draft.link_types.values()):
        places += [
            (file, keys, one.rdf, "resources" if one.type in ("url", *draft.vocabularies) else "literals")
            for keys, one in _properties(file)
        ]
    for file, keys, terms, sort in places:
        for term in terms:
            if term.startswith("r68:") and seen.setdefault(term, sort) != sort:
                wrong = f"{term} leads to {seen[term]} elsewhere and to {sort} here: use two terms"
                draft.faults.append(file.fault((*keys, "rdf"), wrong))


def _properties(file: DeclaredFile) -> Iterator[tuple[Keys, DeclaredProperty]]:
    declaration = file.declaration
    for name, one in declaration.properties.items():
        yield ("properties", name), one
    for field, link in getattr(declaration, "links", {}).items():
        for name, one in link.properties.items():
            yield ("links", field, "properties", name), one


def _link_types(draft: Draft) -> Iterator[tuple[str, DeclaredFile, Keys, list[str]]]:
    for name, file in draft.link_types.items():
        yield name, file, (), file.declaration.rdf
    for file in draft.kinds.values():
        for field, link in file.declaration.links.items():
            if link.rdf is not None and link.type not in draft.link_types:
                yield link.type, file, ("links", field), link.rdf
