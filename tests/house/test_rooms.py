"""Each room is the one in this repository, not a package of the same name that was installed beside it."""

import importlib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.layout import ROOMS, ROOT


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_found_under_the_root(room: str) -> None:
    found = importlib.import_module(room).__file__
    assert found is not None, f"{room} has no __init__.py"
    assert Path(found) == ROOT / room / "__init__.py"


@pytest.mark.parametrize("room", ROOMS)
def test_no_installed_package_has_the_name_of_a_room(room: str) -> None:
    assert packages_distributions().get(room, []) == []
