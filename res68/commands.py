"""The commands: serve, load, check, import, dump, export, schema, settings."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from res68.failures import FAILED, INTERRUPTED, told_plainly

app = typer.Typer(
    name="python -m res68",
    help="Res68: from a conclusion of a conference to a study group's action.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Directories = Annotated[
    list[Path] | None, typer.Argument(help="The dataset directories; RES68_DATASETS without any.")
]


importing = typer.Typer(help="Turn data of others into records to load.", no_args_is_help=True)
app.add_typer(importing, name="import")


class Form(StrEnum):
    """A form of the schema."""

    GRAPHQL = "graphql"
    CYPHER = "cypher"
    MODEL = "model"
    RDF = "rdf"
    SHAPES = "shapes"
    CONTEXT = "context"


class Rdf(StrEnum):
    """A format of RDF."""

    NT = "nt"
    TTL = "ttl"
    JSONLD = "jsonld"
    RDF = "rdf"


@app.command()
def serve(
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="Processes; RES68_WORKERS without it.")
    ] = None,
) -> None:
    """Load the datasets where that is needed, and serve pages and GraphQL until Ctrl-C."""
    with told_plainly():
        from res68 import logs, serving
        from res68.settings import read_settings

        settings = read_settings()
        if workers is not None:
            settings = settings.model_copy(update={"workers": workers})
        logs.set_up(settings.log_format)
        if settings.workers == 1:
            run(serving.serve(settings), serving.loop_factory())
        else:
            from res68 import workers as several

            run(several.serve(settings))


@app.command()
def load(
    directories: Directories = None,
    adopt: Annotated[bool, typer.Option("--adopt", help="Load beside data of others.")] = False,
    initial: Annotated[
        bool, typer.Option("--initial", help="Fill an empty database in portions: for very large datasets.")
    ] = False,
) -> None:
    """Load datasets into the embedded engine, or into the Neo4j of RES68_NEO4J_URI: all or nothing."""
    with told_plainly():
        from res68.loading import load_command

        run(load_command(directories, adopt=adopt, initial=initial))


@app.command()
def check(directories: Directories = None) -> None:
    """Report what is wrong in datasets, without a store; exit code 1 where a load would refuse them."""
    with told_plainly():
        from res68.checking import check_command

        if not check_command(directories):
            raise typer.Exit(FAILED)


@importing.command()
def relaton(
    sources: Annotated[list[Path], typer.Argument(help="YAML files, folders of them, or tars.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="A directory for the records, empty or not there yet.")
    ],
    beside: Annotated[
        list[Path] | None,
        typer.Option("--beside", help="A dataset whose records win; RES68_DATASETS without any."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="The address at which the records were read.")
    ] = None,
) -> None:
    """Turn Relaton's YAML of ITU-T into Recommendations and editions, to load beside other datasets."""
    with told_plainly():
        from res68.importing import relaton_command

        relaton_command(sources, output, beside, url)


@app.command()
def dump(
    directory: Annotated[Path, typer.Argument(help="A directory without data files, or not there yet.")],
    json_lines: Annotated[
        bool, typer.Option("--json-lines", help="JSON Lines in place of YAML: quicker for large datasets.")
    ] = False,
) -> None:
    """Write what the store holds as records of the interchange format, to load elsewhere."""
    with told_plainly():
        from res68.loading import dump_command

        run(dump_command(directory, json_lines=json_lines))


@app.command()
def export(
    form: Annotated[Rdf, typer.Option("--format", help="The format of RDF.")] = Rdf.NT,
    gzip: Annotated[bool, typer.Option("--gzip", help="Compress with gzip.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file, written whole or not at all; else stdout.")
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only this kind of thing; may be given several times.")
    ] = None,
) -> None:
    """Write what the store holds as RDF; the last lines say how many triples there are, and their SHA-256."""
    with told_plainly():
        from res68.exporting import export_command

        run(export_command(form.value, output, kind or [], gzip=gzip))


@app.command()
def schema(
    form: Annotated[
        Form,
        typer.Argument(
            help="Types, constraints and indexes, kinds; ontology, SHACL shapes, JSON-LD context."
        ),
    ],
) -> None:
    """Print what the model gives: GraphQL types, constraints and indexes in Cypher, docs/model.md, or RDF."""
    with told_plainly():
        from res68 import printing

        forms: dict[Form, Callable[[], str]] = {
            Form.GRAPHQL: printing.graphql_schema,
            Form.CYPHER: printing.cypher_schema,
            Form.MODEL: printing.model_page,
            Form.RDF: partial(printing.rdf_document, "res68.ttl"),
            Form.SHAPES: partial(printing.rdf_document, "shapes.ttl"),
            Form.CONTEXT: partial(printing.rdf_document, "context.jsonld"),
        }
        print(forms[form]())


@app.command()
def settings() -> None:
    """Print all settings as the page docs/settings.md."""
    with told_plainly():
        from res68.reference import settings_page

        print(settings_page(), end="")


def run(
    work: Coroutine[object, object, None],
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> None:
    """Run a command to its end; Ctrl-C lets it close what it opened."""
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(work)


def main() -> None:
    """Run the command of the command line."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has seen enough
        sys.stderr.close()
        sys.exit(FAILED)
