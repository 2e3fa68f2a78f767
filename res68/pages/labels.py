"""What kinds, properties, links and values are called: all from the model, for one reader."""

from collections.abc import Mapping

from ontology.identity import kebab
from ontology.model import Concept, Kind, LinkField, LinkType, Model, Property
from res68.pages.reader import Reader, Text


def enum_name(name: str) -> str:
    """StudyGroup, studyGroup and study-group as the API names a member of an enum: STUDY_GROUP."""
    return kebab(name).replace("-", "_").upper()


def kind_label(kind: Kind, reader: Reader) -> Text:
    """What a kind is called."""
    return reader.served(kind.label)


def kinds_by_enum(model: Model, reader: Reader) -> Mapping[str, Text]:
    """What each member of the enum Kind is called."""
    return {enum_name(kind.name): kind_label(kind, reader) for kind in model.kinds.values()}


def name_label(declared: Property | LinkField | LinkType, reader: Reader) -> Text:
    """What a property or a link is called: as declared, else its name in words, which are English."""
    return reader.served({"en": spaced(declared.name), **declared.label})


def concept_label(concept: Concept, reader: Reader) -> Text:
    """What a value of a vocabulary is called."""
    return reader.served(concept.label)


def spaced(name: str) -> str:
    """startDate and LED_TO as words: Start date, Led to."""
    words = kebab(name).replace("-", " ")
    return words[:1].upper() + words[1:]
