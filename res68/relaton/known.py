"""What the datasets beside an import have already: under which ids, and with which values."""

from collections.abc import Mapping

from graph.content import Dataset

TSAG = "Telecommunication Standardization Advisory Group"
STUDY_GROUP = "ITU-T Study Group "
Record = dict[str, object]


class Known:
    """The things of a dataset, by all their ids."""

    def __init__(self, dataset: Dataset) -> None:
        self.things = dataset.things
        self.mentions = {mention: thing.id for thing in dataset.things.values() for mention in thing.mentions}

    def __contains__(self, name: object) -> bool:
        return name in self.things or name in self.mentions

    def id(self, name: str) -> str:
        """The id of the thing that has this id or is mentioned under it."""
        return name if name in self.things else self.mentions.get(name, name)

    def compared(self, record: Mapping[str, object]) -> tuple[int, int]:
        """How many values of a record the thing with its id has otherwise, and how many it has not."""
        there = self.things[self.id(str(record["id"]))].values
        names = [name for name in COMPARED if name in record]
        lacking = sum(name not in there for name in names)
        return sum(there.get(name) != record[name] for name in names) - lacking, lacking


COMPARED = ("title", "date", "url", "status", "firstApproved", "series")


def group_of(committee: str) -> Record | None:
    """The record of a committee as the source calls it; None where it is no group of ITU-T that we know."""
    number = committee.removeprefix(STUDY_GROUP)
    if committee == TSAG:
        return {"id": "advisory-group/TSAG", "name": {"en": TSAG}, "abbreviation": {"en": "TSAG"}}
    if number != committee and number.isdecimal() and len(number) < 3:
        short = f"SG{int(number)}"
        named = {"name": {"en": committee}, "abbreviation": {"en": short}}
        return {"id": f"study-group/{short}", **named, "number": int(number)}
    return None
