"""Why a trace ends where it does: one reason for each end, and a sentence that says it in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass

from ontology.model import Model

# What each reason means, as it is told of the thing at which a trace ends.
EXPLANATIONS: Mapping[str, str] = {
    "delivered": "The trace ends at a text that came of it; no link that leads further is recorded.",
    "declined": "The body decided not to take the matter up.",
    "referred": "The body sent the matter to another body; what became of it there is not recorded.",
    "no-contribution": "Nobody contributed on the matter, so the body could not act on it.",
    "already-covered": "The body found that existing work covers the matter.",
    "considered": "A body discussed the matter; no later act, work item or text is recorded.",
    "acted": "A body acted on the matter; nothing that came of this act is recorded.",
    "under-study": "The work item is on the work programme; no text that came of it is recorded.",
    "group": "The trace ends at a group; no text of its making is recorded on this trace.",
    "carried": "A document brought the matter before a body; what the body did with it is not recorded.",
    "origin": "This is where the matter began; nothing before it is recorded.",
    "reached": "This is a thing of a kind that was asked for; further links lead on from it.",
    "depth-limit": "The trace used up its {depth}; links lead on from here: ask for more, or from here.",
    "excluded": "Links lead on from here, but not to anything that was asked for: other types of "
    "link, strengths, kinds or bodies were left out.",
    "not-addressed": "No further link is recorded, and the conclusion is addressed to no body of ITU.",
    "nothing-known": "No further link is recorded.",
}  # fmt: skip

# At which kinds a trace ends with which reason, the narrower kinds first.
DOWN = {
    "InputDocument": "carried",
    "Document": "delivered",
    "Body": "group",
    "WorkItem": "under-study",
    "Action": "acted",
}
UP = {"Meeting": "origin", "Need": "origin"}
# Types of acts that the vocabulary gives no reason of its own, and that are more than an act like any other.
ACTS = {"consideration": "considered"}


@dataclass(frozen=True, slots=True)
class EndFacts:
    """What is known of a thing at which a trace ends.

    `further`: links that the trace would have followed lead on, but its depth is used up. `more`: some trace
    link leads on, whether it was asked for or not. `whole`: the end of a path, not an origin without any.
    """

    kind: str
    up: bool
    further: bool = False
    more: bool = False
    whole: bool = True
    act: str | None = None
    addressed: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Endings:
    """The reasons of one model: by kind in both directions, and by the type of an act."""

    down: Mapping[str, str]
    up: Mapping[str, str]
    acts: Mapping[str, str]

    @classmethod
    def of(cls, model: Model) -> "Endings":
        """The reasons that fit the kinds and the types of acts of a model."""
        acts = model.vocabularies.get("action-type")
        concepts = acts.concepts if acts else {}
        ends = {key: concept.ends for key, concept in concepts.items() if concept.ends}
        return cls(by_kind(model, DOWN), by_kind(model, UP), ACTS | ends)

    def reason(self, facts: EndFacts, *, targeted: bool) -> str:
        """Why a trace ends here; `targeted`: it was asked for paths to some kinds."""
        if facts.further:
            return "depth-limit"
        if facts.more:
            return "reached" if targeted and facts.whole else "excluded"
        if facts.up:
            return self.up.get(facts.kind, "nothing-known")
        if facts.kind == "Conclusion" and not facts.addressed:
            return "not-addressed"
        return self.acts.get(facts.act or "") or self.down.get(facts.kind, "nothing-known")


def by_kind(model: Model, reasons: Mapping[str, str]) -> dict[str, str]:
    """For each kind without abstract ones the reason of the first kind in the table that it is of."""
    found: dict[str, str] = {}
    for name, reason in reasons.items():
        for concrete in model.kinds[name].concrete if name in model.kinds else ():
            found.setdefault(concrete, reason)
    return found


def explanation(reason: str, depth: int) -> str:
    """The sentence that explains a reason."""
    return EXPLANATIONS[reason].format(depth="one link" if depth == 1 else f"{depth} links")
