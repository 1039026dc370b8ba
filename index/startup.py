"""A shorter start: what the model's libraries name but never need here is imported when called."""

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_PUT_OFF = ("sklearn", "sklearn.metrics", "scipy.optimize")


class _Later(ModuleType):
    """Stands for a module; the functions taken from it import the real one when they are called."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None, is_package=True)
        self.__path__: list[str] = []

    def __getattr__(self, function: str) -> Callable[..., Any]:
        if function.startswith("__"):
            raise AttributeError(function)
        name = self.__name__

        def call(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the real function takes
            return getattr(importlib.import_module(name), function)(*arguments, **options)

        return call


@contextmanager
def slow_imports_put_off() -> Iterator[None]:
    """Let modules imported meanwhile take functions from scikit-learn and scipy.optimize without importing these.

    sentence-transformers and transformers take ``pairwise_distances``, ``roc_curve`` and ``linear_sum_assignment`` at
    import, and with scipy.stats behind them they cost more than a second of each start. What is imported already stays.
    """
    later = {
        name: _Later(name) for name in _PUT_OFF if not {name, name.partition(".")[0]} & sys.modules.keys() - {"scipy"}
    }
    sys.modules.update(later)
    try:
        yield
    finally:
        for name, module in later.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
