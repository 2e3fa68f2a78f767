"""The schema as text: GraphQL types, constraints and indexes, the page of the kinds, ontology and shapes."""

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


def rdf_document(name: str) -> str:
    """The ontology, the shapes or the JSON-LD context, as published/ has them."""
    from ontology.publishing import made

    return made(name, Model.load()).rstrip("\n")
