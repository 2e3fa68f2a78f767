"""The enums of the API: languages, strengths, kinds, link types, and one for each vocabulary."""

from enum import Enum

from ontology.identity import camel
from ontology.languages import LANGUAGE_NAMES
from ontology.model import Model
from schema.declaring import enumeration, upper

STRENGTH = (
    "How well a link is founded. A path is as strong as its weakest link: a stated path is one whose every "
    "step a source states, which is not the same as a source that ties its two ends."
)


class Enums:
    """The enums of one model, each under its name."""

    def __init__(self, model: Model) -> None:
        self.language = enumeration(
            "Language",
            "The six official languages of ITU.",
            {code.upper(): (code, name) for code, name in LANGUAGE_NAMES.items()},
        )
        self.strength = enumeration(
            "Strength",
            STRENGTH,
            {
                "STATED": ("stated", "A source says that one followed from the other."),
                "INFERRED": (
                    "inferred",
                    "Same subject, later in time: our own reading; its note says on what it rests.",
                ),
            },
        )
        self.direction = enumeration(
            "Direction",
            "Which links of a thing are meant.",
            {
                "OUT": ("OUT", "Links that start at the thing."),
                "IN": ("IN", "Links that end at the thing."),
                "BOTH": ("BOTH", "Links that start or end at the thing."),
            },
        )
        self.order_direction = enumeration(
            "OrderDirection",
            "In which direction things are ordered; those whose value is not known come last in both.",
            {"ASC": ("ASC", "From the lowest up."), "DESC": ("DESC", "From the highest down.")},
        )
        self.kind = enumeration(
            "Kind",
            "The kinds of things; an abstract one stands for all kinds below it.",
            {upper(kind.name): (kind.name, kind.description) for kind in model.kinds.values()},
        )
        self.link_type = enumeration(
            "LinkType",
            "The types of links.",
            {name: (name, link_type.description) for name, link_type in model.link_types.items()},
        )
        self.vocabularies: dict[str, type[Enum]] = {
            name: enumeration(
                camel(name),
                vocabulary.description,
                {upper(key): (key, concept.description) for key, concept in vocabulary.concepts.items()},
            )
            for name, vocabulary in model.vocabularies.items()
        }
