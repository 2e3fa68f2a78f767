"""The fields that an operation asks of a type: fragments unfolded, and told apart by what each applies to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
    VariableValues,
    get_directive_values,
)

Nodes = list[FieldNode]
Collected = tuple[str, frozenset[str] | None, Nodes]


@dataclass(slots=True)
class Collector:
    """What is needed to unfold fragments. `members` gives the concrete types of each type."""

    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues
    members: Mapping[str, frozenset[str]]

    def collect(self, type_name: str, nodes: Iterable[FieldNode]) -> list[Collected]:
        """For each response key below these fields: the types that it is for (None: all), and its nodes."""
        everything = self.members[type_name]
        found: dict[str, list[tuple[frozenset[str], FieldNode]]] = {}
        for node in nodes:
            if node.selection_set:
                self.unfold(node.selection_set, everything, found, ())
        return [
            (key, None if concrete == everything else concrete, own)
            for key, asked in found.items()
            for concrete, own in partition(everything, asked)
        ]

    def unfold(
        self,
        selections: SelectionSetNode,
        applies: frozenset[str],
        found: dict[str, list[tuple[frozenset[str], FieldNode]]],
        within: tuple[str, ...],
    ) -> None:
        """Add the fields of a selection set that applies to these concrete types."""
        for node in selections.selections:
            if not self.included(node):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append((applies, node))
            elif isinstance(node, InlineFragmentNode):
                name = node.type_condition.name.value if node.type_condition else None
                self.unfold(node.selection_set, self.narrowed(applies, name), found, within)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in within:
                fragment = self.fragments[node.name.value]
                narrowed = self.narrowed(applies, fragment.type_condition.name.value)
                self.unfold(fragment.selection_set, narrowed, found, (*within, node.name.value))

    def narrowed(self, applies: frozenset[str], name: str | None) -> frozenset[str]:
        """The concrete types to which a fragment applies."""
        return applies if name is None else applies & self.members[name]

    def included(self, node: Any) -> bool:
        """Whether @skip and @include leave a selection in."""
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])


def partition(
    everything: frozenset[str], asked: list[tuple[frozenset[str], FieldNode]]
) -> Iterable[tuple[frozenset[str], Nodes]]:
    """The concrete types grouped by the fields that apply to them, without those to which none applies."""
    if all(applies == everything for applies, _ in asked):
        return [(everything, [node for _, node in asked])]
    groups: dict[tuple[int, ...], set[str]] = {}
    for name in everything:
        own = tuple(position for position, (applies, _) in enumerate(asked) if name in applies)
        if own:
            groups.setdefault(own, set()).add(name)
    return [
        (frozenset(names), [asked[position][1] for position in own]) for own, names in sorted(groups.items())
    ]
