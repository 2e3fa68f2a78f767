"""The results as tables: for the terminal and, the same, for docs/benchmarks.md."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

import orjson

from bench.figures import DEEP, FIRST, REACHED, SECONDS_TO_COUNT, Figure, Results, figure, short
from bench.questions import QUESTIONS

HEAD = """\
# Benchmarks

Made by `python -m bench --write` (`make bench` prints the same and writes nothing). Both engines answer the
same requests in turns, one at a time, through HTTP on one machine, and the client takes part of its CPU. A
figure is a median with, in brackets, the values below which one in ten and nine in ten lie.
"""
SECTIONS = re.compile(r"^(?=## )", re.MULTILINE)
MADE_TOGETHER = ("## Answers, in", "## To reach: at most", "## Loads and starts, in")
NOTES = """\
At 1x the dataset is the reference dataset; further times of it are generated (`bench/generator.py`), each
with the shapes of the real one and linked in itself, except for what the world has only so many of:
countries, regions, sectors, bureaux and study periods become hubs.

*New text*: the first answer to a text that neither the service nor the engine has seen; a question of the
gallery is never new, since the service asks them all before it says that it is ready. *CPU*: what the
process of the service used for one request, and with Neo4j, which is a process of its own, that one too; the
embedded engine is inside the service.

A page costs Neo4j the same in a list of any length, since the index gives the rows in order. The embedded
engine takes those after the cursor from the index and sorts all of them, so that its pages grow with the
list, and are cheapest next to its end.
"""
LOADS = """\
A load is the command `python -m res68 load` from its start to its end: reading and checking the files,
starting the embedded engine, writing, closing; its memory is that of the command, with the embedded engine
inside it. Large sizes are loaded in portions (`--initial`). Both engines have 2 GiB of heap, and Neo4j a
page cache of 512 MiB, unless `RES68_NEO4J_URI` names a server."""

DEPTH = "*deep page, of page*: pages next to the end of a list against the first ones, at the same size."


def page(results: Results) -> str:
    """The whole page."""
    return "\n".join([HEAD, *tables(results), NOTES])


def with_section(whole: str, new: str) -> str:
    """The page with this section: in the place of the one with its heading, else at the end."""
    parts = [part.rstrip("\n") for part in SECTIONS.split(whole)]
    headings = [part.partition("\n")[0] for part in parts]
    heading = new.partition("\n")[0]
    place = headings.index(heading) if heading in headings else len(parts)
    parts[place : place + 1] = [new.rstrip("\n")]
    return "\n\n".join(parts) + "\n"


def apart(whole: str) -> list[str]:
    """The sections of a page that runs of their own measure."""
    return [part for part in SECTIONS.split(whole)[1:] if not part.startswith(MADE_TOGETHER)]


def large(results: Results) -> str:
    """The section about a size beyond those of the page."""
    heading = f"## At {results.largest:,} times the data"
    found = [heading, told(results), table(answers(results)), table(bounds(results)), table(starts(results))]
    command = f"python -m bench --scale 1 --scale {results.largest} --engine neo4j --write"
    return "\n\n".join([*found, f"Made by `{command}`. {sizes(results)}"]) + "\n"


def tables(results: Results) -> Iterator[str]:
    """All tables, each with its heading."""
    yield f"{told(results)}\n"
    yield section("Answers, in milliseconds", answers(results), note=questions())
    judged = bounds(results)
    if judged[1:]:
        yield section(f"To reach: at most {REACHED} times the cost at 1x", judged, note=DEPTH)
    yield section("Loads and starts, in seconds", starts(results), note=sizes(results))


def told(results: Results) -> str:
    """When and on what it was measured."""
    facts = "; ".join(f"{name} {value}" for name, value in results.machine.items())
    return f"{datetime.now(UTC).date().isoformat()}. {facts}."


def section(title: str, lines: Sequence[Sequence[str]], note: str = "") -> str:
    """A heading, a table and what is to be said of it."""
    return f"## {title}\n\n{table(lines)}\n" + (f"\n{note}\n" if note else "")


def table(lines: Sequence[Sequence[str]]) -> str:
    """Lines of cells, the first of which is the heading, in columns as wide as they need to be."""
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    ruled = [lines[0], ["-" * width for width in widths], *lines[1:]]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in ruled)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in padded)


def answers(results: Results) -> list[list[str]]:
    """What each question costs."""
    found = [["question", "size", "engine", "warm", "new text", "CPU of the service", "CPU of Neo4j"]]
    for row in results.rows:
        store = str(row.store_cpu) if row.store_cpu.high else ""
        cells = [str(row.warm), cell(row.new), str(row.cpu), store]
        found.append([row.question, f"{row.scale}x", row.engine, *cells])
    return found


def cell(value: Figure | None) -> str:
    """A figure, if there is one."""
    return "" if value is None else str(value)


def bounds(results: Results) -> list[list[str]]:
    """Whether what must not depend on the size of the dataset does not."""
    found = [["question", "size", "engine", "latency", "CPU", ""]]
    named = [(one.question, one) for one in results.ratios]
    named += [(f"{DEEP}, of {FIRST}", one) for one in results.depths]
    for name, one in named:
        times = [f"{one.latency:.2f} times", f"{one.cpu:.2f} times"]
        verdict = "reached" if one.reached else "not reached"
        found.append([name, f"{one.scale}x", one.engine, *times, verdict])
    for row in results.counts:
        latency = f"{row.warm.median / 1000:.2f} s of {SECONDS_TO_COUNT:.0f}"
        verdict = "reached" if row.warm.median <= SECONDS_TO_COUNT * 1000 else "not reached"
        found.append([row.question, f"{row.scale}x", row.engine, latency, "", verdict])
    return found


def starts(results: Results) -> list[list[str]]:
    """How long loads take and how soon a service is ready."""
    found = [["what", "size", "engine", "seconds", "times measured", "memory, MB"]]
    for engine, seconds in results.loads.items():
        memory = [short(one.memory) for key, one in results.fills.items() if key == (engine, 1)]
        found.append(["load into a new store", "1x", engine, *counted(figure(seconds)), *(memory or [""])])
    for (engine, scale), one in results.fills.items():
        if scale > 1:
            cells = [short(one.seconds), "1", short(one.memory)]
            found.append(["load into a new store", f"{scale}x", engine, *cells])
    for (engine, scale), seconds in results.ready.items():
        what = "start until ready, the gallery warm"
        found.append([what, f"{scale}x", engine, *counted(figure(seconds)), ""])
    return found


def counted(value: Figure) -> list[str]:
    """A figure, and of how many values it is."""
    return [str(value) if value.count > 1 else short(value.median), str(value.count)]


def questions() -> str:
    """What the questions are."""
    return "\n".join(f"- *{question.name}*: {question.about}" for question in QUESTIONS)


def sizes(results: Results) -> str:
    """How large the datasets are."""
    known = ((scale, things, links) for scale, (things, links) in results.sizes.items())
    said = [f"{scale}x: {things:,} things and {links:,} links" for scale, things, links in known]
    return f"{'; '.join(said)}. {LOADS}"


def as_json(results: Results) -> bytes:
    """The results for machines."""
    facts = asdict(results)
    for name in ("fills", "ready"):
        facts[name] = {f"{engine} {scale}x": value for (engine, scale), value in facts[name].items()}
    facts["ratios"] = [{**asdict(one), "reached": one.reached} for one in results.ratios]
    return orjson.dumps(facts, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
