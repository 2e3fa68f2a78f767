"""What was measured beside the peer, as a section of docs/benchmarks.md."""

from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median

from bench.contest import Contest
from bench.figures import short
from bench.page import table
from bench.peer_run import CLIENTS, SERVERS, Outcome, Sample
from bench.stages import STAGES

HEADING = "## Beside a peer"
TITLES = {"ours": "Res68", "peer": "@neo4j/graphql", "floor": "bare route"}
NOTES = """\
Made by `make bench-peer`, or `python -m bench.peer --write`. The peer is @neo4j/graphql 7.6.3 on Apollo
Server 5 with the driver of JavaScript, set up as its documentation says, with type definitions made from
our model (`bench/peer_schema.py`). The *bare route* is Starlette under uvicorn which sends our statement
for the question and returns the row as orjson writes it: HTTP and the driver, without GraphQL. All three
take turns over one Neo4j, each for two seconds, with one client and with eight; the clients take part of
the same two cores. Every answer is compared: those of Res68 and of the peer with each other, and each with
the first one of its server. The limit of a page is 1,000 here and all else as shipped; questions are sent
by POST, so nothing comes from a cache of answers. Figures are medians of rounds, in milliseconds; CPU is
that of one request, and the bounds on it are for one client. The build of Python matters: that of Debian and
that of the image are optimised by a profile; one made without, as by pyenv, is slower, for the bare route
too. *bare route*: what the route reaches by the same measure: our own part can only be what lies above it. A
verdict is on the ratio before it is rounded; from run to run a ratio differs by a tenth and more, so one next
to its bound may be on the other side the next time."""
STAGED = """\
Where our CPU goes, in milliseconds, measured in one process without a server around it. The bare route has
two of these parts. *driver*: a session, the statement, its row, and the row as JSON. *HTTP*: Starlette, the
body, the response. The others are ours. *read*: to look at the version before and after, to ask again where
that helps, to end in time, to count. *operation*: the document and the plan from their caches, variables,
cost, and the answer made of the row with every value checked. *application*: what the client accepts, limits
of the body, the headers, a look whether the client is there, the line in the log, the metrics.

Why a bound is not reached. Of a small answer (point, trace, page, five roots) *driver* and *HTTP* are the
larger part, to which the server adds its own; the fixed part above them is what limits, errors, log and
metrics cost in Python. Where the bare route itself is next to a bound, as on the p50 of a trace, there is
little room above it. Of a nested or a flat answer most of *operation* goes into one object for each thing,
each link and each source, with every value checked; the route returns the rows as they are."""


def section(outcome: Outcome) -> str:
    """The whole section."""
    day = datetime.now(UTC).date().isoformat()
    facts = "; ".join(f"{name} {value}" for name, value in outcome.machine.items())
    about = "\n".join(f"- *{one.name}*: {one.about}" for one in outcome.contests)
    parts = [f"{HEADING}\n\n{day}, {outcome.scale}x. {facts}.", about]
    parts += [table(figures(outcome)), table(verdicts(outcome)), NOTES, table(profile(outcome)), STAGED]
    return "\n\n".join(parts) + "\n"


def figures(outcome: Outcome) -> list[list[str]]:
    """What each question costs at each server."""
    found = [["question", "clients", "server", "p50", "p95", "answers a second", "CPU", "CPU of Neo4j"]]
    for contest in outcome.contests:
        for clients in CLIENTS:
            for server in SERVERS:
                sample = outcome.samples[contest.name, server, clients]
                lists = (sample.middle, sample.high, sample.rate, sample.cpu, sample.store_cpu)
                cells = [short(median(values)) for values in lists]
                found.append([contest.name, str(clients), TITLES[server], *cells])
    return found


def verdicts(outcome: Outcome) -> list[list[str]]:
    """What is to be reached, what is, and where the bare route stands by the same measure."""
    found = [["question", "to reach", "bound", "is", "bare route", ""]]
    for contest in outcome.contests:
        of_route = [is_ for _, is_, _ in ratios(outcome, contest, "floor")]
        for (what, is_, bound), route in zip(ratios(outcome, contest), of_route, strict=True):
            reached = "reached" if is_ <= bound else "not reached"
            found.append([contest.name, what, short(bound), short(is_), short(route), reached])
    return found


def profile(outcome: Outcome) -> list[list[str]]:
    """What each stage of an answer adds: the two of the bare route, then what only we have."""
    found = [["question", "driver", "+ HTTP", "+ read", "+ operation", "+ application"]]
    for contest in outcome.contests:
        rounds = zip(*(outcome.stages[contest.name, stage] for stage in STAGES), strict=True)
        parts = [
            (driver, route - driver, read - driver, made - read, whole - made - (route - driver))
            for driver, route, read, made, whole in rounds
        ]
        found.append([contest.name, *(short(median(part)) for part in zip(*parts, strict=True))])
    return found


def ratios(outcome: Outcome, contest: Contest, whose: str = "ours") -> list[tuple[str, float, float]]:
    """The ratios of a question for one server, each with its bound: medians of the ratios of each round."""

    def of(server: str, clients: int) -> Sample:
        return outcome.samples[contest.name, server, clients]

    ours, peer, floor = (of(name, 1) for name in (whose, "peer", "floor"))
    many, their_many = of(whose, 8), of("peer", 8)
    return [
        ("CPU against the peer", ratio(ours.cpu, peer.cpu), 1 / contest.cpu),
        ("p50 at 8 clients against the peer", ratio(many.middle, their_many.middle), 1 / contest.latency),
        ("CPU against the bare route", ratio(ours.cpu, floor.cpu), contest.floor),
    ]


def ratio(ours: Sequence[float], other: Sequence[float]) -> float:
    """The median of the ratios round by round: a machine is not as quick at one time as at another."""
    return median(one / another for one, another in zip(ours, other, strict=True))
