"""What every thing and every link says of itself, as RDF: label, sources, doubts, strength and time."""

from dataclasses import dataclass
from enum import Enum

from ontology.model import Concept, Vocabulary


class Form(Enum):
    """How a value becomes an RDF term."""

    TEXT = "a literal without a language"
    LANGUAGE = "a literal with a language"
    DATE = "an xsd:date, xsd:gYearMonth or xsd:gYear, by its precision"
    INSTANT = "an xsd:dateTime"
    INTEGER = "an xsd:integer"
    BOOLEAN = "an xsd:boolean"
    ADDRESS = "an IRI, as it is"
    CONCEPT = "the IRI of a concept of a vocabulary"
    THING = "the IRI of a thing or a link"
    NODE = "the IRI of a node that belongs to the thing"
    ANY = "a literal or an IRI, whichever the field has"

    @property
    def literal(self) -> bool:
        """Whether the object is a literal."""
        return self in (Form.TEXT, Form.LANGUAGE, Form.DATE, Form.INSTANT, Form.INTEGER, Form.BOOLEAN)


@dataclass(frozen=True, slots=True)
class Written:
    """A property as RDF has it.

    `terms`: the first one identifies the property within its kind, the others are said beside it;
    `vocabulary`: the name of the vocabulary whose concepts are the values; `many`: there can be several;
    `ordered`: the order of the values counts, and is told by a container beside them.
    """

    name: str
    terms: tuple[str, ...]
    form: Form
    description: str
    vocabulary: str | None = None
    many: bool = False
    ordered: bool = False
    personal: bool = False


STRENGTH = Vocabulary(
    "strength",
    {
        "en": "Strength", "fr": "Force", "es": "Fuerza", "ru": "Достоверность", "zh": "强度", "ar": "القوة",
    },
    "How sure a link is. A link that rests on memory alone has no strength and is marked r68:unverified.",
    {
        "stated": Concept(
            "stated",
            {
                "en": "Stated", "fr": "Affirmé", "es": "Afirmado", "ru": "Указано", "zh": "有来源陈述",
                "ar": "مذكور",
            },
            "A source says that one followed from the other.",
        ),
        "inferred": Concept(
            "inferred",
            {
                "en": "Inferred", "fr": "Déduit", "es": "Inferido", "ru": "Выведено", "zh": "推断",
                "ar": "مستنتج",
            },
            "A reading of ours: same subject, later in time. The note says what it rests on.",
        ),
    },
)  # fmt: skip

LABEL = Written("label", ("rdfs:label",), Form.LANGUAGE, "What to call the thing, by language.")
SOURCES = Written(
    "sources", ("dcterms:source",), Form.THING, "The sources in which the record was read.", many=True
)
RECORDED = Written(
    "recordedAt", ("dcterms:modified",), Form.INSTANT, "When the record came to say what it says."
)
UNVERIFIED = Written(
    "unverified",
    ("r68:unverifiedField",),
    Form.TEXT,
    "The name of a field whose value rests on memory.",
    many=True,
)
MENTIONS = Written(
    "mentions",
    ("r68:mention",),
    Form.TEXT,
    "An identifier under which another collection names the thing.",
    many=True,
)
DISPUTED = Written(
    "disputed", ("r68:disputed",), Form.NODE, "Another value of a field, with its sources.", many=True
)
FIELD_SOURCES = Written(
    "fieldSources", ("r68:fieldSource",), Form.NODE, "Which sources give one field of the thing.", many=True
)
ORDER = Written(
    "order",
    ("r68:order",),
    Form.NODE,
    "The values of one field in their order, where there are several.",
    many=True,
)
OF_THINGS = (LABEL, SOURCES, RECORDED, UNVERIFIED, MENTIONS, DISPUTED, FIELD_SOURCES, ORDER)

FIELD = Written("field", ("r68:field",), Form.TEXT, "The name of the field that this is about.")
VALUE = Written("value", ("rdf:value",), Form.ANY, "The other value.")
PRIMARY_SOURCES = Written(
    "sources", ("prov:hadPrimarySource",), Form.THING, "The sources that say so.", many=True
)
OF_DISPUTES = (FIELD, VALUE, PRIMARY_SOURCES)
OF_FIELD_SOURCES = (FIELD, PRIMARY_SOURCES)
OF_ORDERS = (FIELD,)

OF_LINKS = (
    Written("from", ("rdf:subject",), Form.THING, "The thing at which the link starts."),
    Written("type", ("rdf:predicate",), Form.ADDRESS, "The property that the link states."),
    Written("to", ("rdf:object",), Form.THING, "The thing to which the link leads."),
    Written(
        "strength",
        ("r68:strength",),
        Form.CONCEPT,
        "How sure the link is; absent where it rests on memory.",
        vocabulary=STRENGTH.name,
    ),
    PRIMARY_SOURCES,
    Written("note", ("skos:note",), Form.TEXT, "What the link rests on."),
    Written("date", ("dcterms:date",), Form.DATE, "When the link came about."),
    Written("unverified", ("r68:unverified",), Form.BOOLEAN, "Whether the link rests on memory alone."),
    Written(
        "priorWork",
        ("r68:priorWork",),
        Form.BOOLEAN,
        "Whether the act came before the meeting whose conclusion it answers, and so is no effect of it.",
    ),
    Written(
        "priorWorkDeclared",
        ("r68:priorWorkDeclared",),
        Form.BOOLEAN,
        "Whether a source or a note of ours says what r68:priorWork says; else the dates show it.",
    ),
    RECORDED,
)

OF_CONCEPTS = (
    Written(
        "covers",
        ("r68:covers",),
        Form.BOOLEAN,
        "Whether an act of this type counts as coverage of the conclusion that it answers.",
    ),
    Written("ends", ("r68:ends",), Form.TEXT, "The reason that a trace gives when it stops at such an act."),
)
TRACED = Written(
    "traced",
    ("r68:traced",),
    Form.BOOLEAN,
    "Whether a trace follows the property: from what was asked to what was done.",
)
