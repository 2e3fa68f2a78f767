"""The history as Atom (RFC 4287): a feed of the newest changes, and an archive (RFC 5005) of all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from graph.history import Change, Page

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
TITLE = "Res68: what changed in the data"
DONE = {"create": "New", "change": "Changed", "remove": "Removed"}
ElementTree.register_namespace("", ATOM)
ElementTree.register_namespace("fh", HISTORY)


@dataclass(frozen=True, slots=True)
class Archive:
    """A page with its neighbours; one without a newer neighbour is the current feed."""

    page: Page
    changes: Sequence[Change]
    older: Page | None
    newer: Page | None


def feed(archive: Archive, base: str) -> bytes:
    """The document of a page, the newest change first."""
    here = f"{base}/changes/{archive.page.key}"
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    add(root, "id", here)
    add(root, "title", TITLE)
    add(root, "updated", archive.page.at)
    add(ElementTree.SubElement(root, f"{{{ATOM}}}author"), "name", "Res68")
    link(root, "self", f"{here}.atom", "application/atom+xml")
    link(root, "alternate", here, "text/html")
    link(root, "current", f"{base}/changes.atom", "application/atom+xml")
    if archive.newer is not None:
        ElementTree.SubElement(root, f"{{{HISTORY}}}archive")
        link(root, "next-archive", f"{base}/changes/{archive.newer.key}.atom", "application/atom+xml")
    if archive.older is not None:
        link(root, "prev-archive", f"{base}/changes/{archive.older.key}.atom", "application/atom+xml")
    numbered = list(enumerate(archive.changes, start=1))
    for number, change in reversed(numbered):
        entry(root, f"{here}#{number}", change, archive.page, base)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return document + b"\n"


def entry(root: ElementTree.Element, member: str, change: Change, page: Page, base: str) -> None:
    """One change."""
    made = ElementTree.SubElement(root, f"{{{ATOM}}}entry")
    add(made, "id", member)
    add(made, "title", f"{DONE[change.op]}: {change.id}")
    add(made, "updated", page.at)
    ElementTree.SubElement(made, f"{{{ATOM}}}category", term=change.op)
    link(made, "alternate", f"{base}/id/{change.id}", "text/html")
    add(made, "summary", summary(change, page))


def summary(change: Change, page: Page) -> str:
    """What a change was, in a sentence."""
    if change.op == "change":
        return f"Other values of {', '.join(change.fields)} in dataset version {page.version}."
    return f"{DONE[change.op]} in dataset version {page.version}."


def add(parent: ElementTree.Element, name: str, text: str) -> None:
    """An element with a text."""
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    """A link to another document."""
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", rel=relation, href=address, type=media_type)
