"""What one can choose from to narrow a list: values of vocabularies, and things at the end of links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ontology.model import Kind, LinkField, Model
from res68.pages.asking import DATASET, NAMED
from res68.pages.filters import DOUBTS, links, vocabularies
from res68.pages.footnotes import named
from res68.pages.labels import concept_label, enum_name, kind_label, name_label
from res68.pages.reader import Reader, Text
from res68.pages.reading import read
from res68.running import Running

MOST_THINGS = 60  # a link that leads to more things than this is no choice that one could look through
MOST_LINKS = 4


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose, as the address has it and in words."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to narrow a list by: its name in the address, its label, and the options."""

    name: str
    label: Text
    options: tuple[Option, ...]


async def choices(here: Running, kind: Kind, reader: Reader, version: str) -> list[Choice]:
    """All choices of a list; those of links are looked up once for each version of the dataset."""
    key = ("choices", kind.name, reader.language, version)
    found = here.kept.get(key)
    if found is None:
        found = [*_closed(here.model, kind, reader), *await _linked(here, kind, reader)]
        here.kept.keep(key, found)
    return list(found)


def _closed(model: Model, kind: Kind, reader: Reader) -> Iterator[Choice]:
    """The choices that the model alone gives."""
    if kind.abstract:
        own = [model.kinds[name] for name in kind.concrete]
        label = Text(reader.words["kind"], reader.language)
        yield Choice("kind", label, _sorted(Option(one.key, kind_label(one, reader)) for one in own))
    for declared in vocabularies(kind):
        assert declared.vocabulary is not None
        concepts = declared.vocabulary.concepts.items()
        options = tuple(Option(key, concept_label(concept, reader)) for key, concept in concepts)
        yield Choice(declared.name, name_label(declared, reader), options)
    doubts = tuple(Option(name, Text(reader.words[word], reader.language)) for name, word in DOUBTS.items())
    yield Choice("evidence", Text(reader.words["evidence"], reader.language), doubts)


async def _linked(here: Running, kind: Kind, reader: Reader) -> list[Choice]:
    """The links that lead to few things, with these things."""
    asked = {field.name: list(_ends(here.model, kind, field)) for field in links(kind)}
    roots = [root for ends in asked.values() for root in ends]
    if not roots:
        return []
    query = f"query Choices($language: Language!) {{\n  {DATASET}\n  {' '.join(roots)}\n}}\n{NAMED}"
    data = (await read(here, query, language=reader.code)).data
    made = [_choice(kind.links[name], data, len(ends), reader) for name, ends in asked.items() if ends]
    return [choice for choice in made if 1 < len(choice.options) <= MOST_THINGS][:MOST_LINKS]


def _ends(model: Model, kind: Kind, field: LinkField) -> Iterator[str]:
    """The fields of Query that give the things to which a link leads, one for each kind at its end."""
    for number, end in enumerate(field.ends):
        back = model.kinds[end].links.get(field.inverse or "")
        if back is not None:
            match = "" if back.target == kind.name else f"node: {{kind: {{eq: {enum_name(kind.name)}}}}}"
            condition = f"filter: {{{back.name}: {{some: {{{match}}}}}}}, first: {MOST_THINGS + 1}"
            yield f"{field.name}_{number}: {model.kinds[end].plural}({condition}) {{ nodes {{ ...Named }} }}"


def _choice(field: LinkField, data: Mapping[str, Any], ends: int, reader: Reader) -> Choice:
    things = [
        thing
        for number in range(len(field.ends))
        for thing in data.get(f"{field.name}_{number}", {"nodes": []})["nodes"]
    ]
    return Choice(
        field.name, name_label(field, reader), _sorted(Option(thing["id"], named(thing)) for thing in things)
    )


def _sorted(options: Iterator[Option]) -> tuple[Option, ...]:
    return tuple(sorted(options, key=lambda option: option.label.text.casefold()))
