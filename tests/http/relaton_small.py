"""Records in the form of Relaton, written by hand: of Recommendations that there are not."""

from collections.abc import Sequence

GROUP_13 = "ITU-T Study Group 13"


def relaton(
    printed: str,
    date: str,
    title: str = "Framework of a thing",
    *,
    status: str = "Published",
    group: str = GROUP_13,
    others: Sequence[str] = (),
    iso: str = "",
) -> str:
    """One record, laid out as Relaton does it, with a relation to a Supplement that nobody takes."""
    editions = "".join(RELATION.format(type="hasEdition", title="It", printed=other) for other in others)
    second = f"- content: {iso}\n  type: ISO\n  primary: true\n" if iso else ""
    return RECORD.format(
        printed=printed, second=second, date=date, title=title, status=status, group=group, editions=editions
    )


RELATION = """\
- type: {type}
  bibitem:
    title:
    - language: en
      script: Latn
      content: {title}
    docidentifier:
    - content: {printed}
      type: ITU
      primary: true
"""
RECORD = f"""\
---
id: X
schema_version: v1.5.6
type: standard
title:
- language: en
  script: Latn
  content: {{title}}
  type: main
source:
- type: src
  content: https://example.org/rec
docidentifier:
- content: ITU-T {{printed}}
  type: ITU
  primary: true
{{second}}date:
- type: published
  at: '{{date}}'
contributor:
- role:
  - type: publisher
  organization:
    name:
    - content: International Telecommunication Union
- role:
  - type: author
  organization:
    name:
    - content: International Telecommunication Union
    subdivision:
    - name:
      - content: {{group}}
      type: technical-committee
      subtype: study-group
edition:
  content: '1'
language:
- en
abstract:
- language: en
  content: 'What it is about: nobody
    takes it'
status:
  stage:
    content: {{status}}
relation:
{RELATION.format(type="complementOf", title="'A Supplement: of it'", printed="Y Suppl. 900 (07/2021)")}\
{{editions}}ext:
  flavor: itu
"""
