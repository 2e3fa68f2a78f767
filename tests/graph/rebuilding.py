"""From RDF back to the dataset: reads an export with no help but the mapping's own words."""

from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph

from graph.content import Dataset, Dispute, Link, Thing
from graph.export import Export
from graph.store import Store
from ontology.evidence import Form, Written
from ontology.languages import LANGUAGES
from ontology.mapping import RdfMapping, concepts_in
from ontology.model import reference
from ontology.namespaces import resolve
from ontology.values import Value

BASE = "https://res68.example"
Object = pyoxigraph.NamedNode | pyoxigraph.Literal
Said = dict[str, list[Object]]  # what one subject says, by predicate


async def exported(store: Store, name: str = "nt", kinds: list[str] | None = None) -> bytes:
    """A whole export."""
    return b"".join([chunk async for chunk in Export(store, reference(), BASE).stream(name, kinds)])


class Rebuilt:
    """The dataset that an export tells of, with the times at which its records were made."""

    def __init__(self, export: bytes, mapping: RdfMapping, base: str) -> None:
        self.mapping = mapping
        self.ids = f"{base}/id/"
        self.said: dict[str, Said] = defaultdict(lambda: defaultdict(list))
        for triple in pyoxigraph.parse(export, format=pyoxigraph.RdfFormat.N_TRIPLES):
            assert isinstance(triple.subject, pyoxigraph.NamedNode), triple
            assert isinstance(triple.object, Object), triple
            self.said[triple.subject.value][triple.predicate.value].append(triple.object)
        whole = [iri for iri in self.said if "#" not in iri.removeprefix(self.ids)]
        links = [iri for iri in whole if self.is_link(iri)]
        things = [iri for iri in whole if not self.is_link(iri)]
        self.dataset = Dataset(
            {self.id_of(iri): self.thing(iri) for iri in things},
            {self.id_of(iri): self.link(iri) for iri in links},
        )
        self.recorded = {self.id_of(iri): self.texts(iri, "dcterms:modified")[0] for iri in whole}

    def is_link(self, iri: str) -> bool:
        """Whether a subject is a link."""
        return resolve("r68:Link") in self.texts(iri, "rdf:type")

    def id_of(self, iri: str) -> str:
        """The id of something of the dataset."""
        assert iri.startswith(self.ids), iri
        return iri.removeprefix(self.ids)

    def texts(self, iri: str, term: str) -> list[str]:
        """The values of a predicate as they are written."""
        return [value.value for value in self.said[iri].get(resolve(term), [])]

    def ids_at(self, iri: str, term: str) -> tuple[str, ...]:
        """The ids that a predicate leads to."""
        return tuple(sorted(map(self.id_of, self.texts(iri, term))))

    def thing(self, iri: str) -> Thing:
        """A thing of what its subject says."""
        identifier = self.id_of(iri)
        kind = self.mapping.model.kind_of(identifier)
        assert kind is not None
        mapped = self.mapping.kinds[kind.name]
        assert resolve(mapped.types[0]) in self.texts(iri, "rdf:type")
        declared = [one for one in mapped.properties if not kind.properties[one.name].derived]
        disputes = sorted(self.texts(iri, "r68:disputed"), key=lambda one: int(one.rpartition("-")[2]))
        return Thing(
            identifier,
            kind.name,
            self.values(iri, declared),
            self.ids_at(iri, "dcterms:source"),
            tuple(sorted(self.texts(iri, "r68:unverifiedField"))),
            tuple(self.dispute(one, kind.name) for one in disputes),
            dict(sorted(self.field_sources(iri))),
            tuple(sorted(self.texts(iri, "r68:mention"))),
        )

    def dispute(self, node: str, kind: str) -> Dispute:
        """Another value of a field."""
        (field,) = self.texts(node, "r68:field")
        (value,) = self.said[node][resolve("rdf:value")]
        sources = self.ids_at(node, "prov:hadPrimarySource")
        declared = {one.name: one for one in self.mapping.kinds[kind].properties}
        if field not in declared:
            return Dispute(field, self.id_of(value.value), sources)
        plain = self.value(declared[field], value)
        assert isinstance(plain, str | int | bool)
        return Dispute(field, plain, sources)

    def field_sources(self, iri: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        """Which sources give which field."""
        for node in self.texts(iri, "r68:fieldSource"):
            yield self.texts(node, "r68:field")[0], self.ids_at(node, "prov:hadPrimarySource")

    def link(self, iri: str) -> Link:
        """A link of what its node says; the triple that it states must be there."""
        (start,), (predicate,) = self.texts(iri, "rdf:subject"), self.texts(iri, "rdf:predicate")
        (end,) = self.texts(iri, "rdf:object")
        mapped = next(one for one in self.mapping.link_types.values() if resolve(one.terms[0]) == predicate)
        for term in mapped.terms:
            assert end in self.texts(start, term), (iri, term)
        strength = [one.removeprefix(concepts_in("strength")) for one in self.texts(iri, "r68:strength")]
        assert (strength == []) == (self.texts(iri, "r68:unverified") == ["true"]), iri
        declared = self.texts(iri, "r68:priorWorkDeclared") == ["true"]
        return Link(
            self.id_of(iri),
            mapped.type.name,
            self.id_of(start),
            self.id_of(end),
            next(iter(strength), None),
            self.ids_at(iri, "prov:hadPrimarySource"),
            next(iter(self.texts(iri, "skos:note")), None),
            next(iter(self.texts(iri, "dcterms:date")), None),
            self.texts(iri, "r68:priorWork") == ["true"] if declared else None,
            self.values(iri, mapped.properties),
        )

    def values(self, iri: str, declared: Iterable[Written]) -> dict[str, Value]:
        """The values of declared properties, each by the first term of its property."""
        found: dict[str, Value] = {}
        for prop in declared:
            given = self.said[iri].get(resolve(prop.terms[0]), [])
            for term in prop.terms[1:]:
                assert set(given) <= set(self.said[iri].get(resolve(term), [])), (iri, term)
            if given:
                found[prop.name] = self.of_property(iri, prop, given)
        return found

    def of_property(self, iri: str, prop: Written, given: list[Object]) -> Value:
        """The value of a property."""
        if prop.form is Form.LANGUAGE:
            texts = {one.language: one.value for one in given if isinstance(one, pyoxigraph.Literal)}
            return {language: texts[language] for language in LANGUAGES if language in texts}
        if not prop.many:
            assert len(given) == 1, (iri, prop.name, given)
            return self.value(prop, given[0])
        order = f"{iri}#order-of-{prop.name}"
        if order not in self.said:
            return [self.value(prop, one) for one in given]
        members: list[Value] = []
        while value := self.said[order].get(resolve(f"rdf:_{len(members) + 1}")):
            members.append(self.value(prop, value[0]))
        return members

    def value(self, prop: Written, value: Object) -> Value:
        """One value, with the datatype that its property has."""
        if prop.form is Form.CONCEPT:
            return value.value.removeprefix(concepts_in(str(prop.vocabulary)))
        if prop.form is Form.INTEGER:
            return int(value.value)
        return value.value == "true" if prop.form is Form.BOOLEAN else value.value
