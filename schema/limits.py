"""The limits that hold for the document as text, before it is planned."""

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, Visitor, visit

from resolvers.errors import QueryTooLarge
from resolvers.limits import Limits

__all__ = ["Limits", "check_document"]


class Counter(Visitor):
    """Counts aliases, root fields and directives per location."""

    def __init__(self) -> None:
        super().__init__()
        self.aliases = 0
        self.root_fields = 0
        self.directives = 0

    def enter(self, node: object, *_: object) -> None:
        """Count one node."""
        directives = getattr(node, "directives", None) or ()
        self.directives = max(self.directives, len(directives))
        if isinstance(node, FieldNode) and node.alias:
            self.aliases += 1
        if isinstance(node, OperationDefinitionNode):
            self.root_fields = max(self.root_fields, len(node.selection_set.selections))


def check_document(document: DocumentNode, limits: Limits) -> None:
    """Refuse a document with too many aliases, root fields or directives at one place."""
    counter = Counter()
    visit(document, counter)
    for name, found, allowed in (
        ("aliases", counter.aliases, limits.aliases),
        ("root fields", counter.root_fields, limits.root_fields),
        ("directives at one place", counter.directives, limits.directives),
    ):
        if found > allowed:
            raise QueryTooLarge(
                f"the operation has {found} {name}: {allowed} are allowed; send several operations"
            )
