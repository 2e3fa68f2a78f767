"""The fields of things and links, as the model declares them."""

from collections.abc import Callable

from graph.connection import AnyHop, Hop
from graph.selection import (
    End,
    Flag,
    Iri,
    KindName,
    LinkSelection,
    Nothing,
    One,
    Read,
    Records,
    Sources,
    Stored,
    Text,
    ThingSelection,
    TypeName,
    Wanted,
)
from ontology.identity import camel
from ontology.model import Kind, LinkField, LinkType, Property
from resolvers.collecting import Nodes
from resolvers.planner import Asked, Planner

# How many sources a record has on average, for the cost; links to one thing count as one.
SOURCES = 2.0

# Fields of Thing that are planned elsewhere, by name.
ThingRead = Callable[[Planner, Asked], Read]
THING_READS: dict[str, ThingRead] = {}


def thing_selection(planner: Planner, type_name: str, nodes: Nodes) -> ThingSelection:
    """What is asked of things of this kind; types that are no kinds are left out."""
    kinds = planner.model.kinds
    wanted = []
    for asked in planner.fields(type_name, nodes):
        only = asked.only
        if only is not None or type_name not in kinds:
            only = frozenset(name for name in only or planner.world.members[type_name] if name in kinds)
            if not only:
                continue
        holder = kinds[type_name if asked.only is None and type_name in kinds else min(only or ())]
        wanted.append(Wanted(asked.key, thing_read(planner, holder, asked), narrowed(planner, only)))
    known = type_name in kinds and not kinds[type_name].abstract
    return ThingSelection(tuple(wanted), type_name if known else None)


def narrowed(planner: Planner, only: frozenset[str] | None) -> frozenset[str] | None:
    """None for all kinds, so that no label is asked for where every thing has the field."""
    return None if only == planner.world.members["Thing"] else only


def link_selection(planner: Planner, type_name: str, nodes: Nodes) -> LinkSelection:
    """What is asked of links of this type; types that are no links are left out."""
    types = {f"{camel(name)}Link": link_type for name, link_type in planner.model.link_types.items()}
    wanted = []
    for asked in planner.fields(type_name, nodes):
        only = [types[name] for name in asked.only or planner.world.members[type_name] if name in types]
        if only:
            names = frozenset(one.name for one in only)
            everything = len(names) == len(types)
            read = link_read(planner, only[0], asked)
            wanted.append(Wanted(asked.key, read, None if everything else names))
    return LinkSelection(tuple(wanted), types[type_name].name if type_name in types else None)


def thing_read(planner: Planner, kind: Kind, asked: Asked) -> Read:
    """The read of one field of a kind."""
    if asked.name in kind.properties:
        return property_read(planner, kind.properties[asked.name], asked)
    if asked.name in kind.links:
        return links_read(planner, kind, kind.links[asked.name], asked)
    base = asked.name.removesuffix("Language")
    if base != asked.name and base in kind.properties:
        return text(base, asked, which=True)
    return built_in(planner, asked)


def built_in(planner: Planner, asked: Asked) -> Read:
    """The read of a field that every thing has."""
    if asked.name in THING_READS:
        return THING_READS[asked.name](planner, asked)
    if asked.name in ("label", "labelLanguage"):
        return text("label", asked, which=asked.name != "label")
    if asked.name == "links":
        return all_links(planner, asked)
    return common(planner, asked)


def common(planner: Planner, asked: Asked) -> Read:
    """The read of a field that things and links have alike."""
    match asked.name:
        case "iri":
            return Iri(planner.world.base)
        case "kind":
            return KindName()
        case "sources":
            with planner.level(asked, SOURCES, links=0):
                return Sources(planner.thing("Source", asked.nodes))
        case "disputed" | "fieldSources":
            record = "Dispute" if asked.name == "disputed" else "FieldSource"
            fields = tuple((one.key, one.name) for one in planner.fields(record, asked.nodes))
            return Records(asked.name, fields)
        case "unverified" | "mentions":
            return Stored(asked.name, empty=True)
        case _:
            return Stored(asked.name)


def link_read(planner: Planner, link_type: LinkType, asked: Asked) -> Read:
    """The read of one field of a link."""
    if asked.name in link_type.properties:
        return property_read(planner, link_type.properties[asked.name], asked)
    match asked.name:
        case "type":
            return TypeName()
        case "unverified":
            return Flag("unverified")
        case "from" | "to":
            with planner.level(asked, 1):
                return End(asked.name == "from", planner.thing("Thing", asked.nodes))
        case _:
            return common(planner, asked)


def property_read(planner: Planner, declared: Property, asked: Asked) -> Read:
    """The read of a property; what names persons is withheld where the setting says so."""
    if declared.personal and not planner.world.show_persons:
        return Stored("withheld", empty=True) if declared.list else Nothing()
    if declared.type == "translated":
        return text(declared.name, asked)
    return Stored(declared.name, empty=declared.list)


def text(name: str, asked: Asked, *, which: bool = False) -> Text:
    """A translated text, or the language in which it is served."""
    language = asked.arguments.value("language", "en")
    return Text(name, language, asked.arguments.value("fallback", True), which)


def links_read(planner: Planner, kind: Kind, field: LinkField, asked: Asked) -> Read:
    """The read of a link field: the one thing at its end, or a page of them."""
    if not field.many:
        with planner.level(asked, 1):
            return One(field, planner.thing(field.target, asked.nodes))
    mean = planner.world.fan_out.get(f"{kind.name}.{field.name}")
    return planner.connection(asked, Hop(field), kind.name, mean=mean)


def all_links(planner: Planner, asked: Asked) -> Read:
    """A page of the links of a thing, of all types or of some."""
    direction = asked.arguments.value("direction", "BOTH")
    origin = AnyHop(
        tuple(asked.arguments.value("type") or ()),
        outgoing=direction in ("OUT", "BOTH"),
        incoming=direction in ("IN", "BOTH"),
        strengths=asked.arguments.parameter("strength"),
    )
    return planner.connection(asked, origin, "Thing")
