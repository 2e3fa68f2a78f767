"""The settings of the service, read once from RES68_* variables of the environment.

* SettingsError: a variable is unknown or has a value that cannot be used
"""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from ontology.values import url
from resolvers.limits import Limits

ROOT = Path(__file__).parents[1]
PREFIX = "RES68_"
# Read by the tests of the project, not by the service.
OF_THE_TESTS = ("RES68_CHROMIUM", "RES68_REQUIRE_BROWSER", "RES68_REQUIRE_NEO4J", "RES68_REQUIRE_PEERS")
ANY_ADDRESS = ("0.0.0.0", "::", "")

Paths = Annotated[tuple[Path, ...], NoDecode]
Words = Annotated[tuple[str, ...], NoDecode]


class SettingsError(ValueError):
    """A variable is unknown or has a value that cannot be used; the message says which and what would do."""


class Settings(BaseSettings):
    """How the service runs. Every field is the variable RES68_<NAME> of the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    host: str = Field("127.0.0.1", description="The address to listen on; 0.0.0.0 lets other machines in.")
    port: int = Field(8068, ge=0, le=65535, description="The port to listen on; 0 takes any free one.")
    workers: int = Field(
        1, ge=1, le=64, description="Processes that serve side by side; more than one needs a Neo4j."
    )
    base_iri: str | None = Field(
        None,
        description="What the IRIs of things begin with; without it the address of the service.",
    )
    data_dir: Path = Field(
        ROOT / ".res68", description="Where the embedded engine keeps its database, its lock and its log."
    )
    datasets: Paths = Field(
        (ROOT / "data",),
        description="The directories of the dataset, separated by commas (or as PATH separates); "
        "the store holds their union.",
    )

    neo4j_uri: str | None = Field(
        None,
        description="A Neo4j to use in place of the embedded engine: bolt://host:7687 or neo4j://host:7687.",
    )
    neo4j_user: str | None = Field(None, description="The user of that Neo4j; none where it asks for none.")
    neo4j_password: SecretStr | None = Field(None, description="The password of that user.")
    neo4j_database: str = Field("neo4j", description="The database in that Neo4j.")
    load: bool = Field(
        False,
        description="Whether `serve` loads the datasets into that Neo4j when it starts; "
        "the embedded engine is always loaded.",
    )
    adopt: bool = Field(
        False,
        description="Whether a load may go into a Neo4j database that holds data of others.",
    )

    introspection: bool = Field(
        True,
        description="Whether queries may ask for the schema, and mistakes suggest names that are in it.",
    )
    graphiql: bool = Field(True, description="Whether /graphql shows GraphiQL to a browser.")
    show_persons: bool = Field(
        True, description="Whether names of persons, as printed in public documents, are in the answers."
    )
    cors_origins: Words = Field(
        (),
        description="The origins whose pages may ask /graphql, by commas; * for all. Data are open to all.",
    )
    cache_control: str = Field(
        "no-cache",
        pattern=r"^[\x21-\x7e]+([ ,]+[\x21-\x7e]+)*$",
        description="What whole answers of /graphql to GET tell caches, such as public, max-age=60.",
    )
    kept_bytes: int = Field(
        16_777_216, ge=0, description="Bytes of the last answers to GET that are kept in memory; 0 for none."
    )
    kept_seconds: float = Field(
        1.0,
        ge=0,
        description="Seconds for which the store is not asked again whether it still has the version of a "
        "kept answer.",
    )
    trusted_documents: Path | None = Field(
        None, description="A directory of .graphql files that clients may name by their SHA-256."
    )
    trusted_only: bool = Field(
        False, description="Whether only those documents, and the gallery's, are answered."
    )
    contact: str | None = Field(
        None,
        pattern=r"^[^@\s<>\"]+@[^@\s<>\"]+$",
        description="The address to which a page lets its reader mail a mistake; without it the page has the "
        "text alone.",
    )
    publisher: str = Field("Res68", description="Who publishes the dataset, as its catalogue says.")
    publisher_iri: str | None = Field(
        None, description="The IRI of the publisher; without it that of the project."
    )
    licence_iri: str | None = Field(
        None,
        description="The IRI of the licence of all that is loaded; without it that of the reference dataset.",
    )
    log_format: Literal["auto", "console", "json"] = Field(
        "auto", description="The form of the log: for people, for machines, or by what stderr is."
    )
    slow_seconds: float = Field(
        1.0,
        gt=0,
        description="An operation that takes so many seconds is logged with its statements and plan.",
    )
    slow_values: bool = Field(
        False, description="Whether the values of its variables are logged with it: what people asked for."
    )
    tracing: bool = Field(
        False,
        description="Whether spans are sent by OpenTelemetry; where to, its own OTEL_ variables say. Needs "
        "requirements-otel.txt.",
    )
    metrics: bool = Field(True, description="Whether /metrics tells Prometheus what the service does.")
    metrics_port: int | None = Field(
        None,
        ge=0,
        le=65535,
        description="A port of its own for /metrics, which is then nowhere else; without it the port of "
        "everything.",
    )
    metrics_host: str = Field("127.0.0.1", description="The address on which that port listens.")

    limit_tokens: int = Field(
        2_000,
        ge=1,
        description="Tokens in a document, and fields in an operation with its fragments written out.",
    )
    limit_depth: int = Field(10, ge=1, description="Depth of a query or a filter, counted in links.")
    limit_aliases: int = Field(
        30, ge=0, description="Aliases in an operation with its fragments written out."
    )
    limit_root_fields: int = Field(20, ge=1, description="Root fields of an operation.")
    limit_directives: int = Field(5, ge=0, description="Directives at one place.")
    limit_conditions: int = Field(100, ge=1, description="Conditions in the filters of a root field.")
    limit_page: int = Field(200, ge=1, description="Things on one page.")
    limit_default_page: int = Field(20, ge=1, description="Things on a page when the query does not say.")
    limit_cost: int = Field(50_000, ge=1, description="Cost of an operation, as extensions.cost shows it.")
    limit_body: int = Field(262_144, ge=1, description="Bytes in the body of a request.")
    limit_body_seconds: float = Field(30.0, gt=0, description="Seconds for the body of a request to come.")
    limit_seconds: float = Field(10.0, gt=0, description="Seconds that an operation may take in the store.")
    limit_trace_depth: int = Field(10, ge=1, le=10, description="Steps of a trace, at most.")
    limit_trace_default_depth: int = Field(
        8, ge=1, le=10, description="Steps of a trace when the query does not say."
    )
    limit_paths: int = Field(1_000, ge=1, description="Paths of a trace; what is beyond is cut and said so.")

    sparql_seconds: float = Field(10.0, gt=0, description="Seconds that a SPARQL query may take.")
    sparql_rows: int = Field(
        50_000,
        ge=1,
        description="Rows or triples in an answer of SPARQL; what is beyond is cut and said so.",
    )
    sparql_bytes: int = Field(
        16_777_216, ge=1_024, description="Bytes in an answer of SPARQL; what is beyond is cut and said so."
    )
    sparql_length: int = Field(20_000, ge=1, description="Characters in a SPARQL query.")
    sparql_memory: int = Field(
        1_024, ge=512, description="Megabytes of address space for a process that answers SPARQL."
    )
    sparql_queries: int = Field(4, ge=1, description="SPARQL queries that are answered at the same time.")

    @field_validator("datasets", mode="before")
    @classmethod
    def _several_paths(cls, value: object) -> object:
        return _parts(value, f"[,{os.pathsep}]")

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _several_words(cls, value: object) -> object:
        return _parts(value, ",")

    @field_validator("publisher_iri", "licence_iri")
    @classmethod
    def _an_iri(cls, value: str | None) -> str | None:
        return None if value is None else url(value)

    @field_validator("base_iri")
    @classmethod
    def _an_address(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
            raise ValueError("write an address such as https://example.org or https://example.org/res68")
        return value.rstrip("/") if value else value

    @property
    def address(self) -> str:
        """Where a browser on this machine finds the service."""
        host = "127.0.0.1" if self.host in ANY_ADDRESS else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def base(self) -> str:
        """What every IRI of a thing begins with."""
        return self.base_iri or self.address

    @property
    def limits(self) -> Limits:
        """The limits as the schema takes them."""
        names = (name for name in type(self).model_fields if name.startswith("limit_"))
        return Limits(**{name.removeprefix("limit_"): getattr(self, name) for name in names})


class _Given(Settings):
    """Settings from given values alone; the environment of the process is not asked."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that an environment gives; a SettingsError when it cannot."""
    given = {name: value for name, value in environment.items() if name.startswith(PREFIX)}
    for name in given.keys() - variables().keys() - set(OF_THE_TESTS):
        raise SettingsError(f"There is no setting {name}{_nearest(name)}; docs/settings.md lists them all.")
    values = {field: given[name] for name, field in variables().items() if given.get(name)}
    try:
        return _Given.model_validate(values)
    except ValidationError as error:
        raise SettingsError(" ".join(_sentence(fault) for fault in error.errors())) from error


def variables() -> dict[str, str]:
    """The variables of the environment with the fields that they set."""
    return {f"{PREFIX}{field.upper()}": field for field in Settings.model_fields}


def _parts(value: object, separator: str) -> object:
    if not isinstance(value, str):
        return value
    return tuple(part for part in (part.strip() for part in re.split(separator, value)) if part)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, variables(), n=1)
    return f": did you mean {near[0]}?" if near else ""


def _sentence(fault: Mapping[str, Any]) -> str:
    """One fault as pydantic reports it, as a sentence that names variable, value and remedy."""
    name = f"{PREFIX}{str(fault['loc'][0]).upper()}"
    value = "" if "password" in name.lower() else f" {str(fault['input'])!r}"
    return f"{name} cannot be{value}: {fault['msg'].removeprefix('Value error, ')}."
