"""The input objects of the API: a filter and an order for each kind, a match for each link."""

from typing import Any

import strawberry

from ontology.model import Kind, LinkField, Model, Property
from schema.declaring import Input, bare, declare_input, enumeration, many, maybe
from schema.enums import Enums
from schema.scalars import PartialDate

EQ = "The value is this one."
IN = "The value is one of these."
NULL = "Whether the value is not known."


def optional(annotation: Any, description: str) -> Input:
    """A field that may be left out; null means the same as leaving it out."""
    return Input(maybe(annotation), description, None)


class Inputs:
    """The input objects of one model."""

    def __init__(self, model: Model, enums: Enums) -> None:
        self.model = model
        self.enums = enums
        self.made: dict[str, type] = {}
        self.filters = {kind.name: bare(f"{kind.name}Filter") for kind in model.kinds.values()}
        self.values = self.value_filters()
        for kind in model.kinds.values():
            self.declare_filter(kind)
        self.orders = {kind.name: self.order(kind) for kind in model.kinds.values()}

    def value_filters(self) -> dict[str, type]:
        """The filters of the value types, each under the type's name."""
        text = {
            "eq": optional(str, EQ),
            "in": optional(many(str), IN),
            "contains": optional(str, "The text contains this one, without regard to case."),
            "startsWith": optional(str, "The text starts with this one, without regard to case."),
            "isNull": optional(bool, NULL),
        }
        language = optional(
            self.enums.language, "The language whose text is compared; English where none is named."
        )
        number = {
            "eq": optional(int, EQ),
            "in": optional(many(int), IN),
            "gt": optional(int, "The value is greater."),
            "gte": optional(int, "The value is greater or equal."),
            "lt": optional(int, "The value is less."),
            "lte": optional(int, "The value is less or equal."),
            "isNull": optional(bool, NULL),
        }
        plain = declare_input(bare("TextFilter"), "A condition on a text.", text)
        found = {
            "text": plain,
            "url": plain,
            "identifier": plain,
            "country-code": plain,
            "translated": declare_input(
                bare("TranslatedTextFilter"),
                "A condition on a text in one language.",
                {"language": language, **text},
            ),
            "integer": declare_input(bare("IntFilter"), "A condition on a whole number.", number),
            "boolean": declare_input(
                bare("BooleanFilter"),
                "A condition on a value that is true, false or not known.",
                {"eq": optional(bool, EQ), "isNull": optional(bool, NULL)},
            ),
            "date": self.date_filter(),
            "list": declare_input(
                bare("TextListFilter"),
                "A condition on a list of texts.",
                {
                    "has": optional(str, "The list has this value."),
                    "isNull": optional(bool, "Whether the list is empty or not known."),
                },
            ),
            "id": declare_input(
                bare("IDFilter"),
                "A condition on an id.",
                {"eq": optional(strawberry.ID, EQ), "in": optional(many(strawberry.ID), IN)},
            ),
            "presence": declare_input(
                bare("PresenceFilter"),
                "Whether something is there.",
                {"isNull": optional(bool, "Whether there is none.")},
            ),
            "kind": declare_input(
                bare("KindFilter"),
                "A condition on the kind of a thing; an abstract kind stands for all below it.",
                {
                    "eq": optional(self.enums.kind, "The thing is of this kind."),
                    "in": optional(many(self.enums.kind), "The thing is of one of these kinds."),
                },
            ),
        }
        for name, enum in self.enums.vocabularies.items():
            found[name] = declare_input(
                bare(f"{enum.__name__}Filter"),
                f"A condition on a value of this list: {self.model.vocabularies[name].description}",
                {"eq": optional(enum, EQ), "in": optional(many(enum), IN), "isNull": optional(bool, NULL)},
            )
        return found

    def date_filter(self) -> type:
        """Conditions on dates, for all days that a date can mean and for one of them."""
        comparisons = {
            "eq": optional(PartialDate, "The date lies within this one: 2016-10-25 within 2016-10."),
            "gt": optional(PartialDate, "The date lies after this one."),
            "gte": optional(PartialDate, "The date does not lie before the first day of this one."),
            "lt": optional(PartialDate, "The date lies before this one."),
            "lte": optional(PartialDate, "The date does not lie after the last day of this one."),
        }
        possibly = declare_input(
            bare("PossibleDateFilter"),
            "A condition that holds for at least one day that the date can mean.",
            comparisons,
        )
        return declare_input(
            bare("DateFilter"),
            "A condition on a date; it holds where it holds for every day that the date can mean.",
            {
                **comparisons,
                "isNull": optional(bool, NULL),
                "possibly": optional(
                    possibly, "A condition that need hold for only one day that the date can mean."
                ),
            },
        )

    def declare_filter(self, kind: Kind) -> None:
        """The filter of one kind: all its keys must hold."""
        own = self.filters[kind.name]
        fields = {
            "and": optional(many(own), "All of these hold."),
            "or": optional(many(own), "One of these holds."),
            "not": optional(own, "This does not hold, or is not known to hold."),
            "id": optional(self.values["id"], "The id of the thing."),
            "unverified": optional(
                self.values["list"], "The names of the fields that rest on recollection alone."
            ),
            "disputed": optional(self.values["presence"], "Whether sources disagree on a field."),
            "sources": optional(self.values["presence"], "Whether the record names a source."),
        }
        if kind.abstract:
            fields["kind"] = optional(self.values["kind"], "The kind of the thing.")
            for one in kind.concrete:
                fields[f"is{one}"] = optional(self.filters[one], f"The thing is a {one} that fulfils this.")
        for declared in kind.properties.values():
            if not declared.personal:
                fields[declared.name] = optional(self.values[filter_of(declared)], declared.description)
        for field in kind.links.values():
            fields[field.name] = optional(self.link_filter(field), field.description)
        description = f"Conditions on things of this kind: {kind.description} All that are given must hold."
        declare_input(own, description, fields)

    def link_filter(self, field: LinkField) -> type:
        """Conditions on the links of one type to one kind, from one side."""
        name = connection_name(field)
        if f"{name}Filter" not in self.made:
            match = self.match(name, field)
            self.made[f"{name}Filter"] = declare_input(
                bare(f"{name}LinkFilter"),
                "Conditions on the links of a field; all that are given must hold.",
                {
                    "some": optional(match, "At least one link fulfils this."),
                    "none": optional(match, "No link fulfils this; with an empty match: there is no link."),
                    "every": optional(match, "Every link fulfils this, or there is none."),
                },
            )
        return self.made[f"{name}Filter"]

    def match(self, name: str, field: LinkField) -> type:
        """What a link and the thing at its end must fulfil."""
        fields = {
            "node": optional(self.filters[field.target], "The thing at the end of the link fulfils this."),
            "strength": optional(many(self.enums.strength), "The link has one of these strengths."),
            "priorWork": optional(bool, "Whether the link is known to lead to work that began before."),
            "unverified": optional(bool, "Whether the link rests on recollection alone."),
            "linkDate": optional(self.values["date"], "The date of the link."),
        }
        for declared in field.type.properties.values():
            fields[declared.name] = optional(self.values[filter_of(declared)], declared.description)
        return declare_input(
            bare(f"{name}Match"), "A link and the thing at its end; all that is given must hold.", fields
        )

    def order(self, kind: Kind) -> type:
        """The order of one kind, by one of its sortable properties."""
        members = {"id": ("id", "By id.")}
        for declared in kind.properties.values():
            if declared.sort:
                members[declared.name] = (declared.name, f"By this: {declared.description}")
        fields = enumeration(
            f"{kind.name}OrderField",
            f"What things of this kind can be ordered by: {kind.description}",
            {upper_camel(name): member for name, member in members.items()},
        )
        return declare_input(
            bare(f"{kind.name}Order"),
            "An order; things that are equal in it are ordered by id.",
            {
                "field": Input(fields, "What to order by."),
                "direction": Input(
                    self.enums.order_direction, "The direction.", self.enums.order_direction["ASC"]
                ),
                "language": Input(
                    self.enums.language, "The language of the texts to order by.", self.enums.language["EN"]
                ),
            },
        )


def upper_camel(name: str) -> str:
    """startDate as START_DATE."""
    return "".join(f"_{one}" if one.isupper() else one.upper() for one in name)


def filter_of(declared: Property) -> str:
    """The name of the filter of a property."""
    return "list" if declared.list else declared.type


def connection_name(field: LinkField) -> str:
    """The name that connection, edge and filter of a link field share: its type, direction and target."""
    kind = "".join(part.capitalize() for part in field.type.name.split("_"))
    return f"{kind}{'' if field.outgoing else 'From'}{field.target}"
