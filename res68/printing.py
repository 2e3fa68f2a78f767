"""The schema as text: the GraphQL types, the constraints and indexes of the graph, the page of the kinds."""

from ontology.model import Model


def graphql_schema() -> str:
    """The types in GraphQL's own language."""
    from schema.query import build_schema

    return build_schema(Model.load()).as_str()


def cypher_schema() -> str:
    """The constraints and indexes in Cypher, as a Neo4j gets them."""
    from graph.ddl import definitions
    from graph.engine import NEO4J

    return "\n".join(f"{statement};" for statement in definitions(Model.load(), NEO4J))


def model_page() -> str:
    """The reference page of kinds, links and vocabularies."""
    from ontology.handbook import handbook

    return handbook(Model.load()).rstrip("\n")
