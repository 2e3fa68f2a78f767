"""The model as type definitions of the peer, @neo4j/graphql: the same graph, with all that is in it."""

from collections.abc import Iterator, Sequence

from ontology.identity import camel
from ontology.model import Kind, LinkField, LinkType, Model, Property

TYPES = {"integer": "Int", "boolean": "Boolean"}
EVIDENCE = ("strength: String", "note: String", "date: String", "priorWork: Boolean", "sources: [String!]")


def peer_schema(model: Model) -> str:
    """The type definitions of all kinds and of the properties of all links."""
    definitions = [kind_text(kind, model) for kind in model.kinds.values()]
    definitions += [link_text(one) for one in model.link_types.values()]
    return "\n".join(definitions)


def kind_text(kind: Kind, model: Model) -> str:
    """A kind as an object type over all nodes that have its label; an abstract one has all that they have."""
    lines = ["id: ID!", "recordedAt: String", "sources: [String!]"]
    for each in (kind, *(model.kinds[name] for name in sorted(kind.concrete))):
        lines += [line for one in each.properties.values() for line in property_lines(one)]
        lines += [link_line(one) for one in each.links.values()]
    lines = without_twins(lines)
    return block(f'type {kind.name} @node(labels: ["{kind.name}"])', dict.fromkeys(lines))


def without_twins(lines: Sequence[str]) -> list[str]:
    """The lines without a second field over the same relationships, which the peer does not allow."""
    kept: dict[str, str] = {}
    for line in lines:
        kept.setdefault(line.partition(":")[2] if "@relationship" in line else line, line)
    return list(kept.values())


def property_lines(declared: Property) -> Iterator[str]:
    """A property as it is stored; of a translated one the English text."""
    if declared.name in ("id", "recordedAt", "sources"):
        return
    kind = TYPES.get(declared.type, "String")
    stored = f' @alias(property: "{declared.name}_en")' if declared.type == "translated" else ""
    yield f"{declared.name}: {f'[{kind}!]' if declared.list else kind}{stored}"


def link_line(field: LinkField) -> str:
    """A link field, of one thing or of many, as a list: the peer has no other."""
    direction = "OUT" if field.outgoing else "IN"
    properties = f'properties: "{properties_of(field.type)}"'
    return (
        f"{field.name}: [{field.target}!]! "
        f'@relationship(type: "{field.type.name}", direction: {direction}, {properties})'
    )


def properties_of(link_type: LinkType) -> str:
    """The name of the type that has the properties of links of a type."""
    return f"{camel(link_type.name)}Properties"


def link_text(link_type: LinkType) -> str:
    """The properties of links of one type."""
    own = [line for one in link_type.properties.values() for line in property_lines(one)]
    return block(f"type {properties_of(link_type)} @relationshipProperties", dict.fromkeys([*EVIDENCE, *own]))


def block(head: str, lines: dict[str, None]) -> str:
    """A definition with its fields, of each name the first."""
    by_name: dict[str, str] = {}
    for line in lines:
        by_name.setdefault(line.partition(":")[0], line)
    return "\n".join([f"{head} {{", *(f"  {line}" for line in by_name.values()), "}"])
