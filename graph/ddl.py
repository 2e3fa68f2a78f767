"""Constraints and indexes of a store, derived from the model for either engine: pure text."""

from collections.abc import Iterator

from graph.derived import sort_names
from graph.engine import Definition, EngineProfile
from ontology.languages import LANGUAGES
from ontology.model import Kind, Model

# How full texts are taken apart: by Neo4j's names and by Lucene's own, so that both engines find the same.
ANALYZERS = {
    "en": ("english", "en.EnglishAnalyzer"),
    "fr": ("french", "fr.FrenchAnalyzer"),
    "es": ("spanish", "es.SpanishAnalyzer"),
    "ru": ("russian", "ru.RussianAnalyzer"),
    "zh": ("cjk", "cjk.CJKAnalyzer"),
    "ar": ("arabic", "ar.ArabicAnalyzer"),
    "name": ("whitespace", "core.WhitespaceAnalyzer"),
}
AUXILIARY = {"Dataset": "id", "LoadLock": "id", "Mention": "id", "Tombstone": "id", "Journal": "id"}
SEARCHED = (*LANGUAGES, "name")


def definitions(model: Model, profile: EngineProfile) -> tuple[str, ...]:
    """All definitions in the language of the profile; each may be run again without harm."""
    found = _sql(model) if profile.definition is Definition.SQL else _cypher(model)
    return tuple(found)


def _cypher(model: Model) -> Iterator[str]:
    for label in ("Thing", *AUXILIARY, *(kind.name for kind in model.concrete)):
        yield _unique(label, "id")
    for kind in model.concrete:
        for prop in kind.properties.values():
            if prop.unique:
                yield _unique(kind.name, prop.name)
        for name in sort_names(kind):
            yield f"CREATE INDEX {_name(kind.name, name)} IF NOT EXISTS FOR (n:{kind.name}) ON (n.{name})"
    for name in model.link_types:
        yield (
            f"CREATE CONSTRAINT {name.lower()}_id IF NOT EXISTS FOR ()-[r:{name}]-() REQUIRE r.id IS UNIQUE"
        )
    for searched in SEARCHED:
        yield (
            f"CREATE FULLTEXT INDEX thing_search_{searched} IF NOT EXISTS "
            f"FOR (n:Thing) ON EACH [n.search_{searched}] "
            f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{ANALYZERS[searched][0]}'}}}}"
        )


def _unique(label: str, name: str) -> str:
    constraint = _name(label, name)
    return f"CREATE CONSTRAINT {constraint} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{name} IS UNIQUE"


def _name(label: str, name: str) -> str:
    return f"{label}_{name}".lower()


def _sql(model: Model) -> Iterator[str]:
    """The embedded engine has types in place of labels, and sorts without indexes whatever there are."""
    for label in ("Thing", *AUXILIARY):
        yield f"CREATE VERTEX TYPE `{label}` IF NOT EXISTS"
        yield from _sql_unique(label, "id")
    for kind in sorted(model.kinds.values(), key=lambda kind: len(kind.ancestors)):
        if kind.ancestors:
            yield f"CREATE VERTEX TYPE `{kind.name}` IF NOT EXISTS EXTENDS {_nearest(model, kind)}"
        yield from (line for prop in kind.properties.values() if prop.unique and not kind.abstract
                    for line in _sql_unique(kind.name, prop.name))  # fmt: skip
    for name in model.link_types:
        yield f"CREATE EDGE TYPE `{name}` IF NOT EXISTS"
        yield f"CREATE PROPERTY `{name}`.id IF NOT EXISTS STRING"
    yield "CREATE EDGE TYPE MENTION_OF IF NOT EXISTS"
    for searched in SEARCHED:
        yield f"CREATE PROPERTY Thing.search_{searched} IF NOT EXISTS STRING"
        yield (
            f"CREATE INDEX IF NOT EXISTS ON Thing (search_{searched}) FULL_TEXT "
            f'METADATA {{"analyzer": "org.apache.lucene.analysis.{ANALYZERS[searched][1]}"}}'
        )


def _sql_unique(label: str, name: str) -> Iterator[str]:
    yield f"CREATE PROPERTY `{label}`.`{name}` IF NOT EXISTS STRING"
    yield f"CREATE INDEX IF NOT EXISTS ON `{label}` (`{name}`) UNIQUE"


def _nearest(model: Model, kind: Kind) -> str:
    """The abstract kinds right above a kind."""
    above = [model.kinds[name] for name in kind.ancestors]
    hidden = {name for one in above for name in one.ancestors}
    return ", ".join(f"`{one.name}`" for one in above if one.name not in hidden)
