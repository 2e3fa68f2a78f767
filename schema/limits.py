"""The limits that hold for the document as text, before it is validated and planned.

Aliases, root fields and fields are counted as if every fragment were written out where it is spread, so that
fragments cannot hide them. Each fragment is looked at once, however often it is spread.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    parse,
)

from resolvers.errors import QueryTooLarge
from resolvers.limits import Limits

__all__ = ["Limits", "check_document", "parsed"]

CUT = "Syntax Error: Document contains more than "

Definition = OperationDefinitionNode | FragmentDefinitionNode


@dataclass(slots=True)
class Tally:
    """What a definition has: fields, those of them with an alias, those at its top, directives at one place.

    `spreads`: the fragments that it spreads, each with whether it does so at its top.
    """

    fields: int = 0
    aliases: int = 0
    top: int = 0
    directives: int = 0
    spreads: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, other: "Tally", *, at_top: bool) -> None:
        """Count what a fragment has in its place."""
        self.fields += other.fields
        self.aliases += other.aliases
        self.top += other.top if at_top else 0


def parsed(text: str, limits: Limits) -> DocumentNode:
    """The tree of a document; reading stops at the first token beyond the limit."""
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if error.message.startswith(CUT):
            raise QueryTooLarge(
                f"the document has more than {limits.tokens} tokens: send several operations"
            ) from None
        raise


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document with too many aliases, root fields, fields or directives at one place."""
    operations: list[Tally] = []
    fragments: dict[str, Tally] = {}
    for one in document.definitions:
        if isinstance(one, OperationDefinitionNode):
            operations.append(tally(one))
        elif isinstance(one, FragmentDefinitionNode):
            fragments[one.name.value] = tally(one)
    refuse("directives at one place", (*operations, *fragments.values()), "directives", limits.directives)
    write_out(fragments)
    for operation in operations:
        include(operation, fragments)
    refuse("aliases", operations, "aliases", limits.aliases)
    refuse("root fields", operations, "top", limits.root_fields)
    refuse("fields, with its fragments written out", operations, "fields", limits.tokens)


def refuse(what: str, tallies: list[Tally] | tuple[Tally, ...], name: str, allowed: int) -> None:
    """Refuse what is more than is allowed."""
    found = max((getattr(one, name) for one in tallies), default=0)
    if found > allowed:
        number = found if found < 10**9 else "too many"
        raise QueryTooLarge(
            f"the operation has {number} {what}: {allowed} are allowed; send several operations"
        )


def tally(definition: Definition) -> Tally:
    """What stands in a definition itself."""
    found = Tally(directives=max(map(len, outer_directives(definition)), default=0))
    waiting = [(definition.selection_set, True)]
    while waiting:
        selections, at_top = waiting.pop()
        for node in selections.selections:
            found.directives = max(found.directives, len(node.directives or ()))
            if isinstance(node, FragmentSpreadNode):
                found.spreads.append((node.name.value, at_top))
                continue
            is_field = isinstance(node, FieldNode)
            if isinstance(node, FieldNode):
                found.fields += 1
                found.aliases += node.alias is not None
                found.top += at_top
            if inner := getattr(node, "selection_set", None):
                waiting.append((inner, at_top and not is_field))
    return found


def outer_directives(definition: Definition) -> Iterator[tuple[object, ...]]:
    """The directives of a definition and of its variables."""
    yield tuple(definition.directives or ())
    for variable in definition.variable_definitions or ():
        yield tuple(variable.directives or ())


def write_out(fragments: Mapping[str, Tally]) -> None:
    """Let every fragment count what it spreads; in a circle, which validation refuses, one counts less."""
    begun: set[str] = set()
    for start in fragments:
        waiting = [start]
        while waiting:
            name = waiting[-1]
            if name not in begun:
                begun.add(name)
                inner = (each for each, _ in fragments[name].spreads)
                waiting += [each for each in inner if each in fragments and each not in begun]
            else:
                include(fragments[waiting.pop()], fragments)


def include(holder: Tally, fragments: Mapping[str, Tally]) -> None:
    """Count the fragments that are spread, once."""
    spreads, holder.spreads = holder.spreads, []
    for name, at_top in spreads:
        if name in fragments:
            holder.add(fragments[name], at_top=at_top)
