"""The reference page of the model: every kind, link type and vocabulary as a reader of the API meets them."""

from collections.abc import Iterator

from ontology.model import Kind, LinkField, LinkType, Model, Property, Vocabulary

OPENING = """\
# Kinds, links and vocabularies

Made from the declarations in `ontology/`; a test compares the two. To change this page, change a declaration
and run `make docs`.

Every record also has `id`, `sources`, `unverified`, `disputed`, `fieldSources` and `mentions`; every link has
`strength`, `sources`, `note`, `date`, `unverified` and `priorWork`. The format of records is described in
[data/README.md](../data/README.md).
"""


def handbook(model: Model) -> str:
    """The page as Markdown."""
    lines = [OPENING, *kinds(model), *link_types(model), *vocabularies(model)]
    return "\n".join(lines).rstrip("\n") + "\n"


def kinds(model: Model) -> Iterator[str]:
    """The abstract kinds, then the others."""
    for title, abstract in (("Abstract kinds", True), ("Kinds", False)):
        yield f"## {title}\n"
        for kind in model.kinds.values():
            if kind.abstract is abstract:
                yield from kind_section(model, kind)


def kind_section(model: Model, kind: Kind) -> Iterator[str]:
    """One kind with what it adds to the kinds above it."""
    inherited = {name for above in kind.ancestors for name in fields_of(model.kinds[above])}
    yield f"### {kind.name}\n"
    yield f"{kind.description}\n"
    facts = [f"query field `{kind.plural}`"]
    if not kind.abstract:
        facts.insert(0, f"ids `{kind.key}/...`")
    if kind.ancestors:
        facts.append(f"is a {', '.join(reversed(kind.ancestors))}")
    facts.append(f"in RDF {', '.join(kind.rdf)}")
    yield f"{'; '.join(facts)}.\n"
    rows = [property_row(one) for name, one in kind.properties.items() if name not in inherited]
    rows += [link_row(one) for name, one in kind.links.items() if name not in inherited]
    if rows:
        yield "| field | type | meaning |\n|---|---|---|"
        yield from rows
        yield ""


def fields_of(kind: Kind) -> tuple[str, ...]:
    """The names of the fields of a kind."""
    return (*kind.properties, *kind.links)


def property_row(declared: Property) -> str:
    """One property in a table."""
    traits = [trait for trait in ("required", "list", "unique", "sort", "search") if getattr(declared, trait)]
    if declared.derived:
        traits.append(f"taken from {declared.derived}")
    return f"| `{declared.name}` | {', '.join([declared.type, *traits])} | {declared.description} |"


def link_row(field: LinkField) -> str:
    """One link field in a table."""
    arrow = "→" if field.outgoing else "←"
    step = f"{field.type.name} {arrow} {', '.join(field.ends)}{bounds(field)}"
    return f"| `{field.name}` | {step} | {field.description} |"


def bounds(field: LinkField) -> str:
    """How many links a thing has by this field, where that is limited."""
    if field.min == 0 and field.max is None:
        return ""
    return f", {field.min} to {field.max if field.max is not None else 'many'}"


def link_types(model: Model) -> Iterator[str]:
    """The relationship types."""
    yield "## Link types\n"
    yield "| type | meaning | trace | own properties | in RDF |\n|---|---|---|---|---|"
    for one in model.link_types.values():
        yield link_type_row(one)
    yield ""


def link_type_row(one: LinkType) -> str:
    """One relationship type in a table."""
    own = ", ".join(f"`{name}`" for name in one.properties)
    return f"| {one.name} | {one.description} | {'yes' if one.trace else ''} | {own} | {', '.join(one.rdf)} |"


def vocabularies(model: Model) -> Iterator[str]:
    """The vocabularies with their concepts."""
    yield "## Vocabularies\n"
    for one in model.vocabularies.values():
        yield from vocabulary_section(one)


def vocabulary_section(one: Vocabulary) -> Iterator[str]:
    """One vocabulary in a table."""
    yield f"### {one.name}\n"
    yield f"{one.description}\n"
    yield "| concept | label | meaning |\n|---|---|---|"
    for key, concept in one.concepts.items():
        yield f"| `{key}` | {concept.label['en']} | {concept.description} |"
    yield ""
