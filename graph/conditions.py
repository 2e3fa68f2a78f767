"""From conditions to the text of a WHERE: values are parameters, names come from the model."""

import re
from collections.abc import Callable
from functools import singledispatch

from graph.selection import Absent, Both, Compare, Condition, Either, Linked, Not, OfKind

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
OPERATORS = frozenset({"=", "IN", ">", ">=", "<", "<=", "CONTAINS", "STARTS WITH"})

Fresh = Callable[[str], str]


def names(name: str) -> str:
    """A label, type or property name as it may stand in a statement; anything else is a programming error."""
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of the model")
    return name


@singledispatch
def condition(wanted: Condition, element: str, fresh: Fresh) -> str:
    """The Cypher of a condition on the element in this variable."""
    raise TypeError(f"{type(wanted).__name__} has no Cypher")


@condition.register
def _(wanted: Compare, element: str, fresh: Fresh) -> str:
    if wanted.operator not in OPERATORS:
        raise ValueError(f"{wanted.operator!r} is no operator")
    stored, value = f"{element}.{names(wanted.name)}", f"${names(wanted.value.name)}"
    if wanted.member:
        return f"{value} IN {stored}"
    if wanted.folded:
        return f"toLower({stored}) {wanted.operator} toLower({value})"
    return f"{stored} {wanted.operator} {value}"


@condition.register
def _(wanted: Absent, element: str, fresh: Fresh) -> str:
    return f"{element}.{names(wanted.name)} IS {'' if wanted.absent else 'NOT '}NULL"


@condition.register
def _(wanted: OfKind, element: str, fresh: Fresh) -> str:
    return f"({element}:{'|'.join(names(label) for label in wanted.labels)})"


@condition.register
def _(wanted: Both, element: str, fresh: Fresh) -> str:
    return joined([condition(one, element, fresh) for one in wanted.all], "AND", "true")


@condition.register
def _(wanted: Either, element: str, fresh: Fresh) -> str:
    return joined([condition(one, element, fresh) for one in wanted.any], "OR", "false")


@condition.register
def _(wanted: Not, element: str, fresh: Fresh) -> str:
    return f"NOT coalesce({condition(wanted.condition, element, fresh)}, false)"


@condition.register
def _(wanted: Linked, element: str, fresh: Fresh) -> str:
    link, node = fresh("l"), fresh("n")
    field = wanted.field
    left, right = ("-", "->") if field.outgoing else ("<-", "-")
    pattern = f"({element}){left}[{link}:{names(field.type.name)}]{right}({node}:{names(field.target)})"
    ends = [f"({node}:{'|'.join(names(end) for end in field.ends)})"] if len(field.ends) > 1 else []
    both = [
        condition(one, variable, fresh)
        for one, variable in ((wanted.link, link), (wanted.node, node))
        if one is not None
    ]
    if wanted.quantifier == "every":
        if not both:
            return "true"
        refuted = f"NOT coalesce({joined(both, 'AND', 'true')}, false)"
        return f"NOT EXISTS {{ MATCH {pattern} WHERE {' AND '.join([*ends, refuted])} }}"
    where = f" WHERE {' AND '.join([*ends, *both])}" if ends or both else ""
    found = f"EXISTS {{ MATCH {pattern}{where} }}"
    return f"NOT {found}" if wanted.quantifier == "none" else found


def joined(parts: list[str], operator: str, empty: str) -> str:
    """Conditions joined by AND or OR; `empty` stands for none at all."""
    if not parts:
        return empty
    return parts[0] if len(parts) == 1 else f"({f' {operator} '.join(parts)})"
