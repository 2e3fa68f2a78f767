"""What to call a thing: its caption in a language, made of the fields that its kind names."""

from collections.abc import Iterator

from graph.content import Thing
from graph.neighbours import Neighbours
from ontology.languages import LANGUAGES, served
from ontology.model import Kind, LinkField, Model, Property
from ontology.values import Value

LONGEST = 160


class Captions:
    """The captions of the things of a dataset; those by which other things are called are made once."""

    def __init__(self, neighbours: Neighbours, model: Model) -> None:
        self.neighbours = neighbours
        self.model = model
        ends = {end for kind in model.kinds.values() for field in named(kind) for end in field.ends}
        self._naming = {one for end in ends for one in model.kinds[end].concrete}
        self._made: dict[tuple[str, str], str] = {}
        self._making: set[tuple[str, str]] = set()

    def caption(self, thing: Thing, language: str) -> str:
        """The caption of a thing, cut on a word; the key of its id where nothing else is known."""
        asked = (thing.id, language)
        if asked in self._making:  # captions that name each other
            return key(thing)
        if asked in self._made:
            return self._made[asked]
        self._making.add(asked)
        parts = list(dict.fromkeys(self._parts(thing, language)))
        self._making.discard(asked)
        made = shortened(", ".join(parts)) or key(thing)
        if thing.kind in self._naming:
            self._made[asked] = made
        return made

    def labels(self, thing: Thing) -> dict[str, str]:
        """The caption by language, English always, another where it says something else."""
        english = self.caption(thing, "en")
        others = {language: self.caption(thing, language) for language in LANGUAGES if language != "en"}
        return {"en": english} | {language: text for language, text in others.items() if text != english}

    def _parts(self, thing: Thing, language: str) -> Iterator[str]:
        kind = self.model.kinds[thing.kind]
        for name in kind.caption:
            if name in kind.links:
                for other in self.neighbours.of(thing.id, kind.links[name]):
                    yield self.caption(other, language)
            elif not kind.properties[name].personal and name in thing.values:
                yield shown(kind.properties[name], thing.values[name], language)


def named(kind: Kind) -> Iterator[LinkField]:
    """The link fields of a kind whose other ends are part of its captions."""
    return (kind.links[name] for name in kind.caption if name in kind.links)


def shown(prop: Property, value: Value, language: str) -> str:
    """A value as a reader of that language sees it."""
    if isinstance(value, list):
        return ", ".join(shown(prop, item, language) for item in value)
    if isinstance(value, dict):
        found = served(value, language)
        return found[1] if found else ""
    if prop.vocabulary is not None:
        found = served(prop.vocabulary.concepts[str(value)].label, language)
        return found[1] if found else str(value)
    return str(value)


def head(kind: Kind, thing: Thing) -> Iterator[str]:
    """The names of a thing with which its captions begin."""
    for name in kind.caption[:1]:
        value = thing.values.get(name)
        if isinstance(value, dict):
            yield from value.values()
        elif isinstance(value, str) and kind.properties[name].vocabulary is None:
            yield value


def key(thing: Thing) -> str:
    """The id of a thing without its kind."""
    return thing.id.partition("/")[2]


def shortened(text: str) -> str:
    """A text of a length that fits into a line, cut after a word."""
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut[LONGEST // 2 :] else cut}…"
