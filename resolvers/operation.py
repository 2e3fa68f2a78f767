"""The plan of an operation: its roots, the statements that read them, and the parameters of each request.

A plan depends on the document, the operation's name and the shape of the variables: which keys are
present, and the values of enums, booleans and depths. It never depends on any other value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    OperationType,
    VariableValues,
)

from graph.cypher import statement
from graph.raw import Raw
from graph.selection import Read
from graph.shapes import Decode, Shapes
from graph.statement import Reading, Statement
from resolvers.answer import Answers
from resolvers.arguments import Binding, bind
from resolvers.costs import Costs, check_cost
from resolvers.errors import BadUserInput, QueryTooLarge
from resolvers.leaves import NotCompiled, Surprise
from resolvers.limits import Limits
from resolvers.pages import write_cursor
from resolvers.planner import Asked, Planner, World
from resolvers.roots import plan_root

# An operation is one statement while it is small: Neo4j plans a long text slowly, once for each text.
PREFIXES = "pqrstuvw"  # of parameters, one for each root of a statement
TEXT_TOGETHER = 4_000


Answer = Callable[[Sequence[Any], Sequence[Mapping[str, Any]]], Any]


@dataclass(frozen=True, slots=True)
class Root:
    """One root field of a plan."""

    key: str
    read: Read
    decode: Decode
    bindings: tuple[Binding, ...]
    costs: Costs


@dataclass(frozen=True, slots=True)
class Plan:
    """How an operation is answered. `texts` pairs each statement with the positions of the roots it reads.

    `answer` makes the data of the response of the values of the roots and of their parameters, if it is
    compiled.
    """

    roots: tuple[Root, ...]
    texts: tuple[tuple[str, tuple[int, ...]], ...]
    answer: Answer | None = None

    def parameters(self, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The values of this request for each root; a BadUserInput for one that means nothing."""
        return [bind(root.bindings, variables) for root in self.roots]

    def check(self, parameters: Sequence[Mapping[str, Any]], limits: Limits) -> int:
        """The cost of this request, which must lie within the limits."""
        cost = sum(root.costs.total(own) for root, own in zip(self.roots, parameters, strict=True))
        check_cost(cost, limits)
        return cost

    def statements(self, parameters: Sequence[Mapping[str, Any]]) -> list[Statement]:
        """The statements of this request, each with the values that it names."""
        found = []
        for text, positions in self.texts:
            sent = {
                binding.parameter.name: parameters[position][binding.parameter.name]
                for position in positions
                for binding in self.roots[position].bindings
                if not binding.local
            }
            found.append(Statement(text, sent))
        return found

    def answered(self, readings: Sequence[Reading], parameters: Sequence[Mapping[str, Any]]) -> Any:
        """The data of the response, or None where no answer is compiled; a Surprise where graphql-core must
        say what becomes of the rows."""
        if self.answer is None:
            return None
        try:
            return self.answer([value for one in readings for value in one.row], parameters)
        except Surprise:
            raise
        except Exception as error:  # a value that no function was written for, of whatever kind
            raise Surprise(f"{type(error).__name__}: {error}") from error

    def decoded(self, readings: Sequence[Reading], parameters: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """The values of the roots under their keys."""
        found = {}
        for (_, positions), reading in zip(self.texts, readings, strict=True):
            for position, value in zip(positions, reading.row, strict=True):
                root = self.roots[position]
                found[root.key] = root.decode(value, parameters[position])
        return found


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation of a document that a request names, or its only one."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if name:
        operations = [one for one in operations if one.name and one.name.value == name]
    if len(operations) != 1:
        wrong = f"there is no operation {name!r}" if name else "the document has several operations or none"
        raise BadUserInput(f"{wrong}: name one of its operations as operationName")
    if operations[0].operation != OperationType.QUERY:
        raise BadUserInput("only queries are answered here: the data are changed by loading files")
    return operations[0]


def compile_plan(world: World, document: DocumentNode, name: str | None, variables: VariableValues) -> Plan:
    """The plan of an operation for variables of one shape."""
    operation = operation_of(document, name)
    fragments = {
        one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)
    }
    asked = root_fields(world, operation, fragments, variables)
    shapes = Shapes(world.model, write_cursor)
    compiled = partial(compiled_answer, world, operation, fragments, variables)
    roots = tuple(planned(world, fragments, variables, one, shapes, "p") for one in asked)
    texts = [statement([root.read]) for root in roots]
    together = 1 < len(roots) <= len(PREFIXES) and sum(map(len, texts)) <= TEXT_TOGETHER
    if not together:
        alone = tuple((text, (position,)) for position, text in enumerate(texts))
        return Plan(roots, alone, compiled(roots))
    roots = tuple(
        planned(world, fragments, variables, one, shapes, prefix)
        for one, prefix in zip(asked, PREFIXES, strict=False)
    )
    one = ((statement([root.read for root in roots]), tuple(range(len(roots)))),)
    return Plan(roots, one, compiled(roots))


def compiled_answer(
    world: World,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
    roots: Sequence[Root],
) -> Answer | None:
    """The answer of these roots; None where the operation asks for the schema itself."""
    answers = Answers(world.schema, fragments, operation, variables, Raw(world.model, write_cursor))
    try:
        return answers.root({root.key: (position, root.read) for position, root in enumerate(roots)})
    except NotCompiled:
        return None


def root_fields(
    world: World,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
) -> list[Asked]:
    """The fields of Query that an operation asks of the store."""
    planner = Planner(world, fragments, variables)
    holder = FieldHolder(operation)
    found = [one for one in planner.fields("Query", holder.nodes) if not one.name.startswith("__")]
    if len(found) > world.limits.root_fields:
        raise QueryTooLarge(
            f"the operation has {len(found)} root fields: {world.limits.root_fields} are allowed"
        )
    return found


class FieldHolder:
    """An operation in the place of a field, so that its selection set is collected like any other."""

    def __init__(self, operation: OperationDefinitionNode) -> None:
        self.selection_set = operation.selection_set
        self.nodes: list[Any] = [self]


def planned(
    world: World,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: VariableValues,
    asked: Asked,
    shapes: Shapes,
    prefix: str,
) -> Root:
    """One root field, planned by itself."""
    planner = Planner(world, fragments, variables, prefix)
    own = Asked(asked.key, asked.name, asked.only, asked.nodes, planner.arguments("Query", asked.nodes[0]))
    read = plan_root(planner, own)
    return Root(asked.key, read, shapes.of(read), tuple(planner.bindings), planner.costs)
