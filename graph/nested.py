"""What is wanted below each key of the reads that become mappings: things, links, pages and so on."""

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from graph.connection import EdgePart
from graph.coverage import Coverage, CoverageRows
from graph.search import Search
from graph.trace import Ends, PathField, Paths, StepField, Trace

# A ThingSelection, a LinkSelection, a Connection, or a read whose values are mappings again.
Below = Mapping[str, Any]


@singledispatch
def below(read: object) -> Below:
    """What is wanted below the keys of the mapping that a read becomes; nothing where values are plain."""
    return {}


@below.register
def _(read: Trace) -> Below:
    found: dict[str, Any] = dict(read.origins)
    found |= {one.key: one for one in read.paths}
    found |= {one.key: one.node for one in read.reached}
    return found | {one.key: one for one in read.ends}


@below.register
def _(read: Paths) -> Below:
    return {one.key: one.node if one.name == "end" else one for one in read.fields}


@below.register
def _(read: PathField) -> Below:
    return {one.key: of_step(one) for one in read.steps}


def of_step(step: StepField) -> Any:
    """What is wanted of the link or of the things of a step."""
    return step.link if step.name == "link" else step.node


@below.register
def _(read: Ends) -> Below:
    return {one.key: one.node for one in read.fields if one.name == "at"}


@below.register
def _(read: Coverage) -> Below:
    found: dict[str, Any] = {one.key: one for one in read.rows}
    return found | dict(read.uncovered)


@below.register
def _(read: CoverageRows) -> Below:
    return dict(read.groups)


@below.register
def _(read: Search) -> Below:
    return {one.key: dict(one.node)[one.key] if one.form == "nodes" else one for one in read.parts}


@below.register
def _(read: EdgePart) -> Below:
    return dict(read.node)
