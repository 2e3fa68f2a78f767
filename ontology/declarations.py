"""The form of a declaration file, read from YAML with the line of every key."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from ontology.errors import Fault
from ontology.languages import LanguageCode


def as_list(value: object) -> object:
    """One term may be written without the brackets of a list."""
    return [value] if isinstance(value, str) else value


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][A-Za-z0-9]*$")]
KindName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]*$")]
LinkTypeName = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$")]
VocabularyName = Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
ConceptKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$")]
Description = Annotated[str, StringConstraints(min_length=3, strip_whitespace=True)]
Terms = Annotated[list[str], BeforeValidator(as_list), Field(min_length=1)]
Labels = dict[LanguageCode, str]


class Declaration(BaseModel):
    """What all declarations share: frozen, and nothing that is not foreseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DeclaredProperty(Declaration):
    """A property of a kind or of a link."""

    type: str
    description: Description
    rdf: Terms
    label: Labels = {}
    required: bool = False
    list: bool = False
    search: bool = False
    sort: bool = False
    unique: bool = False
    printed: bool = False
    personal: bool = False
    derived: str | None = None
    since: str | None = None


class DeclaredInverse(Declaration):
    """The field by which a link is seen from its end."""

    field: Name
    description: Description | None = None
    label: Labels = {}
    min: int = 0
    max: int | None = None


class DeclaredLinkType(Declaration):
    """What is true of all links of one type, in a file of its own or beside the only link of that type."""

    type: LinkTypeName
    description: Description
    rdf: Terms
    label: Labels = {}
    trace: Literal["downstream"] | None = None
    acyclic: bool = False
    qualifiers: list[Name] = []
    properties: dict[Name, DeclaredProperty] = {}


class DeclaredLink(Declaration):
    """A field of a kind that leads along links of one type."""

    type: LinkTypeName
    to: list[KindName] = Field(min_length=1)
    description: Description
    label: Labels = {}
    inverse: DeclaredInverse | None = None
    min: int = 0
    max: int | None = None
    rdf: Terms | None = None
    trace: Literal["downstream"] | None = None
    acyclic: bool = False
    qualifiers: list[Name] = []
    properties: dict[Name, DeclaredProperty] = {}


class DeclaredKind(Declaration):
    """A kind of thing."""

    kind: KindName
    plural: Name
    label: Labels
    description: Description
    rdf: Terms
    abstract: bool = False
    extends: list[KindName] = []
    caption: list[Name] = []
    period: list[Name] = []
    properties: dict[Name, DeclaredProperty] = {}
    links: dict[Name, DeclaredLink] = {}


class DeclaredConcept(Declaration):
    """A concept of a vocabulary."""

    label: Labels
    description: Description
    covers: bool = True
    ends: str | None = None


class DeclaredVocabulary(Declaration):
    """A concept scheme: the closed list of values of a property."""

    vocabulary: VocabularyName
    label: Labels
    description: Description
    concepts: dict[ConceptKey, DeclaredConcept] = Field(min_length=1)


class DeclaredFile:
    """A declaration with the place from which it was read."""

    def __init__(self, path: Path, form: type[Declaration], faults: list[Fault]) -> None:
        self.path = path
        self.tree: Any = None
        self.declaration: Any = None
        try:
            self.tree = YAML().load(path.read_text(encoding="utf-8"))
            self.declaration = form.model_validate(plain(self.tree))
        except MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            faults.append(Fault(path.name, line, "", f"this is no YAML: {error.problem}"))
        except UnicodeDecodeError as error:
            faults.append(Fault(path.name, 1, "", f"this is not UTF-8: {error.reason} at byte {error.start}"))
        except ValidationError as error:
            faults.extend(self.fault(tuple(one["loc"]), one["msg"]) for one in error.errors())

    def fault(self, keys: tuple[int | str, ...], message: str) -> Fault:
        """A fault at the value that these keys lead to."""
        return Fault(self.path.name, self.line(keys), ".".join(str(key) for key in keys), message)

    def line(self, keys: tuple[int | str, ...]) -> int:
        """The line of the innermost of these keys that the file has."""
        node, line = self.tree, 1
        for key in keys:
            if isinstance(node, CommentedMap) and key in node:
                line = node.lc.key(key)[0] + 1
            elif isinstance(node, CommentedSeq) and isinstance(key, int) and key < len(node):
                line = node.lc.item(key)[0] + 1
            else:
                break
            node = node[key]
        return line


def plain(node: object) -> object:
    """The YAML tree as plain dictionaries and lists."""
    if isinstance(node, dict):
        return {key: plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return node


def declared(folder: Path, form: type[Declaration], faults: list[Fault]) -> Iterator[DeclaredFile]:
    """The declarations of one folder, by file name; what cannot be read goes to `faults`."""
    for path in sorted(folder.glob("*.yaml")):
        file = DeclaredFile(path, form, faults)
        if file.declaration is not None:
            yield file
