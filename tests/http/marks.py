"""A page as its reader takes it in: its elements with their attributes and texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class Element:
    """An element of a page."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Marks(HTMLParser):
    """All elements of a page, in their order."""

    page: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(made)
        self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and with it those in it that have no end of their own."""
        while self._open and self._open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Text, which is of all elements around it."""
        for element in self._open:
            element.text += data

    def of(self, tag: str, **attributes: str) -> list[Element]:
        """The elements with this name and these attributes; `_class` stands for class."""
        wanted = {name.strip("_"): value for name, value in attributes.items()}
        return [one for one in self.elements if one.tag == tag and wanted.items() <= one.attributes.items()]

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """The texts of such elements, without the space around words."""
        return [" ".join(one.text.split()) for one in self.of(tag, **attributes)]
