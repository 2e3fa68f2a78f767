"""From the fields asked for to what is wanted of the graph: one planner for one root field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode, FragmentDefinitionNode, GraphQLSchema, VariableValues

from graph.engine import NEO4J, EngineProfile
from graph.selection import Parameter, Read, ThingSelection
from ontology.model import Model
from resolvers.arguments import Argument, Binding, Transform, read_arguments
from resolvers.collecting import Collector, Nodes
from resolvers.costs import Costs, Factor
from resolvers.limits import Limits


@dataclass(frozen=True, slots=True)
class World:
    """What all plans share.

    `members`: the concrete types of each type; `fan_out`: how many links a field of a kind has on average
    in the dataset that is loaded, by `Kind.field`; `base`: what the IRIs start with; `profile`: the engine.
    """

    model: Model
    schema: GraphQLSchema
    members: Mapping[str, frozenset[str]]
    limits: Limits
    base: str
    show_persons: bool = True
    profile: EngineProfile = NEO4J
    fan_out: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one field."""

    planner: "Planner"
    given: Mapping[str, Argument]

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def get(self, name: str) -> Argument | None:
        """The argument, or None where it is not given."""
        return self.given.get(name)

    def value(self, name: str, default: Any = None) -> Any:
        """A value that shapes the statement: an enum's value, a depth, a flag, or a list of them."""
        argument = self.given.get(name)
        return default if argument is None else argument_value(argument)

    def parameter(self, name: str, transform: Transform | None = None) -> Parameter | None:
        """A parameter that each request binds to the argument; None where the argument is not given."""
        argument = self.given.get(name)
        return None if argument is None else self.planner.bind(argument, transform)


def argument_value(argument: Argument) -> Any:
    """The plain value of an argument."""
    return Argument(argument.value).resolve({})


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is asked for: its key, the concrete types that it is for (None: all), and its nodes."""

    key: str
    name: str
    only: frozenset[str] | None
    nodes: Nodes
    arguments: Arguments


class Planner:
    """Plans one root field; what hand-written fields need stands here, what the model gives in `things`."""

    def __init__(
        self,
        world: World,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: VariableValues,
        prefix: str = "p",
    ) -> None:
        self.world = world
        self.model = world.model
        self.limits = world.limits
        self.variables = variables
        self.collector = Collector(fragments, variables, world.members)
        self.bindings: list[Binding] = []
        self.costs = Costs(world.limits)
        self.prefix = prefix

    def bind(
        self, argument: Argument, transform: Transform | None = None, *, local: bool = False
    ) -> Parameter:
        """A new parameter with this argument's value. A `local` one is not sent to the store."""
        parameter = Parameter(f"{self.prefix}{len(self.bindings)}")
        self.bindings.append(Binding(parameter, argument, transform, local))
        return parameter

    def constant(self, value: Any) -> Parameter:
        """A new parameter with a value that stays the same."""
        return self.bind(Argument(value))

    def fields(self, type_name: str, nodes: Nodes) -> list[Asked]:
        """The fields asked for below these nodes, of this type; what begins with __ is left out."""
        found = []
        for key, only, own in self.collector.collect(type_name, nodes):
            name = own[0].name.value
            if not name.startswith("__"):
                holder = type_name if only is None else min(only)
                found.append(Asked(key, name, only, own, self.arguments(holder, own[0])))
        return found

    def arguments(self, type_name: str, node: FieldNode) -> Arguments:
        """The arguments of a field of this type."""
        definition = self.definition(type_name, node.name.value)
        return Arguments(self, read_arguments(definition, node, self.variables))

    def definition(self, type_name: str, name: str) -> Any:
        """The definition of a field."""
        holder: Any = self.world.schema.type_map[type_name]
        return holder.fields[name]

    def type_of(self, type_name: str, name: str) -> str:
        """The name of the type of a field, without list and non-null."""
        found = self.definition(type_name, name).type
        while hasattr(found, "of_type"):
            found = found.of_type
        return str(found.name)

    @contextmanager
    def level(
        self, asked: Asked, size: Parameter | float, mean: float | None = None, links: int = 1
    ) -> Iterator[None]:
        """Count depth and cost of what is planned inside: read for `size` rows, on average `mean`."""
        with self.costs.level(Factor(size, mean), asked.name, links):
            yield

    def thing(self, type_name: str, nodes: Nodes) -> ThingSelection:
        """What is asked of things of this kind."""
        from resolvers.things import thing_selection  # things plan their own fields with the planner

        return thing_selection(self, type_name, nodes)

    def link(self, type_name: str, nodes: Nodes) -> Any:
        """What is asked of links of this type."""
        from resolvers.things import link_selection  # as above

        return link_selection(self, type_name, nodes)

    def connection(self, asked: Asked, origin: Any, holder: str, **more: Any) -> Read:
        """A page of things or links; `holder` is the type that has the field."""
        from resolvers.connections import connection  # as above

        return connection(self, asked, origin, holder, **more)
