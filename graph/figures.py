"""Figures of a dataset that are kept beside it: how much there is, and how many links a thing has."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain

from graph.content import Dataset
from ontology.model import LinkField, Model


def counts(dataset: Dataset) -> dict[str, dict[str, int] | dict[str, dict[str, int]]]:
    """Things by kind, links by type, these by strength too, and texts by language."""
    kinds = Counter(thing.kind for thing in dataset.things.values())
    types = Counter(link.type for link in dataset.links.values())
    strengths: dict[str, Counter[str]] = defaultdict(Counter)
    for link in dataset.links.values():
        strengths[link.type][link.strength or "unverified"] += 1
    values = chain.from_iterable(thing.values.values() for thing in dataset.things.values())
    languages = Counter(chain.from_iterable(value for value in values if isinstance(value, dict)))
    return {
        "kinds": dict(sorted(kinds.items())),
        "links": dict(sorted(types.items())),
        "strengths": {name: dict(sorted(found.items())) for name, found in sorted(strengths.items())},
        "languages": dict(sorted(languages.items())),
    }


def fan_out(dataset: Dataset, model: Model) -> dict[str, float]:
    """For each link field (`Conclusion.actions`) the mean number of links of the things that have any."""
    ends: dict[tuple[str, bool, str, str], Counter[str]] = defaultdict(Counter)
    for link in dataset.links.values():
        start, end = dataset.things[link.start].kind, dataset.things[link.end].kind
        ends[link.type, True, start, end][link.start] += 1
        ends[link.type, False, end, start][link.end] += 1
    found: dict[str, float] = {}
    for kind in model.kinds.values():
        for field in kind.links.values():
            mean = _mean(model, kind.concrete, field, ends)
            if mean:
                found[f"{kind.name}.{field.name}"] = round(mean, 2)
    return found


def _mean(
    model: Model,
    kinds: tuple[str, ...],
    field: LinkField,
    ends: Mapping[tuple[str, bool, str, str], Counter[str]],
) -> float:
    others = {other for end in field.ends for other in model.kinds[end].concrete}
    counted: Counter[str] = Counter()
    for kind in kinds:
        for other in others:
            counted.update(ends.get((field.type.name, field.outgoing, kind, other), Counter()))
    return counted.total() / len(counted) if counted else 0.0
