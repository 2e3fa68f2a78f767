"""The shapes of the predicates of a kind, shared by the kinds for which they are the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ontology.constraints import Field, constraints, link_field, property_field, written_field
from ontology.evidence import LABEL, OF_THINGS, RECORDED
from ontology.linksets import linksets_of
from ontology.mapping import types
from ontology.model import Kind, LinkField, Model
from ontology.turtle import Object, Statements, Text

TYPE = "rdf:type"
REQUIRED = (LABEL, RECORDED)


@cache
def property_shapes(kind: Kind, model: Model) -> Mapping[str, Statements]:
    """All shapes of the predicates of a kind, by the name that each has if it belongs to this kind alone."""
    found = {_local(kind, path): property_shape(path, fields) for path, fields in _paths(kind, model).items()}
    for field in kind.links.values():
        if _bounded_inverse(kind, field):
            found[f"{kind.name}-{field.name}"] = _inverse(field)
    return found


def shared(kind: Kind, model: Model) -> Iterator[tuple[str, Statements]]:
    """The shapes of the predicates of a kind, each under the name of the widest kind that has the same."""
    for name, shape in property_shapes(kind, model).items():
        tail = name.removeprefix(kind.name)
        holders = (f"{above}{tail}" for above in kind.labels
                   if property_shapes(model.kinds[above], model).get(f"{above}{tail}") == shape)  # fmt: skip
        yield f"shapes:{next(holders)}", shape


def type_shape(kind: Kind, model: Model) -> Statements:
    """The classes of a thing of a kind: all of its own and no other."""
    every = types(kind, model)
    return bare_shape(TYPE) | {"sh:hasValue": [*every], "sh:in": every}


def scheme_shapes(kind: Kind, scheme: str) -> dict[str, Statements]:
    """The scheme of a thing that is a concept."""
    member, top = "skos:inScheme", "skos:topConceptOf"
    return {
        f"shapes:{_local(kind, member)}": bare_shape(member) | {"sh:hasValue": scheme, "sh:maxCount": 1},
        f"shapes:{_local(kind, top)}": bare_shape(top) | {"sh:in": (scheme,)},
    }


def _paths(kind: Kind, model: Model) -> dict[str, list[Field]]:
    """The predicates that start at a thing of the kind, with the fields that say them."""
    found: dict[str, list[Field]] = defaultdict(list)
    for one in OF_THINGS:
        found[one.terms[0]].append(written_field(one, {}, least=int(one in REQUIRED)))
    for prop in kind.properties.values():
        for term in prop.rdf:
            found[term].append(property_field(prop))
    for linkset in linksets_of(kind):
        found[linkset.predicate].append(written_field(linkset.written, {}))
    outgoing = [field for field in kind.links.values() if field.outgoing]
    said = [term for field in outgoing for term in field.type.rdf]
    for field in outgoing:
        for term in field.type.rdf:
            alone = said.count(term) == 1 and term not in found
            found[term].append(link_field(field, model, counted=alone))
    return found


def property_shape(path: str, fields: Sequence[Field]) -> Statements:
    """The shape of a predicate that these fields say."""
    names = ", ".join(dict.fromkeys(field.name for field in fields))
    description = " ".join(dict.fromkeys(field.description for field in fields))
    described: Statements = {"sh:name": Text(names), "sh:description": Text(description, "en")}
    return bare_shape(path) | described | constraints(fields)


def bare_shape(path: Object) -> Statements:
    """The shape of a predicate that asks for nothing yet."""
    return {"rdf:type": "sh:PropertyShape", "sh:path": path}


def local(path: str) -> str:
    """A predicate as a part of the name of a shape."""
    return path.replace(":", ".")


def _bounded_inverse(kind: Kind, field: LinkField) -> bool:
    """Whether a limit on the links that lead here can be told: no other field leads back along the type."""
    if field.outgoing or (field.min == 0 and field.max is None):
        return False
    return not any(
        other.type is field.type and not other.outgoing and other is not field
        for other in kind.links.values()
    )


def _inverse(field: LinkField) -> Statements:
    shape = bare_shape({"sh:inversePath": field.type.rdf[0]})
    shape |= {"sh:name": Text(field.name), "sh:description": Text(field.description, "en")}
    if field.min:
        shape["sh:minCount"] = field.min
    if field.max is not None:
        shape["sh:maxCount"] = field.max
    return shape


def _local(kind: Kind, path: str) -> str:
    return f"{kind.name}-{local(path)}"
