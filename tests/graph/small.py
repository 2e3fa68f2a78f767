"""A small dataset of the store's own tests, as text to be changed, and the ways to write and read it."""

from pathlib import Path

from graph.content import Dataset
from graph.dataset import Report, check, read
from ontology.model import reference

SMALL = """\
- id: source/example.org/a2b3c4d5e6f7
  url: https://example.org/report
  title: A report
- id: source/example.org/b2b3c4d5e6f7
  url: https://example.org/news
- id: meeting-series/cto
  name: {en: CTO meetings, zh: 首席技术官会议}
- id: meeting/CTO-2009
  name: {en: The first meeting}
  startDate: "2009-10-06"
  endDate: "2009-10"
  series: meeting-series/cto
  sources: [source/example.org/a2b3c4d5e6f7]
  disputed: [{field: startDate, value: "2009-10-07", sources: [source/example.org/b2b3c4d5e6f7]}]
  mentions: [meeting/CTO-09]
- id: conclusion/CTO-2009-C1
  number: C1
  text: {en: Networks should work together., zh: 网络应当互通。}
  nature: call
  meeting: {to: meeting/CTO-2009, strength: stated, sources: [source/example.org/a2b3c4d5e6f7]}
  actions:
    - {to: action/CTO-2009-F1, strength: stated, sources: [source/example.org/a2b3c4d5e6f7], date: "2010-02"}
    - {to: action/CTO-2009-F2, strength: inferred, sources: [source/example.org/b2b3c4d5e6f7], note: Alike.}
  sources: [source/example.org/a2b3c4d5e6f7]
  unverified: [nature]
- id: action/CTO-2009-F1
  actionType: consideration
  title: {en: The group takes it up}
  takenBy: [{to: study-group/SG13, role: lead}, {to: study-group/SG5, role: with, unverified: true}]
  sources: [source/example.org/b2b3c4d5e6f7]
- id: action/CTO-2009-F2
  actionType: study
  title: {en: An earlier study}
  date: "2008"
- id: study-group/SG13
  number: 13
  name: {en: Future networks, fr: Réseaux futurs}
  abbreviation: {en: SG13}
  aliases: [ITU-T Study Group 13, 第13研究组]
- id: study-group/SG5
  number: 5
  name: {en: Environment}
- id: region/AFR
  code: AFR
  name: {en: Africa}
- id: country/KEN
  iso3: KEN
  name: {en: Kenya}
  region: region/AFR
"""


def written(directory: Path, *texts: str) -> Path:
    """A dataset directory with these files."""
    directory.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        (directory / f"{number}.yaml").write_text(text, encoding="utf-8")
    return directory


def dataset(directory: Path, *texts: str) -> Dataset:
    """The dataset of these files."""
    return read([written(directory, *texts)], reference())


def report(directory: Path, *texts: str) -> Report:
    """What a check of these files finds."""
    return check([written(directory, *texts)], reference())
