"""The map of each package, in its docstring: where to begin, and which module does what."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest


@pytest.mark.parametrize("package", ["index", "rag", "eval", "ui"])
def test_the_map_of_a_package_names_each_of_its_modules_once(package: str) -> None:
    opened = import_module(package)
    named = re.findall(r"``(\w+)``", opened.__doc__ or "")
    assert sorted(named) == sorted(module.name for module in iter_modules(opened.__path__))
