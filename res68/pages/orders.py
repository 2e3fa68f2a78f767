"""In which order the things of a kind are shown."""

from ontology.model import Kind


def main_order(kind: Kind) -> str | None:
    """The date by which things of a kind are in order, the newest first; none where they have no date."""
    dates = [one.name for one in kind.properties.values() if one.sort and one.type == "date"]
    if kind.period and kind.period[0] in dates:
        return kind.period[0]
    return dates[0] if dates else None
