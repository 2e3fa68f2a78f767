"""What a declaration must hold for the others to be derived from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ontology.declarations import DeclaredFile, DeclaredKind, DeclaredProperty
from ontology.identity import camel
from ontology.namespaces import resolve
from ontology.values import VALUE_TYPES

if TYPE_CHECKING:
    from ontology.building import Draft

Keys = tuple[str | int, ...]

# Fields that every thing has by itself, and names of types that the API declares.
BUILT_IN = frozenset(
    "id iri kind sources unverified disputed fieldSources mentions recordedAt label links trace".split()
)
COMMON_LINK = frozenset("id type to strength sources note date unverified priorWork recordedAt".split())
RESERVED_TYPES = frozenset(
    """Query Mutation Subscription Node Link Path Step Trace TraceEnd Coverage CoverageRow Dataset PageInfo
    String Int Float Boolean ID Strength Language LinkType Direction PartialDate URL Dispute
    FieldSource""".split()
)


def check_terms(draft: Draft) -> None:
    """Every RDF term exists in its vocabulary, and every name is one that GraphQL leaves free."""
    for file in (*draft.kinds.values(), *draft.link_types.values()):
        for keys, terms in rdf_of(file):
            for term in terms:
                try:
                    resolve(term)
                except ValueError as error:
                    draft.faults.append(file.fault((*keys, "rdf"), str(error)))


def rdf_of(file: DeclaredFile) -> Iterator[tuple[Keys, list[str]]]:
    """The RDF terms of a declaration with the keys under which they stand."""
    declaration = file.declaration
    yield (), declaration.rdf
    for name, one in declaration.properties.items():
        yield ("properties", name), one.rdf
    for name, link in getattr(declaration, "links", {}).items():
        yield ("links", name), link.rdf or []
        for key, one in link.properties.items():
            yield ("links", name, "properties", key), one.rdf


def check_kinds(draft: Draft) -> None:
    """The kinds fit together; nothing below can be built where this finds a fault."""
    for file in draft.link_types.values():
        check_properties(draft, file, file.declaration.properties, ("properties",), COMMON_LINK)
        for qualifier in file.declaration.qualifiers:
            if qualifier not in file.declaration.properties:
                draft.faults.append(file.fault(("qualifiers",), f"{qualifier} is no property of the link"))
    plurals: dict[str, str] = {}
    for name, file in draft.kinds.items():
        check_kind(draft, name, file)
        declaration: DeclaredKind = file.declaration
        field = name[0].lower() + name[1:]
        for taken in {field, declaration.plural}:
            if taken in plurals:
                draft.faults.append(file.fault(("plural",), f"{taken} is taken by {plurals[taken]}"))
            plurals[taken] = name
        if declaration.plural == field:
            draft.faults.append(
                file.fault(("plural",), f"{field} would be both one and many: choose another")
            )


def check_kind(draft: Draft, name: str, file: DeclaredFile) -> None:
    """One kind by itself and with those that it names."""
    declaration: DeclaredKind = file.declaration
    if name in RESERVED_TYPES or name in {camel(one) for one in draft.vocabularies}:
        draft.faults.append(file.fault(("kind",), f"{name} is a name of the API: choose another"))
    for parent in declaration.extends:
        if parent not in draft.kinds or not draft.kinds[parent].declaration.abstract:
            draft.faults.append(file.fault(("extends",), f"{parent} is no abstract kind"))
    if cyclic(draft, name):
        draft.faults.append(file.fault(("extends",), f"{name} extends itself in the end"))
        return
    if name != "Thing" and not declaration.extends:
        draft.faults.append(file.fault(("kind",), f"{name} must extend Thing or another abstract kind"))
    if "en" not in declaration.label:
        draft.faults.append(file.fault(("label",), "an English label is needed"))
    check_properties(draft, file, declaration.properties, ("properties",), BUILT_IN)
    check_fields(draft, name, file)
    check_caption(draft, name, file)


def cyclic(draft: Draft, name: str) -> bool:
    """Whether a kind is above itself."""
    seen, waiting = set(), [name]
    while waiting:
        one = waiting.pop()
        for parent in draft.kinds[one].declaration.extends if one in draft.kinds else []:
            if parent == name:
                return True
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False


def line_of(draft: Draft, name: str) -> list[DeclaredKind]:
    """The declarations of a kind and of all above it."""
    if name not in draft.kinds:
        return []
    own: DeclaredKind = draft.kinds[name].declaration
    return [*(one for parent in own.extends for one in line_of(draft, parent)), own]


def check_properties(
    draft: Draft,
    file: DeclaredFile,
    properties: dict[str, DeclaredProperty],
    keys: Keys,
    taken: frozenset[str],
) -> None:
    """The types exist and the names are free."""
    for name, one in properties.items():
        place = (*keys, name)
        if one.type not in VALUE_TYPES and one.type not in draft.vocabularies:
            known = ", ".join([*VALUE_TYPES, *sorted(draft.vocabularies)])
            draft.faults.append(
                file.fault((*place, "type"), f"unknown type {one.type!r}: use one of {known}")
            )
        if name in taken:
            draft.faults.append(file.fault(place, f"{name} is a field that every record has"))
        if one.sort and one.list:
            draft.faults.append(file.fault(place, "things cannot be ordered by a list"))


def check_fields(draft: Draft, name: str, file: DeclaredFile) -> None:
    """Links lead to kinds that exist, and no name is used twice in the line of the kind."""
    declaration: DeclaredKind = file.declaration
    seen = {field for one in line_of(draft, name)[:-1] for field in (*one.properties, *one.links)}
    for field in declaration.properties:
        if field in seen or field in declaration.links:
            draft.faults.append(
                file.fault(("properties", field), f"{field} is declared in a kind above or as a link")
            )
    for field, link in declaration.links.items():
        if field in seen or field in BUILT_IN:
            draft.faults.append(
                file.fault(("links", field), f"{field} is declared in a kind above or built in")
            )
        for end in link.to:
            if end not in draft.kinds:
                draft.faults.append(file.fault(("links", field, "to"), f"there is no kind {end}"))
        if link.inverse and link.inverse.field in BUILT_IN:
            wrong = f"{link.inverse.field} is a field that every record has"
            draft.faults.append(file.fault(("links", field, "inverse", "field"), wrong))
        check_properties(draft, file, link.properties, ("links", field, "properties"), COMMON_LINK)


def check_caption(draft: Draft, name: str, file: DeclaredFile) -> None:
    """A kind of which there are things says what to call them; what it names must exist."""
    declaration: DeclaredKind = file.declaration
    line = line_of(draft, name)
    fields = {field: one for kind in line for field, one in kind.properties.items()}
    links = {field: one for kind in line for field, one in kind.links.items()}
    if not declaration.abstract and not declaration.caption:
        draft.faults.append(file.fault(("kind",), f"{name} needs a caption: the fields that its label shows"))
    for field in declaration.caption:
        if field not in fields and not (field in links and links[field].max == 1):
            wrong = f"{field} is no property of {name} and no link to one thing"
            draft.faults.append(file.fault(("caption",), wrong))
    dates = [field for field in declaration.period if field in fields and fields[field].type == "date"]
    if len(dates) != len(declaration.period) or len(dates) not in (0, 2):
        draft.faults.append(file.fault(("period",), "two properties of type date bound a kind in time"))
