"""How the classes of Strawberry are made from declarations: first bare, so that they can name each other."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Optional

import strawberry

# A type as Strawberry takes it in an annotation: a class, Optional, list, a scalar.
Annotation = Any


def maybe(annotation: Annotation) -> Annotation:
    """The type, or null."""
    return Optional[annotation]  # noqa: UP045 # the annotation is a value, which has no | before it is declared


def many(annotation: Annotation) -> Annotation:
    """A list of the type."""
    return list[annotation]


@dataclass(frozen=True, slots=True)
class Input:
    """An argument, or a field of an input object. Without a `default` it is required."""

    annotation: Annotation
    description: str
    default: Any = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Output:
    """A field of an object type or an interface."""

    annotation: Annotation
    description: str
    arguments: Mapping[str, Input] = field(default_factory=dict)


def enumeration(name: str, description: str, members: Mapping[str, tuple[str, str]]) -> type[Enum]:
    """An enum; each member has the value that the graph holds, and a description."""
    values = {
        member: strawberry.enum_value(value, description=text) for member, (value, text) in members.items()
    }
    made = Enum(name, values)  # type: ignore[misc] # the members are data, not known to the type checker
    return strawberry.enum(made, name=name, description=description)


def bare(name: str, bases: Sequence[type] = ()) -> type:
    """A class that can be named in annotations before it is declared."""
    return type(name, tuple(bases) or (object,), {"__module__": __name__})


def declare(made: type, description: str, fields: Mapping[str, Output], *, interface: bool = False) -> type:
    """Give a bare class its fields and make it an object type or an interface of the schema."""
    for name, one in fields.items():
        setattr(made, attribute(name), output_field(name, one))
    make: Callable[..., type] = strawberry.interface if interface else strawberry.type
    return make(made, name=made.__name__, description=description)


def output_field(name: str, one: Output) -> Any:
    """A field whose value the rows hold: its resolver is a signature and is never called."""

    def unresolved() -> None:
        raise NotImplementedError("values come from the rows of the statement")

    parameters = [argument(key, value) for key, value in one.arguments.items()]
    unresolved.__signature__ = inspect.Signature(parameters, return_annotation=one.annotation)  # type: ignore[attr-defined] # inspect reads it
    unresolved.__annotations__ = {
        **{each.name: each.annotation for each in parameters},
        "return": one.annotation,
    }
    return strawberry.field(resolver=unresolved, name=name, description=one.description)


def argument(name: str, one: Input) -> inspect.Parameter:
    """A parameter of a resolver's signature."""
    described = strawberry.argument(description=one.description, name=name)
    return inspect.Parameter(
        attribute(name),
        inspect.Parameter.KEYWORD_ONLY,
        default=one.default,
        annotation=Annotated[one.annotation, described],
    )


def declare_input(made: type, description: str, fields: Mapping[str, Input], *, one_of: bool = False) -> type:
    """Give a bare class its fields and make it an input object; fields without a default are required."""
    annotations: dict[str, Any] = {}
    for name, one in fields.items():
        annotations[attribute(name)] = one.annotation
        more = {} if one.default is inspect.Parameter.empty else {"default": one.default}
        setattr(made, attribute(name), strawberry.field(name=name, description=one.description, **more))
    made.__annotations__ = annotations
    return strawberry.input(made, name=made.__name__, description=description, one_of=one_of)


def attribute(name: str) -> str:
    """A name of the schema as an attribute of Python, which has words of its own."""
    return f"{name}_"


def upper(key: str) -> str:
    """A key in the form of a member of an enum: set-up, studyGroup, AAP as SET_UP, STUDY_GROUP, AAP."""
    spaced = "".join(
        f"_{one}" if one.isupper() and at and key[at - 1].islower() else one for at, one in enumerate(key)
    )
    return spaced.replace("-", "_").upper()
