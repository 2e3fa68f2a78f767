"""From declarations to the model: inheritance, inverses, and every fault with its file, line and key."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ontology.checks import check_kinds, check_terms
from ontology.declarations import (
    DeclaredFile,
    DeclaredInverse,
    DeclaredKind,
    DeclaredLink,
    DeclaredLinkType,
    DeclaredProperty,
    DeclaredVocabulary,
    Labels,
    declared,
)
from ontology.errors import Fault, ModelError
from ontology.languages import LANGUAGES
from ontology.model import Concept, Kind, LinkField, LinkType, Model, Property, Vocabulary
from ontology.predicates import check_predicates
from ontology.values import VALUE_TYPES, concept_type

M = TypeVar("M", bound=Model)


class Draft:
    """The declarations of one model and what is wrong with them."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self.faults: list[Fault] = []
        self.digest = hashlib.sha256()
        self.kinds: dict[str, DeclaredFile] = {}
        self.link_types: dict[str, DeclaredFile] = {}
        self.vocabularies: dict[str, DeclaredFile] = {}
        for folder in folders:
            self.read(folder)
        check_terms(self)
        self.inline_link_types()
        check_kinds(self)
        check_predicates(self)

    def read(self, folder: Path) -> None:
        """Take in the declarations of one folder."""
        for path in sorted(folder.glob("*/*.yaml")):
            self.digest.update(path.name.encode() + b"\0" + path.read_bytes())
        for file in declared(folder / "vocabularies", DeclaredVocabulary, self.faults):
            self.add(self.vocabularies, file.declaration.vocabulary, file, "vocabulary")
        for file in declared(folder / "links", DeclaredLinkType, self.faults):
            self.add(self.link_types, file.declaration.type, file, "type")
        for file in declared(folder / "kinds", DeclaredKind, self.faults):
            self.add(self.kinds, file.declaration.kind, file, "kind")

    def add(self, place: dict[str, DeclaredFile], name: str, file: DeclaredFile, key: str) -> None:
        """Keep a declaration under its name, which must be new."""
        if name in place:
            self.faults.append(file.fault((key,), f"{name} is declared in {place[name].path.name} too"))
        place.setdefault(name, file)

    def inline_link_types(self) -> None:
        """A link type without a file of its own is declared beside the one link that has it."""
        shared = frozenset(self.link_types)
        self.inline: dict[str, DeclaredLinkType] = {}
        for file in self.kinds.values():
            for field, link in file.declaration.links.items():
                self.take_inline(file, field, link, shared)

    def take_inline(self, file: DeclaredFile, field: str, link: DeclaredLink, shared: frozenset[str]) -> None:
        """Read the link type out of a link, or say why it cannot be."""
        given = {
            key
            for key in ("rdf", "trace", "acyclic", "qualifiers", "properties")
            if key in link.model_fields_set
        }
        place = ("links", field, "type")
        if link.type in shared:
            if given:
                wrong = f"links/ declares {link.type}: leave out {', '.join(sorted(given))} here"
                self.faults.append(file.fault(place, wrong))
        elif link.type in self.inline:
            wrong = f"{link.type} is declared at another link: give it a file in links/"
            self.faults.append(file.fault(place, wrong))
        elif link.rdf is None:
            wrong = f"{link.type} is declared nowhere: give it a file in links/, or rdf and the like here"
            self.faults.append(file.fault(place, wrong))
        else:
            values = {key: getattr(link, key) for key in given}
            self.inline[link.type] = DeclaredLinkType(type=link.type, description=link.description, **values)


def build(model: type[M], folders: Iterable[Path]) -> M:
    """The model of these folders; a ModelError with all that is wrong."""
    draft = Draft(folders)
    if draft.faults:
        raise ModelError(draft.faults)
    vocabularies = {name: vocabulary(file.declaration) for name, file in sorted(draft.vocabularies.items())}
    types = {name: file.declaration for name, file in draft.link_types.items()} | draft.inline
    link_types = {name: link_type(types[name], vocabularies) for name in sorted(types)}
    kinds = Assembly(draft, vocabularies, link_types).kinds()
    if draft.faults:
        raise ModelError(draft.faults)
    by_key = {kind.key: kind for kind in kinds.values() if not kind.abstract}
    return model(draft.digest.hexdigest()[:16], kinds, link_types, vocabularies, by_key)


def labels(texts: Labels) -> dict[str, str]:
    """The labels by language, in the order of the languages."""
    return {language: texts[language] for language in LANGUAGES if language in texts}


def vocabulary(declaration: DeclaredVocabulary) -> Vocabulary:
    """A vocabulary with its concepts in the order of the file."""
    concepts = {
        key: Concept(key, labels(concept.label), concept.description, concept.covers, concept.ends)
        for key, concept in declaration.concepts.items()
    }
    return Vocabulary(declaration.vocabulary, labels(declaration.label), declaration.description, concepts)


def link_type(declaration: DeclaredLinkType, vocabularies: dict[str, Vocabulary]) -> LinkType:
    """A relationship type with its own properties."""
    properties = {name: prop(name, one, vocabularies) for name, one in declaration.properties.items()}
    return LinkType(
        declaration.type,
        declaration.description,
        tuple(declaration.rdf),
        declaration.trace is not None,
        declaration.acyclic,
        tuple(declaration.qualifiers),
        properties,
        labels(declaration.label),
    )


def prop(name: str, declaration: DeclaredProperty, vocabularies: dict[str, Vocabulary]) -> Property:
    """A property with its type of value."""
    scheme = vocabularies.get(declaration.type)
    value = (
        concept_type(scheme.name, scheme.description, tuple(scheme.concepts))
        if scheme
        else VALUE_TYPES[declaration.type]
    )
    return Property(
        name,
        value,
        declaration.description,
        tuple(declaration.rdf),
        vocabulary=scheme,
        label=labels(declaration.label),
        **declaration.model_dump(exclude={"type", "description", "rdf", "label"}),
    )


class Assembly:
    """The kinds of a draft, each with what it inherits and with the inverses that lead to it."""

    def __init__(
        self, draft: Draft, vocabularies: dict[str, Vocabulary], link_types: dict[str, LinkType]
    ) -> None:
        self.draft = draft
        self.vocabularies = vocabularies
        self.link_types = link_types
        self.declarations: dict[str, DeclaredKind] = {
            name: file.declaration for name, file in draft.kinds.items()
        }
        self.above = {name: self.ancestors(name) for name in self.declarations}
        self.own_links: dict[str, dict[str, LinkField]] = {name: {} for name in self.declarations}

    def kinds(self) -> dict[str, Kind]:
        """All kinds by name."""
        for name, declaration in self.declarations.items():
            for field, link in declaration.links.items():
                self.place(name, field, link)
        self.check_inverses()
        return {name: self.kind(name) for name in sorted(self.declarations)}

    def ancestors(self, name: str) -> tuple[str, ...]:
        """The kinds above, the widest first, each once."""
        found: list[str] = []
        for parent in self.declarations[name].extends:
            found += [one for one in (*self.ancestors(parent), parent) if one not in found]
        return tuple(found)

    def place(self, name: str, field: str, link: DeclaredLink) -> None:
        """Put a link on the kind that declares it and its inverse on the kinds at its end."""
        inverse = link.inverse.field if link.inverse else None
        self.add(name, self.field(field, link.type, True, tuple(link.to), inverse, link))
        if link.inverse is None:
            return
        back = link.inverse
        for end in link.to:
            self.add(end, self.field(back.field, link.type, False, (name,), field, back))

    def field(
        self,
        name: str,
        type_name: str,
        outgoing: bool,
        ends: tuple[str, ...],
        inverse: str | None,
        said: DeclaredLink | DeclaredInverse,
    ) -> LinkField:
        """A link field; its target is the kind that covers all its ends."""
        return LinkField(
            name,
            self.link_types[type_name],
            outgoing,
            ends,
            self.nearest(ends),
            said.description or "",
            inverse,
            said.min,
            said.max,
            labels(said.label),
        )

    def nearest(self, names: tuple[str, ...]) -> str:
        """The nearest kind that covers all of these."""
        lines = [(*self.above[name], name) for name in names]
        shared = [one for one in lines[0] if all(one in line for line in lines)]
        return shared[-1]

    def add(self, name: str, field: LinkField) -> None:
        """Put a field on a kind; inverses of one type and name make one field with several ends."""
        place = self.own_links[name]
        there = place.get(field.name)
        if there is None:
            place[field.name] = field
        elif there.type is field.type and not there.outgoing and not field.outgoing:
            ends = (*there.ends, *field.ends)
            place[field.name] = replace(
                there,
                ends=ends,
                target=self.nearest(ends),
                description=there.description or field.description,
                inverse=None,
                label={**field.label, **there.label},
            )
        else:
            file = self.draft.kinds[name]
            types = f"once as {there.type.name} and once as {field.type.name}"
            wrong = f"{name}.{field.name} is declared twice, {types}"
            self.draft.faults.append(file.fault(("links", field.name), wrong))

    def check_inverses(self) -> None:
        """Every field has a description, and none hides one that its kind inherits or has as a property."""
        for name, fields in self.own_links.items():
            file = self.draft.kinds[name]
            inherited = {field for above in self.above[name] for field in self.own_links[above]}
            plain = {prop for one in (*self.above[name], name) for prop in self.declarations[one].properties}
            below = [one for one in self.declarations if name in self.above[one]]
            plain |= {prop for one in below for prop in self.declarations[one].properties}
            for field in fields.values():
                if field.name in inherited or field.name in plain:
                    wrong = (
                        f"{name}.{field.name} hides a field of the same name of the kind or of one above it"
                    )
                    self.draft.faults.append(file.fault(("links", field.name), wrong))
                if not field.description:
                    wrong = f"the inverse {name}.{field.name} needs a description at one of its links"
                    self.draft.faults.append(file.fault(("links", field.name), wrong))

    def kind(self, name: str) -> Kind:
        """A kind with all that it has."""
        declaration = self.declarations[name]
        line = (*self.above[name], name)
        properties = {
            field: prop(field, one, self.vocabularies)
            for above in line
            for field, one in self.declarations[above].properties.items()
        }
        links = {field: one for above in line for field, one in self.own_links[above].items()}
        period = next(
            (self.declarations[one].period for one in reversed(line) if self.declarations[one].period), None
        )
        return Kind(
            name=name,
            plural=declaration.plural,
            abstract=declaration.abstract,
            ancestors=self.above[name],
            concrete=tuple(
                one for one in sorted(self.declarations)
                if not self.declarations[one].abstract and name in (*self.above[one], one)
            ),
            label=labels(declaration.label),
            description=declaration.description,
            caption=tuple(declaration.caption),
            rdf=tuple(declaration.rdf),
            period=(period[0], period[1]) if period else None,
            properties=properties,
            links=links,
        )  # fmt: skip
