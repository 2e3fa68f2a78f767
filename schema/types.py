"""The object types of the API, made from the model: things, links, and the connections between them."""

from dataclasses import dataclass
from typing import Any

import strawberry

from ontology.identity import camel
from ontology.model import Kind, LinkField, LinkType, Model, Property
from schema.connections import CURSOR, connection, page_info, paging
from schema.declaring import Input, Output, bare, declare, many, maybe
from schema.enums import Enums
from schema.inputs import Inputs, connection_name
from schema.scalars import URL, PartialDate

PLAIN = {
    "text": str,
    "identifier": str,
    "country-code": str,
    "url": URL,
    "integer": int,
    "boolean": bool,
    "date": PartialDate,
}


@dataclass(frozen=True, slots=True)
class Extra:
    """Types that are written by hand and that things have fields of: a trace."""

    trace: type
    trace_arguments: dict[str, Input]


class Types:
    """The classes of one model by the names that they have in the schema."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.enums = Enums(model)
        self.inputs = Inputs(model, self.enums)
        self.node = declare(
            bare("Node"),
            "Anything with an id of its own: a thing or a link.",
            {
                "id": Output(
                    strawberry.ID, "The id, the same in the graph, in this API and at the end of the IRI."
                )
            },
            interface=True,
        )
        self.kinds: dict[str, type] = {}
        for kind in sorted(model.kinds.values(), key=lambda one: len(one.ancestors)):
            self.kinds[kind.name] = bare(kind.name, self.bases(kind))
        self.link = bare("Link", [self.node])
        self.links = {name: bare(f"{camel(name)}Link", [self.link]) for name in model.link_types}
        self.page_info = declare(bare("PageInfo"), "Where a page stands in its list.", page_info())
        self.dispute = declare(bare("Dispute"), "A value that other sources give for a field.", dispute())
        self.field_source = declare(
            bare("FieldSource"), "The sources that give the value of a field.", field_source()
        )
        self.connections: dict[str, type] = {}

    def bases(self, kind: Kind) -> list[type]:
        """The interfaces of a kind, the nearest first."""
        if not kind.ancestors:
            return [self.node]
        own = set(kind.ancestors)
        nearest = [
            one for one in kind.ancestors if not any(one in self.model.kinds[o].ancestors for o in own)
        ]
        return [self.kinds[one] for one in reversed(nearest)]

    def declare(self, extra: Extra) -> None:
        """Give all types their fields; before this they can only be named."""
        common = self.link_fields()
        declare(
            self.link,
            "A link between two things, with its strength and its evidence.",
            common,
            interface=True,
        )
        for name, link_type in self.model.link_types.items():
            declare(self.links[name], link_type.description, self.own_properties(link_type))
        for kind in sorted(self.model.kinds.values(), key=lambda one: len(one.ancestors)):
            inherited = {f for one in kind.ancestors for f in self.model.kinds[one].properties}
            inherited |= {f for one in kind.ancestors for f in self.model.kinds[one].links}
            fields = self.thing_fields(extra) if kind.name == "Thing" else {}
            for declared in kind.properties.values():
                if declared.name not in inherited:
                    fields |= self.property_fields(declared)
            for field in kind.links.values():
                if field.name not in inherited:
                    fields[field.name] = self.link_field(field)
            declare(self.kinds[kind.name], kind.description, fields, interface=kind.abstract)

    def thing_fields(self, extra: Extra) -> dict[str, Output]:
        """What every thing has."""
        language = Input(self.enums.language, "The language to show it in.", self.enums.language["EN"])
        links = self.link_connection()
        return {
            "iri": Output(URL, "The IRI of the thing in linked data."),
            "kind": Output(self.enums.kind, "The kind of the thing."),
            "label": Output(
                str,
                "What to call the thing: in the language asked for, in English or as it is known.",
                {"language": language},
            ),
            "labelLanguage": Output(
                self.enums.language, "The language in which the label is served.", {"language": language}
            ),
            "sources": Output(many(self.kinds["Source"]), "The sources of the record."),
            "unverified": Output(many(str), "The names of the fields that rest on recollection alone."),
            "disputed": Output(many(self.dispute), "Values that other sources give."),
            "fieldSources": Output(
                many(self.field_source), "Which source gives which field, where that is recorded."
            ),
            "mentions": Output(
                many(str), "Other ids under which the thing is found, being mentioned more than once."
            ),
            "recordedAt": Output(str, "When the content of the record last changed here, in UTC."),
            "links": Output(
                links,
                "All links of the thing, with their evidence.",
                {
                    "type": Input(maybe(many(self.enums.link_type)), "Only links of these types.", None),
                    "direction": Input(
                        self.enums.direction,
                        "Only links that start or end here.",
                        self.enums.direction["BOTH"],
                    ),
                    "strength": Input(
                        maybe(many(self.enums.strength)), "Only links of these strengths.", None
                    ),
                    **paging(),
                },
            ),
            "trace": Output(
                extra.trace, "What followed from the thing, or from what it followed.", extra.trace_arguments
            ),
        }

    def property_fields(self, declared: Property) -> dict[str, Output]:
        """The field of a property; a translated one has a second field that says which language is served."""
        if declared.type != "translated":
            return {declared.name: Output(self.annotation(declared), declared.description)}
        arguments = {
            "language": Input(self.enums.language, "The language to show it in.", self.enums.language["EN"]),
            "fallback": Input(
                bool, "Whether English, or the first language that is known, may stand in.", True
            ),
        }
        return {
            declared.name: Output(maybe(str), declared.description, arguments),
            f"{declared.name}Language": Output(
                maybe(self.enums.language), f"The language in which {declared.name} is served.", arguments
            ),
        }

    def annotation(self, declared: Property) -> Any:
        """The type of a property; a list is empty where nothing is known."""
        enum = self.enums.vocabularies.get(declared.type)
        one: Any = enum or PLAIN[declared.type]
        if declared.list:
            return many(one)
        return one if declared.required else maybe(one)

    def link_field(self, field: LinkField) -> Output:
        """The field of a link: one thing, or a connection."""
        if not field.many:
            return Output(maybe(self.kinds[field.target]), field.description)
        arguments = {
            "filter": Input(maybe(self.inputs.filters[field.target]), "Only things that fulfil this.", None),
            "orderBy": Input(
                maybe(self.inputs.orders[field.target]), "The order; by id where none is given.", None
            ),
            **paging(),
        }
        return Output(self.hop_connection(field), field.description, arguments)

    def hop_connection(self, field: LinkField) -> type:
        """The connection of a link field; fields of one type, direction and target share it."""
        name = connection_name(field)
        if name not in self.connections:
            target = self.kinds[field.target]
            edge = {
                "cursor": CURSOR,
                "node": Output(target, "The thing at the end of the link."),
                "link": Output(self.links[field.type.name], "The link itself."),
                **self.evidence(),
                **self.own_properties(field.type),
            }
            self.connections[name] = connection(name, target, edge, self.page_info, field.type.description)
        return self.connections[name]

    def root_connection(self, kind: Kind) -> type:
        """The connection of all things of a kind."""
        if kind.name not in self.connections:
            target = self.kinds[kind.name]
            edge = {
                "cursor": CURSOR,
                "node": Output(target, "The thing."),
            }
            self.connections[kind.name] = connection(
                kind.name, target, edge, self.page_info, kind.description
            )
        return self.connections[kind.name]

    def link_connection(self) -> type:
        """The connection of links."""
        edge = {
            "cursor": CURSOR,
            "node": Output(self.link, "The link."),
        }
        return connection("Link", self.link, edge, self.page_info, "Links of a thing.")

    def evidence(self) -> dict[str, Output]:
        """What every link says."""
        return {
            "strength": Output(
                maybe(self.enums.strength), "How well the link is founded; absent where it is unverified."
            ),
            "sources": Output(many(self.kinds["Source"]), "The sources of the link."),
            "note": Output(maybe(str), "A remark on the link: what an inference rests on."),
            "date": Output(maybe(PartialDate), "The date of what the link records."),
            "priorWork": Output(
                maybe(bool),
                "Whether the work began before the meeting, so that it never counts as an effect; "
                "absent where it is not known.",
            ),
            "unverified": Output(bool, "Whether the link rests on recollection alone."),
        }

    def link_fields(self) -> dict[str, Output]:
        """What every link has."""
        return {
            "iri": Output(URL, "The IRI of the link in linked data."),
            "type": Output(self.enums.link_type, "The type of the link."),
            "from": Output(self.kinds["Thing"], "The thing at which the link starts."),
            "to": Output(self.kinds["Thing"], "The thing at which the link ends."),
            **self.evidence(),
            "recordedAt": Output(str, "When the content of the link last changed here, in UTC."),
        }

    def own_properties(self, link_type: LinkType) -> dict[str, Output]:
        """The properties of links of one type."""
        return {
            declared.name: Output(self.annotation(declared), declared.description)
            for declared in link_type.properties.values()
        }


def dispute() -> dict[str, Output]:
    """What is recorded of a disagreement."""
    return {
        "field": Output(str, "The name of the field."),
        "value": Output(maybe(str), "The other value; as JSON where it is no text."),
        "sources": Output(maybe(many(strawberry.ID)), "The ids of the sources that give it."),
    }


def field_source() -> dict[str, Output]:
    """What is recorded of the origin of a field."""
    return {
        "field": Output(str, "The name of the field."),
        "sources": Output(many(strawberry.ID), "The ids of the sources that give it."),
    }
