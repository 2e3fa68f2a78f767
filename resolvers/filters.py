"""From a filter of the API to a condition: which keys are given is its shape, the values are bound."""

from collections.abc import Callable, Mapping
from typing import Any

from graph.selection import Absent, Both, Compare, Condition, Either, Linked, Not, OfKind, Parameter
from ontology.dates import PartialDate
from ontology.languages import LANGUAGES
from ontology.model import Kind, LinkField, Model, Property
from resolvers.arguments import Argument, Transform
from resolvers.costs import Costs
from resolvers.errors import BadUserInput

# A new parameter that is bound to an argument.
Bind = Callable[[Argument, Transform | None], Parameter]

LOGIC = ("and", "or", "not")
PLAIN = {"eq": "=", "in": "IN", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
TEXTUAL = {"contains": "CONTAINS", "startsWith": "STARTS WITH"}
# For each comparison of dates: the bound of the stored date, the operator, the bound of the date asked for.
# It must hold for every day that the stored date can mean ...
SURELY = {
    "eq": (("first", ">=", "first"), ("last", "<=", "last")),
    "gt": (("first", ">", "last"),),
    "gte": (("first", ">=", "first"),),
    "lt": (("last", "<", "first"),),
    "lte": (("last", "<=", "last"),),
}
# ... or for one of them.
POSSIBLY = {
    "eq": (("first", "<=", "last"), ("last", ">=", "first")),
    "gt": (("last", ">", "last"),),
    "gte": (("last", ">=", "first"),),
    "lt": (("first", "<", "first"),),
    "lte": (("first", "<=", "last"),),
}


class Filters:
    """Conditions for the kinds of one model, counted while they are made."""

    def __init__(self, model: Model, bind: Bind, costs: Costs) -> None:
        self.model = model
        self.costs = costs
        self._bind = bind

    def bind(self, given: Argument, transform: Transform | None) -> Parameter:
        """A new parameter, which is a condition more."""
        self.costs.condition()
        return self._bind(given, transform)

    def absent(self, name: str, given: Argument) -> Condition:
        """That a stored value is absent, or that it is there."""
        self.costs.condition()
        return Absent(name, absent=bool(given.value))

    def thing(self, kind: Kind, given: Argument) -> Condition:
        """The condition that a filter sets on things of a kind: all its keys hold."""
        return Both(tuple(self.key(kind, key, one) for key, one in given.items()))

    def key(self, kind: Kind, key: str, given: Argument) -> Condition:
        """The condition that one key of a filter sets."""
        self.costs.condition()
        if key in LOGIC:
            with self.costs.inside(key, "levels of and, or, not"):
                return self.logic(kind, key, given)
        if key in kind.links:
            return self.linked(kind.links[key], given)
        if key in kind.properties:
            return self.property(kind.properties[key], given)
        if key.removeprefix("is") in kind.concrete:
            own = self.model.kinds[key.removeprefix("is")]
            return Both((OfKind((own.name,)), self.thing(own, given)))
        return self.built_in(key, given)

    def logic(self, kind: Kind, key: str, given: Argument) -> Condition:
        """Several conditions as one, or what one excludes."""
        if key == "not":
            return Not(self.thing(kind, given))
        parts = tuple(self.thing(kind, one) for one in given.elements())
        return Both(parts) if key == "and" else Either(parts)

    def built_in(self, key: str, given: Argument) -> Condition:
        """The condition on what every thing has."""
        if key == "kind":
            return self.kinds(given)
        if key in ("disputed", "sources"):
            return both(self.absent(key, one) for _, one in given.items())
        if key == "unverified":
            return self.listed("unverified", given)
        return self.compared("id", given)

    def kinds(self, given: Argument) -> Condition:
        """That a thing is of one of these kinds, abstract ones too; the kinds are part of the shape."""
        found = []
        for _, one in given.items():
            value = one.value if isinstance(one.value, list) else [one.value]
            found.append(OfKind(tuple(str(getattr(kind, "value", kind)) for kind in value)))
        return both(found)

    def property(self, declared: Property, given: Argument) -> Condition:
        """The condition on a property of a kind or of a link."""
        if declared.list:
            return self.listed(declared.name, given)
        if declared.type == "date":
            return self.date(declared.name, given)
        if declared.type == "translated":
            return self.translated(declared.name, given)
        return self.compared(declared.name, given)

    def compared(self, name: str, given: Argument) -> Condition:
        """A stored value compared with others."""
        return both(self.comparison(name, operator, one) for operator, one in given.items())

    def comparison(self, name: str, operator: str, one: Argument) -> Condition:
        """One comparison of a stored value."""
        if operator == "isNull":
            return self.absent(name, one)
        if operator in TEXTUAL:
            return Compare(name, TEXTUAL[operator], self.bind(one, None), folded=True)
        return Compare(name, PLAIN[operator], self.bind(one, None))

    def listed(self, name: str, given: Argument) -> Condition:
        """A stored list that has a value, or is absent."""
        found: list[Condition] = []
        for operator, one in given.items():
            if operator == "isNull":
                found.append(self.absent(name, one))
            else:
                found.append(Compare(name, "=", self.bind(one, None), member=True))
        return both(found)

    def translated(self, name: str, given: Argument) -> Condition:
        """A text in one language, which is part of the shape; isNull without one is about all languages."""
        language = getattr(given.value.get("language"), "value", given.value.get("language"))
        found: list[Condition] = []
        for operator, one in given.items():
            if operator == "language":
                continue
            if operator == "isNull" and language is None:
                absent = Both(tuple(self.absent(f"{name}_{each}", Argument(True)) for each in LANGUAGES))
                found.append(absent if one.value else Not(absent))
            else:
                found.append(self.comparison(f"{name}_{language or 'en'}", operator, one))
        return both(found)

    def date(self, name: str, given: Argument) -> Condition:
        """A date compared by the days that it can mean."""
        found: list[Condition] = []
        for operator, one in given.items():
            if operator == "isNull":
                found.append(self.absent(name, one))
            elif operator == "possibly":
                found += [c for key, inner in one.items() for c in self.bounds(name, POSSIBLY[key], inner)]
            else:
                found += self.bounds(name, SURELY[operator], one)
        return both(found)

    def bounds(self, name: str, rules: tuple[tuple[str, str, str], ...], given: Argument) -> list[Condition]:
        """The comparisons of bounds that make one comparison of dates."""
        return [
            Compare(f"{name}_{stored}", operator, self.bind(given, bound(asked)))
            for stored, operator, asked in rules
        ]

    def linked(self, field: LinkField, given: Argument) -> Condition:
        """A condition on the links of a field."""
        return both(self.quantified(quantifier, field, one) for quantifier, one in given.items())

    def quantified(self, quantifier: str, field: LinkField, given: Argument) -> Condition:
        """That some, none or every link fulfils a match: of the far end, and of the link itself."""
        node: Condition | None = None
        link: list[Condition] = []
        for key, one in given.items():
            if key == "node":
                with self.costs.inside(field.name, "links"):
                    node = self.thing(self.model.kinds[field.target], one)
            elif key == "linkDate":
                link.append(self.date("date", one))
            elif key == "strength":
                link.append(Compare("strength", "IN", self.bind(one, None)))
            elif key in ("priorWork", "unverified"):
                link.append(self.flag(key, one))
            else:
                link.append(self.property(field.type.properties[key], one))
        return Linked(quantifier, field, node, both(link) if link else None)

    def flag(self, name: str, given: Argument) -> Condition:
        """A stored flag: true, or not true."""
        true = Compare(name, "=", self.bind(Argument(True), None))
        return true if given.value else Not(true)


def both(conditions: Any) -> Condition:
    """All of these; one alone stays as it is."""
    found = tuple(conditions)
    return found[0] if len(found) == 1 else Both(found)


def bound(name: str) -> Transform:
    """The first or the last day that a date can mean, in ISO form."""

    def day(value: Any, _: Mapping[str, Any]) -> str:
        try:
            date = PartialDate.parse(str(value))
        except ValueError as error:
            raise BadUserInput(str(error)) from None
        return (date.first if name == "first" else date.last).isoformat()

    return day
