"""The model holds what the declarations say, and what they leave to be derived."""

from pathlib import Path

import pytest

from ontology.errors import ModelError
from ontology.handbook import handbook
from ontology.languages import LANGUAGES
from ontology.model import Model, reference
from ontology.namespaces import resolve
from tests.ontology.declaring import added, copied

ROOT = Path(__file__).parents[2]
PILOT = """
kind: Pilot
extends: [Thing]
plural: pilots
label: {en: Pilot}
description: A trial of a conclusion in the field.
caption: [title]
rdf: prov:Activity
properties:
  title: {type: translated, required: true, search: true, rdf: dcterms:title, description: The title.}
links:
  tries:
    type: TRIES
    to: [Conclusion]
    description: The conclusion that is tried out.
    rdf: r68:tries
    inverse: {field: pilots, description: The trials of the conclusion.}
"""


def test_every_link_of_a_kind_leads_back_from_its_end() -> None:
    model = reference()
    for kind in model.concrete:
        for field in kind.links.values():
            if field.inverse is not None and field.outgoing:
                back = model.kinds[field.ends[0]].links[field.inverse]
                assert back.type is field.type
                assert not back.outgoing


def test_a_kind_has_the_fields_of_the_kinds_above_it() -> None:
    meeting = reference().kinds["Meeting"]
    assert meeting.ancestors == ("Thing", "Event")
    assert {"aliases", "startDate", "ordinal"} <= set(meeting.properties)
    assert {"heldIn", "series", "reached", "actionsTakenAt"} <= set(meeting.links)


def test_a_link_to_several_kinds_is_of_the_nearest_kind_above_them() -> None:
    model = reference()
    assert model.kinds["Conclusion"].links["addressedTo"].target == "Thing"
    assert model.kinds["Action"].links["takenBy"].target == "Body"


def test_the_trace_follows_the_links_that_point_downstream() -> None:
    followed = "ANSWERED_BY CARRIED_BY EDITION_OF LED_TO OPENED REACHED RESULTED_IN REVISION_OF SET_UP"
    assert reference().trace_types == tuple(followed.split())


def test_every_rdf_term_exists_in_its_vocabulary() -> None:
    model = reference()
    for kind in model.kinds.values():
        for term in (*kind.rdf, *(term for one in kind.properties.values() for term in one.rdf)):
            assert resolve(term).startswith("http")


def test_kinds_are_labelled_in_the_six_languages() -> None:
    for kind in reference().kinds.values():
        assert set(kind.label) == set(LANGUAGES), kind.name


def test_adding_a_kind_is_adding_a_file(tmp_path: Path) -> None:
    model = added(tmp_path / "more", pilot=PILOT)
    assert model.by_key["pilot"].links["tries"].type.rdf == ("r68:tries",)
    assert model.kinds["Conclusion"].links["pilots"].ends == ("Pilot",)
    assert model.version != reference().version


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "said"),
    [
        ("type: translated, required", "type: prose, required", 10, "properties.title.type", "unknown type"),
        ("to: [Conclusion]", "to: [Conclusions]", 14, "links.tries.to", "there is no kind Conclusions"),
        ("caption: [title]\n", "", 2, "kind", "needs a caption"),
        ("caption: [title]", "caption: [name]", 7, "caption", "name is no property of Pilot"),
        ("  title: {", "  label: {", 10, "properties.label", "a field that every record has"),
        ("  title: {", "  note: {", 10, "properties.note", "declared in a kind above"),
        ("rdf: prov:Activity", "rdf: prov:Activitee", 8, "rdf", "no term 'Activitee'"),
        ("rdf: prov:Activity", "rdf: nope:Activity", 8, "rdf", "unknown prefix 'nope'"),
        ("rdf: dcterms:title", "rdf: skos:note", 10, "properties.title.rdf", "stands for note already"),
        ("rdf: dcterms:title", "rdf: rdfs:label", 10, "properties.title.rdf", "stands for label already"),
        ("rdf: r68:tries", "rdf: r68:ledTo", 16, "links.tries.rdf", "stands for LED_TO already"),
        ("rdf: r68:tries", "rdf: r68:theme", 0, "", "leads to resources elsewhere"),
        ("field: pilots", "field: text", 0, "links.text", "hides a field"),
        ("kind: Pilot", "kind: Trace", 2, "kind", "a name of the API"),
        ("extends: [Thing]", "extends: [Topic]", 3, "extends", "no abstract kind"),
        ("plural: pilots", "plural: conclusions", 4, "plural", "taken by Conclusion"),
        ("    rdf: r68:tries\n", "", 13, "links.tries.type", "declared nowhere"),
        ("type: TRIES", "type: LED_TO", 13, "links.tries.type", "leave out rdf here"),
        ("description: A trial of a conclusion in the field.\n", "", 1, "description", "Field required"),
        ("plural: pilots", "plural: pilots\nplurals: x", 5, "plurals", "Extra inputs"),
        ("plural: pilots", "plural: [", 6, "", "no YAML"),
    ],
)  # fmt: skip
def test_a_wrong_declaration_is_refused_with_its_line_and_key(
    tmp_path: Path, old: str, new: str, line: int, key: str, said: str
) -> None:
    assert old in PILOT
    with pytest.raises(ModelError) as caught:
        added(tmp_path / "more", pilot=PILOT.replace(old, new, 1))
    faults = [fault for fault in caught.value.faults if said in fault.message]
    assert faults, str(caught.value)
    if line:
        assert (faults[0].file, faults[0].line, faults[0].key) == ("pilot.yaml", line, key)


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "kinds" / "pilot.yaml").write_text(PILOT.replace("translated", "prose"), encoding="utf-8")
    (folder / "kinds" / "test.yaml").write_text(
        PILOT.replace("kind: Pilot", "kind: Test").replace("pilots", "tests").replace("[title]", "[name]"),
        encoding="utf-8",
    )
    with pytest.raises(ModelError) as caught:
        Model.load(folder)
    assert {fault.file for fault in caught.value.faults} >= {"pilot.yaml", "test.yaml"}


def test_the_handbook_in_the_docs_is_made_from_the_declarations() -> None:
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert page == handbook(reference()), "run make docs"
