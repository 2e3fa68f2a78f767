"""The field `dataset`: what is asked of the dataset as a whole."""

from graph.dataset_read import PLAIN, DatasetFacts, Fields, Loads
from graph.selection import Read
from resolvers.arguments import Argument
from resolvers.pages import page_size
from resolvers.planner import Asked, Planner

LOADS = 10


def plan_dataset(planner: Planner, asked: Asked) -> Read:
    """The facts that the field asks for."""
    plain, kinds, link_types, loads = [], [], [], []
    with planner.level(asked, 1, links=0):
        for one in planner.fields("Dataset", asked.nodes):
            match one.name:
                case "kinds":
                    kinds.append((one.key, fields(planner, "KindCount", one)))
                case "linkTypes":
                    link_types.append((one.key, fields(planner, "LinkTypeCount", one)))
                case "loads":
                    loads.append(plan_loads(planner, one))
                case name:
                    assert name in PLAIN, name
                    plain.append((one.key, name))
    return DatasetFacts(tuple(plain), tuple(kinds), tuple(link_types), tuple(loads))


def plan_loads(planner: Planner, asked: Asked) -> Loads:
    """The last loads."""
    limits = planner.limits
    given = asked.arguments.get("first") or Argument(LOADS)
    size = planner.bind(given, lambda value, _: page_size(value, limits, "loads.first"))
    return Loads(asked.key, size, fields(planner, "Load", asked))


def fields(planner: Planner, type_name: str, asked: Asked) -> Fields:
    """The plain fields that are asked below a field of this type."""
    return tuple((one.key, one.name) for one in planner.fields(type_name, asked.nodes))
