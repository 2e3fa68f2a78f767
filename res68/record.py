"""The record of one thing or link: the query that reads all of it, and the JSON that shows it."""

from collections.abc import Iterator, Mapping
from typing import Any

from ontology.identity import camel
from ontology.languages import LANGUAGES
from ontology.model import Kind, Model, Property, Vocabulary

LINKS = 200
NAMED = "{ id label }"
SOURCES = "sources { id label url }"
EVIDENCE = f"strength {SOURCES} note date priorWork unverified"
LINK_QUERY = f"""\
query Link($id: ID!) {{
  record: node(id: $id) {{
    id
    ... on Link {{ iri type from {NAMED} to {NAMED} {EVIDENCE} recordedAt }}
  }}
}}
"""


def thing_query(model: Model, kind: Kind) -> str:
    """The query that reads all that is known of a thing of this kind."""
    fields = " ".join(field for own in kind.properties.values() for field in _fields(own))
    return f"""\
query Thing($id: ID!) {{
  record: node(id: $id) {{
    id
    ... on {kind.name} {{
      iri kind label recordedAt unverified mentions {SOURCES}
      disputed {{ field value sources }}
      fieldSources {{ field sources }}
      {fields}
      links(first: {LINKS}) {{
        totalCount
        nodes {{ id type from {NAMED} to {NAMED} {EVIDENCE} {_own_properties(kind)} }}
      }}
    }}
  }}
}}
"""


def link_record(found: Mapping[str, Any]) -> dict[str, object]:
    """A link as JSON."""
    ends = {"from": found["from"]["id"], "to": found["to"]["id"]}
    return _known({**found, **ends, **_evidence(found)})


def thing_record(kind: Kind, found: Mapping[str, Any]) -> dict[str, object]:
    """A thing as JSON: what is not known is absent, a translated text is a mapping by language."""
    own = {name: _value(declared, found) for name, declared in kind.properties.items()}
    links = [_link(found["id"], link) for link in found["links"]["nodes"]]
    record = {name: found[name] for name in ("id", "iri", "label", "recordedAt", "unverified", "mentions")}
    more = {
        "kind": kind.name,
        "sources": _ids(found["sources"]),
        "disputed": [_known(one) for one in found["disputed"]],
        "fieldSources": {one["field"]: one["sources"] for one in found["fieldSources"]},
        "links": links,
        "moreLinks": found["links"]["totalCount"] - len(links) or None,
    }
    return _known({**record, **own, **more})


def _fields(own: Property) -> Iterator[str]:
    if own.type != "translated":
        yield own.name
        return
    for language in LANGUAGES:
        yield f"{own.name}_{language}: {own.name}(language: {language.upper()}, fallback: false)"


def _own_properties(kind: Kind) -> str:
    """Fragments for the properties of the links that a thing of this kind can have."""
    seen: dict[str, str] = {}
    fragments = []
    for link_type in {field.type.name: field.type for field in kind.links.values()}.values():
        fields = [
            name if seen.setdefault(name, own.type) == own.type else f"{name}_{link_type.name}: {name}"
            for name, own in link_type.properties.items()
            if own.type != "translated"
        ]
        if fields:
            fragments.append(f"... on {camel(link_type.name)}Link {{ {' '.join(fields)} }}")
    return " ".join(fragments)


def _value(own: Property, found: Mapping[str, Any]) -> object:
    if own.vocabulary:
        return _keys(own.vocabulary, found[own.name])
    if own.type != "translated":
        return found[own.name]
    texts = {language: found[f"{own.name}_{language}"] for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text is not None}


def _keys(vocabulary: Vocabulary, names: object) -> object:
    """Concepts by their keys, as records have them, from their names in GraphQL."""
    if isinstance(names, list):
        return [_keys(vocabulary, name) for name in names]
    return next((key for key in vocabulary.concepts if key.replace("-", "_").upper() == names), names)


def _link(here: str, link: Mapping[str, Any]) -> dict[str, object]:
    """A link seen from one of its ends."""
    leads_away = link["from"]["id"] == here
    own = {name.partition("_")[0]: value for name, value in link.items() if name not in ("from", "to")}
    end = {"to": link["to"]["id"]} if leads_away else {"from": link["from"]["id"]}
    label = (link["to"] if leads_away else link["from"])["label"]
    return _known({**end, "label": label, **own, **_evidence(link)})


def _evidence(link: Mapping[str, Any]) -> dict[str, object]:
    """What a link rests on, in the words of the records."""
    return {
        "strength": link["strength"].lower() if link["strength"] else None,
        "unverified": link["unverified"] or None,
        "sources": _ids(link["sources"]),
    }


def _ids(things: list[Mapping[str, Any]]) -> list[str]:
    return [thing["id"] for thing in things]


def _known(record: Mapping[str, Any]) -> dict[str, object]:
    """What is known: nothing that is null or empty."""
    return {name: value for name, value in record.items() if value is not None and value not in ([], {})}
