"""Trusted documents: asked for by their SHA-256, and, where a setting says so, the only ones."""

from pathlib import Path

import pytest

from res68.settings import SettingsError
from res68.trusted import TrustedDocuments, sha256, trusted_documents
from resolvers.errors import BadUserInput
from schema.errors import PersistedQueryNotFound
from schema.service import Request as Operation

KNOWN, OTHER = "{ dataset { version } }", "{ __typename }"


def asked(query: str | None, digest: object = None) -> Operation:
    named = {"persistedQuery": {"version": 1, "sha256Hash": digest}} if digest is not None else None
    return Operation(query, extensions=named)


@pytest.fixture
def documents(tmp_path: Path) -> TrustedDocuments:
    """One document of a directory and one of the gallery."""
    (tmp_path / "known.graphql").write_text(KNOWN, encoding="utf-8")
    (tmp_path / "notes.txt").write_text(OTHER, encoding="utf-8")
    return trusted_documents(tmp_path, ["{ conclusions { totalCount } }"], only=False)


def test_a_document_is_found_by_its_hash(documents: TrustedDocuments) -> None:
    assert documents.resolve(asked(None, sha256(KNOWN))).query == KNOWN
    assert documents.resolve(asked(KNOWN, sha256(KNOWN).upper())).query == KNOWN


def test_the_gallery_is_trusted(documents: TrustedDocuments) -> None:
    gallery = "{ conclusions { totalCount } }"
    assert documents.resolve(asked(None, sha256(gallery))).query == gallery


def test_a_hash_that_is_not_known_is_said_to_be_so(documents: TrustedDocuments) -> None:
    with pytest.raises(PersistedQueryNotFound, match="send the query itself"):
        documents.resolve(asked(None, sha256(OTHER)))


def test_a_query_is_answered_though_its_hash_is_not_known(documents: TrustedDocuments) -> None:
    assert documents.resolve(asked(OTHER, sha256(OTHER))).query == OTHER


def test_a_query_that_does_not_have_the_hash_is_refused(documents: TrustedDocuments) -> None:
    with pytest.raises(BadUserInput, match="does not have the SHA-256"):
        documents.resolve(asked(OTHER, sha256(KNOWN)))


@pytest.mark.parametrize("named", [1, "text", {}, {"sha256Hash": 5}, []])
def test_a_name_of_another_form_is_refused(documents: TrustedDocuments, named: object) -> None:
    with pytest.raises(BadUserInput, match="persistedQuery must be"):
        documents.resolve(Operation(None, extensions={"persistedQuery": named}))


def test_where_only_they_are_answered_others_are_refused(documents: TrustedDocuments) -> None:
    only = TrustedDocuments(documents.texts, only=True)
    assert only.resolve(asked(KNOWN)).query == KNOWN
    for query in (asked(OTHER), asked(OTHER, sha256(OTHER))):
        with pytest.raises(PersistedQueryNotFound, match="only the documents that it knows"):
            only.resolve(query)


def test_a_directory_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"RES68_TRUSTED_DOCUMENTS: .*missing cannot be read"):
        trusted_documents(tmp_path / "missing", [], only=False)
