"""The reference page of the settings, docs/settings.md, made from their declaration."""

from pathlib import Path

from pydantic.fields import FieldInfo

from res68.settings import ROOT, Settings, variables

PAGE = ROOT / "docs" / "settings.md"
OPENING = """\
# Settings

<!-- Made by `python -m res68 settings > docs/settings.md`: change res68/settings.py instead. -->

Every setting is a variable of the environment, read once at the start. An empty variable counts as not
given; an unknown one whose name begins with `RES68_` is refused, with the name that was probably meant.

| Variable | Default | What it says |
|---|---|---|
"""


def settings_page() -> str:
    """The page, in Markdown."""
    fields = Settings.model_fields
    return OPENING + "".join(_row(name, fields[field]) for name, field in variables().items())


def _row(name: str, field: FieldInfo) -> str:
    return f"| `{name}` | {_default(field.default)} | {field.description} |\n"


def _default(value: object) -> str:
    """A default as one would write it into the variable."""
    match value:
        case None | ():
            return "none"
        case bool():
            return f"`{str(value).lower()}`"
        case Path():
            return f"`{value.relative_to(ROOT).as_posix()}` in the repository"
        case tuple():
            return ", ".join(_default(one) for one in value)
        case _:
            return f"`{value}`"
