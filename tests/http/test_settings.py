"""The settings: read once, checked, and described on a page that is in step with them."""

from pathlib import Path

import pytest

from res68.reference import PAGE, settings_page
from res68.settings import Settings, SettingsError, read_settings, variables
from resolvers.limits import Limits


def test_nothing_given_means_the_address_that_the_documentation_names() -> None:
    settings = read_settings({})
    assert settings.address == settings.base == "http://127.0.0.1:8068"


def test_the_environment_of_the_process_is_not_asked_when_another_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RES68_PORT", "1")
    assert read_settings({}).port == 8068


def test_values_are_read_from_the_environment() -> None:
    settings = read_settings({"RES68_HOST": "0.0.0.0", "RES68_PORT": "9000", "RES68_LOAD": "1", "HOME": "/x"})
    assert (settings.host, settings.port, settings.load) == ("0.0.0.0", 9000, True)
    assert settings.address == "http://127.0.0.1:9000"


def test_an_empty_variable_counts_as_not_given() -> None:
    assert read_settings({"RES68_NEO4J_URI": "", "RES68_PORT": ""}).neo4j_uri is None


def test_several_datasets_are_separated_by_commas() -> None:
    assert read_settings({"RES68_DATASETS": "data, import/one"}).datasets == (
        Path("data"),
        Path("import/one"),
    )


def test_the_base_of_iris_is_given_without_its_last_slash() -> None:
    settings = read_settings({"RES68_BASE_IRI": "https://example.org/res68/"})
    assert settings.base == "https://example.org/res68"


def test_an_address_of_ipv6_stands_in_brackets() -> None:
    assert read_settings({"RES68_HOST": "::1"}).address == "http://[::1]:8068"


def test_a_misspelt_variable_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(SettingsError, match=r"There is no setting RES68_PROT: did you mean RES68_PORT\?"):
        read_settings({"RES68_PROT": "8068"})


def test_variables_of_the_tests_are_left_to_the_tests() -> None:
    assert read_settings(
        {"RES68_REQUIRE_NEO4J": "1", "RES68_CHROMIUM": "/usr/bin/chromium"}
    ) == read_settings({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RES68_PORT", "eighty"),
        ("RES68_PORT", "70000"),
        ("RES68_LOAD", "perhaps"),
        ("RES68_BASE_IRI", "example.org"),
        ("RES68_LOG_FORMAT", "xml"),
        ("RES68_LIMIT_DEPTH", "0"),
        ("RES68_LIMIT_TRACE_DEPTH", "11"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"{name} cannot be '{value}': .+\."):
        read_settings({name: value})


def test_a_password_is_never_shown() -> None:
    settings = read_settings({"RES68_NEO4J_PASSWORD": "hush-hush"})
    assert "hush-hush" not in repr(settings)


def test_every_limit_is_a_setting_with_the_same_default() -> None:
    assert read_settings({}).limits == Limits()
    assert read_settings({"RES68_LIMIT_DEPTH": "3"}).limits == Limits(depth=3)


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_page_of_settings_is_the_one_that_the_declaration_makes() -> None:
    assert PAGE.read_text(encoding="utf-8") == settings_page(), "python -m res68 settings > docs/settings.md"


def test_the_page_names_every_variable() -> None:
    assert [name for name in variables() if f"`{name}`" not in settings_page()] == []
