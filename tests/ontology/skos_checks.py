"""What makes a concept scheme hard to use, as questions in the manner of qSKOS: each true where it is so."""

from dataclasses import dataclass

import pyoxigraph

from ontology.namespaces import namespaces

PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in namespaces().items())
CONCEPT = 'x:a a skos:Concept ; skos:prefLabel "a"@en ; skos:inScheme x:s . '


@dataclass(frozen=True, slots=True)
class Check:
    """A question, and a small graph of which it is true."""

    question: str
    planted: str


CHECKS = {
    "a concept is broader than itself": Check(
        "?c skos:broader+ ?c", CONCEPT + "x:a skos:broader x:b . x:b skos:broader x:a ."
    ),
    "two concepts are broader in one step and in two": Check(
        "?c skos:broader ?b . ?c skos:broader/skos:broader+ ?b",
        "x:a skos:broader x:b, x:c . x:b skos:broader x:c .",
    ),
    "a concept has two preferred labels in one language": Check(
        "?c skos:prefLabel ?one, ?two . FILTER(?one != ?two && LANG(?one) = LANG(?two))",
        CONCEPT + 'x:a skos:prefLabel "b"@en .',
    ),
    "a preferred label or definition has no language": Check(
        '?c skos:prefLabel|skos:definition ?text . FILTER(LANG(?text) = "")', 'x:a skos:prefLabel "a" .'
    ),
    "a preferred label is an alternative label too": Check(
        "?c skos:prefLabel ?text ; skos:altLabel ?text", CONCEPT + 'x:a skos:altLabel "a"@en .'
    ),
    "two concepts of a scheme have one label": Check(
        "?c skos:inScheme ?s ; skos:prefLabel ?text . ?d skos:inScheme ?s ; skos:prefLabel ?text "
        "FILTER(?c != ?d)",
        CONCEPT + CONCEPT.replace("x:a", "x:b"),
    ),
    "a concept has no label": Check(
        "?c a skos:Concept FILTER NOT EXISTS { ?c skos:prefLabel ?text }", "x:a a skos:Concept ."
    ),
    "a concept is in no scheme": Check(
        "?c a skos:Concept FILTER NOT EXISTS { ?c skos:inScheme ?s }", "x:a a skos:Concept ."
    ),
    "a concept is neither a top concept nor narrower than one": Check(
        "?c a skos:Concept FILTER NOT EXISTS { ?c skos:broader*/skos:topConceptOf ?s }", CONCEPT
    ),
    "a scheme is no concept scheme": Check(
        "?c skos:inScheme ?s FILTER NOT EXISTS { ?s a skos:ConceptScheme }", CONCEPT
    ),
    "a scheme has no label": Check(
        "?s a skos:ConceptScheme FILTER NOT EXISTS { ?s skos:prefLabel ?text }", "x:s a skos:ConceptScheme ."
    ),
    "a scheme has no top concept": Check(
        "?s a skos:ConceptScheme FILTER NOT EXISTS { ?c skos:topConceptOf ?s }", "x:s a skos:ConceptScheme ."
    ),
    "what is broader is no concept": Check(
        "?c skos:broader ?b FILTER NOT EXISTS { ?b a skos:Concept . ?c a skos:Concept }",
        "x:a skos:broader x:b .",
    ),
    "two concepts of a scheme have one notation": Check(
        "?c skos:inScheme ?s ; skos:notation ?n . ?d skos:inScheme ?s ; skos:notation ?n . FILTER(?c != ?d)",
        'x:a skos:inScheme x:s ; skos:notation "1" . x:b skos:inScheme x:s ; skos:notation "1" .',
    ),
}


def found(store: pyoxigraph.Store, name: str) -> list[str]:
    """What a check finds in a graph."""
    results = store.query(f"{PREFIXES}SELECT * WHERE {{ {CHECKS[name].question} }} LIMIT 5")
    assert isinstance(results, pyoxigraph.QuerySolutions)
    return [" ".join(str(value) for value in result) for result in results]


def planted(name: str) -> pyoxigraph.Store:
    """The small graph of a check."""
    store = pyoxigraph.Store()
    heads = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in namespaces().items())
    text = f"{heads}@prefix x: <https://example.org/> .\n{CHECKS[name].planted}"
    store.load(text, format=pyoxigraph.RdfFormat.TURTLE)
    return store
