"""The queries behind the page of a thing or link."""

from collections.abc import Iterable, Iterator

from ontology.identity import camel
from ontology.languages import LANGUAGES
from ontology.model import Kind, LinkField, LinkType, Model, Property
from res68.pages.labels import enum_name
from res68.pages.orders import main_order

SHOWN, PAGE = 8, 50  # the links of one field on the page of a thing, and on a page of their own
ONES = 50
PATHS = 60
SAID = "label(language: $language) labelLanguage(language: $language)"
DATASET = "dataset { version loadedAt }"
NAMED = f"""\
fragment Named on Thing {{ id kind {SAID} }}
"""
CITED = f"""\
fragment Cited on Source {{ id url {SAID} }}
"""
EVIDENCE = f"""\
fragment Evidence on Link {{ id type strength note date priorWork unverified sources {{ ...Cited }} }}
{CITED}"""
STEPS = """\
fragment Steps on Trace {
  truncated
  paths(first: %d) {
    steps {
      link { ...Evidence }
      thing { ...Named ... on Action { date } ... on Document { date } }
      takenBy { ...Named }
      takenAt { ...Named }
    }
  }
}
"""


def thing_question(model: Model, kind: Kind) -> str:
    """All that the page of a thing of this kind shows, but for its traces."""
    many = [_connection(model, field, f"first: {SHOWN}") for field in kind.links.values() if field.many]
    own = " ".join(field for declared in kind.properties.values() for field in _values(declared))
    return f"""\
query Thing($id: ID!, $language: Language!) {{
  {DATASET}
  record: {root(kind)}(id: $id) {{
    iri recordedAt unverified mentions ...Named
    sources {{ ...Cited }}
    disputed {{ field value sources }}
    fieldSources {{ field sources }}
    {own}
    {" ".join(_ones(kind))}
    {" ".join(many)}
  }}
}}
{NAMED}{EVIDENCE if kind.links else CITED}"""


def traces_question(kind: Kind) -> str | None:
    """The traces of a thing of this kind; None where it can have none."""
    asked = "".join(
        f"  {name}: trace(from: $id, direction: {direction}) {{ ...Steps }}\n"
        for name, direction in traces(kind)
    )
    if not asked:
        return None
    return f"""\
query Traces($id: ID!, $language: Language!) {{
  {DATASET}
{asked}}}
{NAMED}{EVIDENCE}{STEPS % PATHS}"""


def link_question(model: Model) -> str:
    """All that the page of a link shows."""
    own = _own_of(model.link_types.values())
    return f"""\
query Link($id: ID!, $language: Language!) {{
  {DATASET}
  record: node(id: $id) {{
    id ... on Link {{ iri recordedAt ...Evidence from {{ ...Named }} to {{ ...Named }} {own} }}
  }}
}}
{NAMED}{EVIDENCE}"""


def field_question(model: Model, kind: Kind, field: LinkField, backward: bool) -> str:
    """One page of the links of one field; `backward` for the page before a cursor."""
    page = "last: $size, before: $cursor" if backward else "first: $size, after: $cursor"
    return f"""\
query Links($id: ID!, $language: Language!, $size: Int!, $cursor: String) {{
  {DATASET}
  record: {root(kind)}(id: $id) {{ ...Named {_connection(model, field, page)} }}
}}
{NAMED}{EVIDENCE}"""


def traces(kind: Kind) -> Iterator[tuple[str, str]]:
    """Which traces things of this kind can have, and the way that each leads."""
    followed = [field for field in kind.links.values() if field.type.trace]
    if any(not field.outgoing for field in followed):
        yield "up", "UPSTREAM"
    if any(field.outgoing for field in followed):
        yield "down", "DOWNSTREAM"


def ones(kind: Kind, outgoing: bool) -> list[LinkField]:
    """The fields of one direction that lead to one thing; their evidence is in `links` alone."""
    return [field for field in kind.links.values() if not field.many and field.outgoing == outgoing]


def root(kind: Kind) -> str:
    """The field of Query that gives one thing of this kind."""
    return kind.name[0].lower() + kind.name[1:]


def _values(declared: Property) -> Iterator[str]:
    if declared.type != "translated":
        yield declared.name
        return
    for language in LANGUAGES:
        yield f"{declared.name}_{language}: {declared.name}(language: {language.upper()}, fallback: false)"


def _ones(kind: Kind) -> Iterator[str]:
    """The links of the fields that lead to one thing, by direction."""
    for name, outgoing in (("out", True), ("in", False)):
        fields = ones(kind, outgoing)
        if fields:
            types = {field.type.name: field.type for field in fields}
            ends = "from { ...Named } to { ...Named }"
            arguments = f"type: [{', '.join(types)}], direction: {name.upper()}, first: {ONES}"
            yield f"{name}: links({arguments}) {{ nodes {{ ...Evidence {ends} {_own_of(types.values())} }} }}"


def _own_of(types: Iterable[LinkType]) -> str:
    """Fragments for the properties of links of several types."""
    return " ".join(f"... on {camel(one.name)}Link {{ {_own(one)} }}" for one in types if _own(one))


def _own(link_type: LinkType) -> str:
    """The properties of the links of one type, under names that no other type has."""
    return " ".join(f"{own_key(link_type, name)}: {name}" for name in link_type.properties)


def own_key(link_type: LinkType, name: str) -> str:
    """Where a property of a link stands in an answer."""
    return f"{link_type.name}_{name}"


def _connection(model: Model, field: LinkField, page: str) -> str:
    order = main_order(model.kinds[field.target])
    ordered = f", orderBy: {{field: {enum_name(order)}, direction: DESC}}" if order else ""
    return (
        f"{field.name}({page}{ordered}) {{ totalCount pageInfo {{ hasNextPage hasPreviousPage startCursor "
        f"endCursor }} edges {{ link {{ ...Evidence {_own(field.type)} }} node {{ ...Named }} }} }}"
    )
