"""Relay's connections: the arguments of a page, the page with its edges, the page info."""

from schema.declaring import Input, Output, bare, declare, many, maybe

CURSOR = Output(str, "The position of the edge in the list.")


def connection(name: str, node: type, edge: dict[str, Output], info: type, description: str) -> type:
    """A connection of nodes of a type with its edge, whose fields are `edge`; `info` is the PageInfo."""
    made = declare(bare(f"{name}Edge"), f"One row of a page. {description}", edge)
    return declare(
        bare(f"{name}Connection"),
        f"A page of a list. {description}",
        {
            "edges": Output(many(made), "The rows of the page with what the links say."),
            "nodes": Output(many(node), "The rows of the page."),
            "pageInfo": Output(info, "Where the page stands in its list."),
            "totalCount": Output(int, "How many rows all pages have together; counted only when asked for."),
        },
    )


def paging() -> dict[str, Input]:
    """The arguments of a page."""
    return {
        "first": Input(
            maybe(int), "The number of rows from the start: 20 where none is given, 200 at most.", None
        ),
        "after": Input(maybe(str), "The cursor after which the page starts.", None),
        "last": Input(maybe(int), "The number of rows from the end, or before the cursor.", None),
        "before": Input(maybe(str), "The cursor before which the page ends.", None),
    }


def page_info() -> dict[str, Output]:
    """The four fields of Relay's page info."""
    return {
        "hasNextPage": Output(bool, "Whether rows follow the page."),
        "hasPreviousPage": Output(bool, "Whether rows come before the page."),
        "startCursor": Output(maybe(str), "The cursor of the first row."),
        "endCursor": Output(maybe(str), "The cursor of the last row."),
    }
